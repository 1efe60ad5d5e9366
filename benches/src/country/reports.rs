//! A year of monthly reports of the country: made up, a known share of them out of order. They are worked out while they are
//! read, team by team, so that no document of them all is ever there.

use std::collections::{BTreeMap, HashMap};

use cnscd::Error;
use cnscd::tables::{Cell, Rows};

use crate::course::{Course, Figures, Pace};
use crate::mix::{below, mix, seed};
use crate::reports::{FORM, Report, document};
use crate::roll::{Month, community_teams, parents};

const NOTE: &str = "Báo cáo tháng năm 2024 của các Tổ công nghệ số cộng đồng, để đo tốc độ: toàn bộ số liệu là giả định; khoảng 1% \
số báo cáo có cài sẵn một chỗ cần rà soát. / Monthly reports of the community teams for 2024, to measure with: all figures are made \
up; in about 1% of the reports one mistake is planted.";

const JANUARY: Month = Month::of(2024, 1);
const MONTHS: usize = 12;

/// What stands in a column where a report has no figure.
pub const ABSENT: i32 = i32::MIN;

/// The 20 figures of each report of the country, in the order of the form.
pub const REPORTED: [&str; 20] = [
    "members",
    "members_young",
    "members_trained",
    "outreach_sessions",
    "outreach_attendance",
    "households_guided",
    "people_guided",
    "guidance_occurrences",
    "people_guided_public_service",
    "vulnerable_guided",
    "online_files_assisted",
    "eid_activated",
    "province_app_accounts",
    "epayment_accounts",
    "ecommerce_accounts",
    "digital_stalls",
    "adults_digital_skills",
    "online_safety_guidance",
    "feedback_received",
    "feedback_resolved",
];

/// What is out of order in a report. One report in four hundred has each.
#[derive(Clone, Copy)]
enum Slip {
    /// More people than times.
    Times,
    /// An audience without a session.
    Sessions,
    /// A figure that is asked for is left out.
    LeftOut,
    /// More was resolved than had come in.
    Resolved,
}

impl Slip {
    const ALL: [Self; 4] = [Self::Times, Self::Sessions, Self::LeftOut, Self::Resolved];

    fn of(team: u64, month: Month) -> Option<Self> {
        Self::ALL.get(below(mix(mix(team, 72), month.number()), 400) as usize).copied()
    }

    fn apply(self, figures: &mut Figures) {
        match self {
            Self::Times => figures.guidance_occurrences = figures.people_guided.map(|people| people - 1),
            Self::Sessions => figures.outreach_sessions = Some(0),
            Self::LeftOut => figures.eid_activated = None,
            Self::Resolved => figures.feedback_resolved = figures.feedback_received.map(|came| came + 5),
        }
    }

    /// The rule that finds it, and the check.
    fn finding(self) -> (&'static str, &'static str) {
        match self {
            Self::Times => ("R001", "people-within-occurrences"),
            Self::Sessions => ("R001", "attendance-with-sessions"),
            Self::LeftOut => ("R002", ""),
            Self::Resolved => ("R001", "feedback-resolved-within-received"),
        }
    }
}

/// A team that reports.
struct Reporter {
    id: Box<str>,
    province: Box<str>,
    /// Members on the last day of each month.
    members: [u32; MONTHS],
}

/// Twelve monthly reports of each community team of a country, before they are written anywhere.
pub struct CountryReports {
    teams: Vec<Reporter>,
}

/// The monthly reports for 2024 of the community teams in a document of [`country`](super::country): twelve of each team, with the
/// figures of [`REPORTED`]. Steering teams do not fill in the form. All figures are made up and fit the members of the teams; in one
/// report in a hundred there is a mistake, see [`CountryReports::expected`].
#[must_use]
pub fn country_reports(document: &str) -> CountryReports {
    let parents: HashMap<&str, &str> = parents(document).collect();
    let above = |code: &str| parents.get(code).copied();
    let cut_offs: Vec<String> = JANUARY.following(MONTHS).map(|month| month.cut_off().to_string()).collect();
    let teams = community_teams(document).into_iter().map(|team| {
        let mut members = [0; MONTHS];
        for (size, cut_off) in members.iter_mut().zip(&cut_offs) {
            *size = team.size(cut_off);
        }
        let province = std::iter::successors(Some(team.unit), |code| above(code)).last();
        Reporter { id: team.id.into(), province: province.unwrap_or_default().into(), members }
    });
    CountryReports { teams: teams.collect() }
}

impl CountryReports {
    /// How many reports there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.teams.len() * MONTHS
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.teams.is_empty()
    }

    /// Calls `each` with every report: the team, the month, the figures; the months of a team one after the other.
    fn each<E>(
        &self,
        mut each: impl FnMut(&Reporter, Month, &Figures, Option<Slip>) -> Result<(), E>,
    ) -> Result<(), E> {
        for team in &self.teams {
            let (own, mut course) = (seed(&team.id), Course::new(&team.id, None));
            for (month, &members) in JANUARY.following(MONTHS).zip(&team.members) {
                let mut figures = course.month(month, members, Pace::Usual);
                let slip = Slip::of(own, month);
                if let Some(slip) = slip {
                    slip.apply(&mut figures);
                }
                figures.community_classes = None;
                each(team, month, &figures, slip)?;
            }
        }
        Ok(())
    }

    /// Gives every report to [`read_reports`](cnscd::tables::read_reports), row by row.
    ///
    /// # Errors
    /// What [`Rows::push`] gives.
    pub fn feed(&self, rows: &mut Rows) -> Result<(), Error> {
        let names: Vec<String> = REPORTED.iter().map(|name| format!("figures.{name}")).collect();
        let keys = ["form", "period", "team", "received"];
        let places = rows.columns(keys.into_iter().chain(names.iter().map(String::as_str)));
        let months: Vec<(String, String)> =
            JANUARY.following(MONTHS).map(|month| (month.period(), month.day_after(3).to_string())).collect();
        let mut months = months.iter().cycle();
        let width = rows.width();
        self.each(|team, _, figures, _| {
            let Some((period, received)) = months.next() else { return Ok(()) };
            let mut cells = vec![Cell::Absent; width];
            let mut places = places.iter().copied();
            let mut put = |cell| {
                let place = places.next().flatten().and_then(|place| cells.get_mut(place));
                if let Some(slot) = place {
                    *slot = cell;
                }
            };
            for text in [FORM, period, &team.id, received] {
                put(Cell::Text(text.into()));
            }
            for figure in reported(figures) {
                put(figure.map_or(Cell::Absent, |figure| Cell::Count(figure.into())));
            }
            rows.push(&cells)
        })
    }

    /// The figures as columns, in the order of [`REPORTED`], a row for each report; [`ABSENT`] where there is none. This is what a
    /// benchmark sums beside the reports.
    #[must_use]
    pub fn columns(&self) -> Vec<Vec<i32>> {
        let mut columns: Vec<Vec<i32>> = REPORTED.iter().map(|_| Vec::with_capacity(self.len())).collect();
        let filled = self.each(|_, _, figures, _| {
            for (column, figure) in columns.iter_mut().zip(reported(figures)) {
                column.push(figure.map_or(ABSENT, |figure| i32::try_from(figure).unwrap_or(ABSENT)));
            }
            Ok::<(), std::convert::Infallible>(())
        });
        match filled {
            Ok(()) => columns,
        }
    }

    /// The reports of one province, by its code, as a JSON document.
    #[must_use]
    pub fn to_json(&self, province: &str) -> String {
        let mut reports = Vec::new();
        let own = |team: &Reporter| *team.province == *province;
        let filled = self.each(|team, month, figures, _| {
            if own(team) {
                reports.push(Report {
                    state: None,
                    ..Report::of_team(&team.id, month, month.day_after(3), *figures)
                });
            }
            Ok::<(), std::convert::Infallible>(())
        });
        match filled {
            Ok(()) => document(NOTE, &reports),
        }
    }

    /// What is out of order: how often, by the code of the rule and the check or indicator. The slips, and teams that became larger or
    /// smaller by more than a fifth in a month.
    #[must_use]
    pub fn expected(&self) -> BTreeMap<(&'static str, &'static str), usize> {
        let mut expected = BTreeMap::new();
        let mut before: Option<Figures> = None;
        let filled = self.each(|_, month, figures, slip| {
            if let Some(slip) = slip {
                *expected.entry(slip.finding()).or_default() += 1;
            }
            let last = before.replace(*figures).filter(|_| month != JANUARY);
            let stock = |f: &Figures| {
                [
                    ("members", f.members),
                    ("members_young", f.members_young),
                    ("members_trained", f.members_trained),
                ]
            };
            for ((name, now), (_, old)) in stock(figures).into_iter().zip(last.iter().flat_map(stock)) {
                let (now, old) = (now.unwrap_or_default(), old.unwrap_or_default());
                if old > 0 && now.abs_diff(old) * 5 > old {
                    *expected.entry(("R005", name)).or_default() += 1;
                }
            }
            Ok::<(), std::convert::Infallible>(())
        });
        match filled {
            Ok(()) => expected,
        }
    }
}

/// The figures of [`REPORTED`].
fn reported(figures: &Figures) -> [Option<u32>; 20] {
    let f = figures;
    [
        f.members,
        f.members_young,
        f.members_trained,
        f.outreach_sessions,
        f.outreach_attendance,
        f.households_guided,
        f.people_guided,
        f.guidance_occurrences,
        f.people_guided_public_service,
        f.vulnerable_guided,
        f.online_files_assisted,
        f.eid_activated,
        f.province_app_accounts,
        f.epayment_accounts,
        f.ecommerce_accounts,
        f.digital_stalls,
        f.adults_digital_skills,
        f.online_safety_guidance,
        f.feedback_received,
        f.feedback_resolved,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::country;

    #[test]
    fn columns_are_what_is_read() {
        let document = country(1);
        let made = country_reports(&document);
        let columns = made.columns();
        let register = cnscd::Register::from_json(&document).unwrap();
        let reports = cnscd::tables::read_reports(&register, Some(NOTE), |rows| made.feed(rows)).unwrap();
        assert_eq!(reports.len(), made.len());
        assert!(reports.forms().eq([(FORM, REPORTED.to_vec())]));
        let register = register.with_reports(&reports).unwrap();
        let names = register.report_columns().unwrap();
        let place = |name: &&str| names.iter().position(|own| *own == format!("figures.{name}")).unwrap();
        let places: Vec<usize> = REPORTED.iter().map(place).collect();
        let mut row = 0;
        register.each_report(&mut |cells| {
            for (&place, column) in places.iter().zip(&columns) {
                let figure = match cells[place] {
                    Cell::Count(figure) => i32::try_from(figure).unwrap(),
                    _ => ABSENT,
                };
                assert_eq!(figure, column[row]);
            }
            row += 1;
        });
        assert_eq!(row, made.len());
        // Of one province the same, as JSON.
        let own = cnscd::Reports::from_json(&register, &made.to_json("01")).unwrap();
        assert_eq!(own.len(), 12 * made.teams.iter().filter(|team| &*team.province == "01").count());
        assert!(own.len() > 1000 && own.note() == Some(NOTE));
    }

    #[test]
    fn about_one_report_in_a_hundred_has_a_slip() {
        let made = country_reports(&country(1));
        let (mut slips, mut all) = (0, 0);
        for (&(code, _), count) in &made.expected() {
            slips += if code == "R005" { 0 } else { *count };
            all += count;
        }
        assert!((made.len() / 110..made.len() / 90).contains(&slips), "{slips}");
        assert!(all < made.len() / 60, "{all}");
        assert_eq!(made.expected().len(), 6);
    }
}
