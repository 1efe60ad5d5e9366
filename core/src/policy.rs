//! A *policy* says what is asked of teams, since when, and on which text that rests. Rules hold no such value themselves.
//!
//! A preset is a bundle of entries. `national-2022` is the guidance of 2022 with this library's own defaults where no text
//! was found; each entry says which it is.

use crate::choice::choices;
use crate::day::{Day, Span};
use crate::error::Error;
use crate::facts::{Level, TeamKind};
use crate::order::sort;
use chrono::NaiveDate;
use serde::Serialize;
use std::fmt;
use std::sync::Arc;

choices! {
    /// How far a text binds (căn cứ).
    Force {
        /// A law, a decree, a decision: must be followed.
        Binding = "binding", "bắt buộc", "binding";
        /// Guidance: "có thể", "khuyến nghị".
        Recommended = "recommended", "khuyến nghị", "recommended";
        /// What is done somewhere, or this library's default.
        Practice = "practice", "tham khảo", "practice";
    }
    /// What an entry of a policy sets.
    Key {
        /// Days that a person may act as head, or be in charge, before it is worth a look.
        ActingDays = "acting_days", "số ngày quyền, phụ trách tối đa", "longest days acting";
        /// A decision that sets up each community team is wanted.
        DecisionWanted = "decision_wanted", "cần quyết định thành lập", "decision wanted";
        /// Days that a team may be without a head.
        HeadGraceDays = "head_grace_days", "số ngày được khuyết Tổ trưởng", "days without a head";
        /// A decision that sets up each steering team and committee is wanted.
        SteeringDecisionWanted = "steering_decision_wanted", "cần quyết định thành lập Tổ Chỉ đạo", "decision for steering teams wanted";
        /// Levels whose units want a steering team.
        SteeringTeam = "steering_team", "cấp cần có Tổ Chỉ đạo", "levels with a steering team";
        /// The most community teams that serve one village.
        TeamsPerVillage = "teams_per_village", "số Tổ tối đa mỗi thôn", "most teams a village";
        /// Each village wants a community team, within so many days of its own or of this entry's beginning.
        VillageTeamDays = "village_team_days", "số ngày để thôn có Tổ", "days for a village to have a team";
    }
}

/// The text that an entry or a finding rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// The text, in Vietnamese.
    pub vi: String,
    /// The text, in English.
    pub en: String,
    /// How far it binds.
    pub force: Force,
    /// Whether the wording was read at its source, or in a source that quotes it.
    pub verified: bool,
}

impl Serialize for Force {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// The value of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// It is wanted.
    Wanted,
    /// A number, or a number of days.
    Count(u32),
    /// Some levels.
    Levels(Vec<Level>),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Wanted => f.write_str("wanted"),
            Self::Count(count) => write!(f, "{count}"),
            Self::Levels(levels) => {
                f.write_str(&levels.iter().map(|level| level.word()).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

/// One line of a policy: a value for a key, from a day to a day, and what it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What it sets.
    pub key: Key,
    /// The value.
    pub value: Value,
    /// First day; none if it has held for as long as matters.
    pub from: Option<NaiveDate>,
    /// First day on which it no longer holds.
    pub to: Option<NaiveDate>,
    /// What it rests on.
    pub basis: Basis,
}

impl Entry {
    pub(crate) fn span(&self) -> Span {
        let day = |date: Option<NaiveDate>, open| date.and_then(Day::from_date).unwrap_or(open);
        Span { from: day(self.from, Day::OPEN_START), to: day(self.to, Day::OPEN_END) }
    }

    /// Whether the value fits the key, and the days are days.
    fn check(&self) -> Result<(), Error> {
        let wanted = match self.key {
            Key::DecisionWanted | Key::SteeringDecisionWanted => "wanted",
            Key::ActingDays | Key::HeadGraceDays | Key::TeamsPerVillage | Key::VillageTeamDays => "a count",
            Key::SteeringTeam => "levels",
        };
        let given = match self.value {
            Value::Wanted => "wanted",
            Value::Count(_) => "a count",
            Value::Levels(_) => "levels",
        };
        let known = |date: Option<NaiveDate>| date.is_none_or(|date| Day::from_date(date).is_some());
        let problem = if given != wanted {
            format!("its value must be {wanted}")
        } else if !known(self.from) || !known(self.to) {
            "its days must lie from 1900 to 2199".into()
        } else if self.span().from >= self.span().to {
            "`to` must be after `from`".into()
        } else {
            return Ok(());
        };
        Err(Error::BadEntry { key: self.key.word(), problem })
    }

    /// The value as a number; 0 for any other value.
    pub(crate) fn count(&self) -> u32 {
        if let Value::Count(count) = self.value { count } else { 0 }
    }

    pub(crate) fn days(&self) -> i32 {
        i32::try_from(self.count()).unwrap_or(i32::MAX)
    }
}

/// Entries under a name.
#[derive(Clone, Debug)]
pub struct Policy {
    name: String,
    entries: Arc<[Entry]>,
}

impl Policy {
    /// The names of the presets.
    pub const PRESETS: &'static [&'static str] = &["national-2022"];

    /// A policy of your own.
    ///
    /// # Errors
    /// [`Error::BadEntry`] if a value does not fit its key, or an entry ends before it begins or lies outside 1900 to 2199;
    /// [`Error::Contradiction`] if two entries set one key for the same day.
    pub fn new(name: impl Into<String>, entries: Vec<Entry>) -> Result<Self, Error> {
        for (position, entry) in entries.iter().enumerate() {
            entry.check()?;
            for other in entries.iter().take(position) {
                if entry.key == other.key && entry.span().overlaps(other.span()) {
                    return Err(Error::Contradiction {
                        key: entry.key.word(),
                        first: other.basis.vi.clone(),
                        second: entry.basis.vi.clone(),
                    });
                }
            }
        }
        Ok(Self { name: name.into(), entries: entries.into() })
    }

    /// A bundle of entries that comes with the library.
    ///
    /// # Errors
    /// [`Error::UnknownPreset`] if there is none of this name.
    pub fn preset(name: &str) -> Result<Self, Error> {
        match name {
            "national-2022" => Self::new(name, national_2022()),
            _ => {
                Err(Error::UnknownPreset { name: name.into(), presets: crate::choice::quoted(Self::PRESETS) })
            }
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every entry.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The days on which the policy changes, in order.
    pub(crate) fn cuts(&self) -> Vec<Day> {
        let mut cuts: Vec<Day> =
            self.entries.iter().flat_map(|entry| [entry.span().from, entry.span().to]).collect();
        cuts.retain(|day| day.is_date());
        sort(&mut cuts);
        cuts.dedup();
        cuts
    }

    /// The entry in force for each key on `day`.
    pub(crate) fn profile(&self, day: Day) -> Profile {
        Profile(Key::ALL.iter().map(|&key| self.find(key, day)).collect())
    }

    fn find(&self, key: Key, day: Day) -> Option<usize> {
        self.entries.iter().position(|entry| entry.key == key && entry.span().contains(day))
    }
}

/// For each key, the position of the entry in force on some day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Profile(Vec<Option<usize>>);

impl Profile {
    pub(crate) fn get(&self, key: Key) -> Option<usize> {
        self.0.get(key as usize).copied().flatten()
    }
}

const CV_793: NaiveDate = date(2022, 3, 5);

const fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, month, day) {
        Some(date) => date,
        #[expect(clippy::panic, reason = "evaluated at compile time")]
        None => panic!("no such day"),
    }
}

/// The guidance of the Ministry of 5/3/2022. It recommends ("có thể", "khuyến nghị") and gives neither days nor terms:
/// those are defaults of this library and say so.
fn national_2022() -> Vec<Entry> {
    let guidance = |vi: &str, en: &str| Basis {
        vi: format!(
            "Công văn số 793/BTTTT-THH ngày 05/3/2022 của Bộ Thông tin và Truyền thông (hướng dẫn thí điểm): {vi}"
        ),
        en: format!(
            "Official letter 793/BTTTT-THH of 5 March 2022, Ministry of Information and Communications (for the pilot): {en}"
        ),
        force: Force::Recommended,
        verified: true,
    };
    let default = |vi: &str, en: &str| Basis {
        vi: format!("Mức mặc định của thư viện, chưa tìm thấy văn bản quy định: {vi}"),
        en: format!("Default of this library, no text found: {en}"),
        force: Force::Practice,
        verified: false,
    };
    let entry = |key, value, from, basis| Entry { key, value, from, to: None, basis };
    vec![
        entry(
            Key::ActingDays,
            Value::Count(60),
            None,
            default(
                "không quá 60 ngày",
                "60 days",
            ),
        ),
        entry(
            Key::DecisionWanted,
            Value::Wanted,
            Some(CV_793),
            guidance(
                "Chủ tịch UBND cấp xã ban hành quyết định thành lập Tổ",
                "the commune's chairperson issues the decision that sets up the team",
            ),
        ),
        entry(
            Key::SteeringDecisionWanted,
            Value::Wanted,
            None,
            Basis {
                vi: "Thực tế: Tổ Chỉ đạo tỉnh Hải Dương thành lập theo Quyết định số 689/QĐ-UBND ngày 21/3/2022".into(),
                en: "Practice: the steering team of Hải Dương was set up by decision 689/QĐ-UBND of 21 March 2022".into(),
                force: Force::Practice,
                verified: true,
            },
        ),
        entry(Key::HeadGraceDays, Value::Count(30), None, default("30 ngày", "30 days")),
        entry(
            Key::TeamsPerVillage,
            Value::Count(1),
            Some(CV_793),
            guidance("mỗi thôn, bản, tổ dân phố có thể thành lập 01 Tổ", "each village may set up one team"),
        ),
        entry(
            Key::VillageTeamDays,
            Value::Count(60),
            Some(CV_793),
            Basis {
                force: Force::Recommended,
                verified: false,
                ..guidance(
                    "mỗi thôn, bản, tổ dân phố có thể thành lập 01 Tổ; thời gian 60 ngày là mức mặc định của thư viện",
                    "each village may set up one team; the 60 days are a default of this library",
                )
            },
        ),
    ]
}

/// The kind of team that `entry` wants in units of `level`.
pub(crate) fn wanted_kind(entry: &Entry, level: Level) -> Option<TeamKind> {
    match (entry.key, &entry.value) {
        (Key::SteeringTeam, Value::Levels(levels)) if levels.contains(&level) => Some(TeamKind::Steering),
        (Key::VillageTeamDays, _) if level == Level::Village => Some(TeamKind::Community),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_hold_on_their_days() {
        for name in Policy::PRESETS {
            let policy = Policy::preset(name).unwrap();
            assert_eq!(policy.name(), *name);
        }
        let policy = Policy::preset("national-2022").unwrap();
        let before = policy.profile(Day::of(2022, 3, 4));
        let since = policy.profile(Day::of(2022, 3, 5));
        assert_eq!(before.get(Key::TeamsPerVillage), None);
        assert!(since.get(Key::TeamsPerVillage).is_some() && before.get(Key::HeadGraceDays).is_some());
    }

    #[test]
    fn two_values_for_a_day_contradict() {
        let entry = national_2022().remove(0);
        let error = Policy::new("p", vec![entry.clone(), entry]).unwrap_err();
        assert_eq!(error.code(), "contradiction");
        assert!(error.to_string().starts_with("two entries set `acting_days` for the same day"));
    }

    #[test]
    fn an_entry_must_make_sense() {
        let grace = || national_2022().into_iter().find(|entry| entry.key == Key::HeadGraceDays).unwrap();
        let error = |entry| Policy::new("p", vec![entry]).unwrap_err().to_string();
        let value = Entry { value: Value::Wanted, ..grace() };
        assert_eq!(error(value), "the entry `head_grace_days` cannot be used: its value must be a count");
        let reversed = Entry { from: Some(CV_793), to: Some(CV_793), ..grace() };
        assert_eq!(error(reversed), "the entry `head_grace_days` cannot be used: `to` must be after `from`");
        let early = Entry { to: NaiveDate::from_ymd_opt(1800, 1, 1), ..grace() };
        assert_eq!(
            error(early),
            "the entry `head_grace_days` cannot be used: its days must lie from 1900 to 2199"
        );
    }

    #[test]
    fn an_unknown_preset_names_those_there_are() {
        let error = Policy::preset("national-2021").unwrap_err();
        assert_eq!(error.to_string(), "there is no preset `national-2021`; the presets are `national-2022`");
    }
}
