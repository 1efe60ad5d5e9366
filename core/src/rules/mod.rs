//! A *rule* says what is wrong with a subject on a day. One file a rule, one table: [`RULES`].

mod acting_too_long;
mod active_before_decision;
mod cover_overlap;
mod head_left_position;
mod membership_outside_team;
mod no_head;
mod possible_duplicate_person;
mod same_person_twice;
mod team_without_decision;
mod two_heads;
mod village_without_team;

use crate::error::Error;
use crate::finding::Severity;
use crate::policy::Key;
use crate::spans::Emit;
use crate::table::Bilingual;
use crate::view::{GroupView, PersonView, TeamView, UnitView};
use serde::Serialize;
use serde::ser::SerializeMap;
use std::fmt;

/// A rule: its code, its texts, and what it looks at.
pub struct Rule {
    /// A letter and three digits; never used again for another rule.
    pub code: &'static str,
    /// What is wrong, as a word.
    pub name: &'static str,
    /// What is wrong, as a heading.
    pub title: Bilingual,
    /// How much it matters. A rule whose basis is not binding is never an error.
    pub severity: Severity,
    /// The keys of the policy that it asks; none for a rule that only states a contradiction of facts.
    pub policy: &'static [Key],
    /// The parameters of its findings.
    pub params: &'static [&'static str],
    /// The fact, with places to fill.
    pub text: Bilingual,
    /// What mends it, with places to fill.
    pub remedy: Bilingual,
    /// What it does, why, and an example, in Markdown.
    pub doc: &'static str,
    pub(crate) check: Check,
}

impl Serialize for Rule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut rule = serializer.serialize_map(Some(9))?;
        rule.serialize_entry("code", self.code)?;
        rule.serialize_entry("name", self.name)?;
        rule.serialize_entry("title", &self.title)?;
        rule.serialize_entry("severity", self.severity.word())?;
        rule.serialize_entry("policy", &self.policy.iter().map(|key| key.word()).collect::<Vec<_>>())?;
        rule.serialize_entry("params", self.params)?;
        rule.serialize_entry("text", &self.text)?;
        rule.serialize_entry("remedy", &self.remedy)?;
        rule.serialize_entry("doc", self.doc)?;
        rule.end()
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.code, self.name)
    }
}

impl Rule {
    /// What a rule rests on that asks no policy.
    #[must_use]
    pub fn ground(&self) -> Bilingual {
        if self.severity == Severity::Error {
            Bilingual { vi: "các dữ kiện mâu thuẫn nhau", en: "the facts contradict each other" }
        } else {
            Bilingual {
                vi: "đối chiếu các dữ kiện trong hồ sơ", en: "a comparison of the facts"
            }
        }
    }
}

/// What a rule looks at.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    Team(fn(&TeamView<'_>, &mut Emit<'_>)),
    Person(fn(&PersonView<'_>, &mut Emit<'_>)),
    Unit(fn(&UnitView<'_>, &mut Emit<'_>)),
    Group(fn(&GroupView<'_>, &mut Emit<'_>)),
}

/// Every rule, by code.
pub static RULES: &[&Rule] = &[
    &membership_outside_team::RULE,
    &same_person_twice::RULE,
    &head_left_position::RULE,
    &acting_too_long::RULE,
    &possible_duplicate_person::RULE,
    &team_without_decision::RULE,
    &active_before_decision::RULE,
    &cover_overlap::RULE,
    &two_heads::RULE,
    &no_head::RULE,
    &village_without_team::RULE,
];

/// The rule of a code (`T004`) or a name (`two-heads`).
///
/// # Errors
/// [`Error::UnknownRule`] if there is none.
///
/// ```
/// assert_eq!(cnscd::explain("T004")?.name, "two-heads");
/// # Ok::<(), cnscd::Error>(())
/// ```
pub fn explain(code: &str) -> Result<&'static Rule, Error> {
    let found = RULES.iter().find(|rule| rule.code == code || rule.name == code);
    found.copied().ok_or_else(|| Error::UnknownRule(code.into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::{Force, Policy};

    #[test]
    fn codes_are_sorted_unique_and_well_formed() {
        for pair in RULES.windows(2) {
            assert!(pair[0].code < pair[1].code, "sort {} and {} in RULES", pair[0].code, pair[1].code);
        }
        for rule in RULES {
            assert!(
                rule.code.len() == 4 && rule.code[1..].bytes().all(|b| b.is_ascii_digit()),
                "{}",
                rule.code
            );
            assert_eq!(explain(rule.name).unwrap().code, rule.code);
        }
        assert_eq!(explain("X000").unwrap_err().to_string(), "there is no rule `X000`");
    }

    #[test]
    fn every_doc_has_its_headings() {
        for rule in RULES {
            for heading in ["### What it does\n", "### Why\n", "### Example\n"] {
                assert!(rule.doc.contains(heading), "{} lacks {heading}", rule.name);
            }
        }
    }

    #[test]
    fn every_place_in_a_text_can_be_filled() {
        const BUILT_IN: &[&str] = &["team", "person", "unit", "village", "span", "issuer", "head", "total"];
        for rule in RULES {
            for text in [rule.text.vi, rule.text.en, rule.remedy.vi, rule.remedy.en] {
                for place in text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()) {
                    assert!(
                        BUILT_IN.contains(&place) || rule.params.contains(&place),
                        "{}: {{{place}}}",
                        rule.name
                    );
                }
            }
            for text in [rule.text.vi, rule.remedy.vi] {
                assert!(
                    !text.contains("lỗi") && !text.contains("vi phạm") && !text.contains('!'),
                    "{}",
                    rule.name
                );
            }
        }
    }

    #[test]
    fn only_contradictions_and_binding_texts_are_errors() {
        for name in Policy::PRESETS {
            let policy = Policy::preset(name).unwrap();
            for rule in RULES.iter().filter(|rule| rule.severity == Severity::Error) {
                for entry in policy.entries().iter().filter(|entry| rule.policy.contains(&entry.key)) {
                    assert_eq!(entry.basis.force, Force::Binding, "{}", rule.name);
                }
            }
        }
    }

    #[test]
    fn every_file_is_listed() {
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/src/rules")).unwrap();
        let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.retain(|name| name != "mod.rs");
        names.sort();
        let mut listed: Vec<_> =
            RULES.iter().map(|rule| format!("{}.rs", rule.name.replace('-', "_"))).collect();
        listed.sort();
        assert_eq!(names, listed, "add the file's RULE to RULES");
    }
}
