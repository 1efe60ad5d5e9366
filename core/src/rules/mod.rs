//! The rules: one file each, one table, [`RULES`].

mod acting_too_long;
mod active_before_decision;
mod citizen_number_conflict;
mod citizen_number_malformed;
mod citizen_number_twice;
mod cover_overlap;
mod covered_village_ended;
mod covers_other_commune;
mod cumulative_figure_fell;
mod decision_by_other_body;
mod decision_number_twice;
mod decision_number_unusual;
mod decision_superseded;
mod deputy_without_wanted_position;
mod done_before_possible;
mod due_on_expected_day;
mod duty_done_late;
mod duty_overdue;
mod figure_out_of_bounds;
mod figures_depart;
mod flow_above_usual;
mod flows_repeated;
mod form_unknown;
mod form_version_other;
mod head_left_position;
mod head_of_two_teams;
mod head_without_wanted_position;
mod in_force_before_signed;
mod in_many_teams;
mod indicator_unknown;
mod listed_without_team;
mod member_before_decision;
mod member_not_resident;
mod members_differ_from_declared;
mod membership_outside_team;
mod no_head;
mod no_young_member;
mod nothing_happened;
mod obligation_binds_nobody;
mod organisation_not_represented;
mod parent_not_above;
mod phone_malformed;
mod possible_duplicate_person;
mod received_before_period_ended;
mod record_fits_no_duty;
mod report_incomplete;
mod report_period_unusual;
mod report_twice;
mod reporter_unusual;
mod represents_nobody;
mod required_team_missing;
mod role_unusual;
mod same_person_twice;
mod sister_units_same_name;
mod stock_jumps;
mod team_level_unusual;
mod team_name_differs;
mod team_not_in_list;
mod team_of_ended_unit;
mod team_without_decision;
mod too_few_deputies;
mod too_few_members;
mod too_many_deputies;
mod too_many_members;
mod two_heads;
mod unit_kind_unusual;
mod unit_name_untidy;
mod village_without_team;
mod villages_unknown;

use crate::error::Error;
use crate::rule::Rule;

/// Every rule, by code.
pub static RULES: &[&Rule] = &[
    &in_force_before_signed::RULE,
    &decision_number_unusual::RULE,
    &decision_number_twice::RULE,
    &listed_without_team::RULE,
    &membership_outside_team::RULE,
    &same_person_twice::RULE,
    &head_left_position::RULE,
    &acting_too_long::RULE,
    &head_without_wanted_position::RULE,
    &deputy_without_wanted_position::RULE,
    &too_few_members::RULE,
    &too_many_members::RULE,
    &too_few_deputies::RULE,
    &too_many_deputies::RULE,
    &organisation_not_represented::RULE,
    &no_young_member::RULE,
    &member_not_resident::RULE,
    &in_many_teams::RULE,
    &head_of_two_teams::RULE,
    &represents_nobody::RULE,
    &member_before_decision::RULE,
    &role_unusual::RULE,
    &duty_overdue::RULE,
    &duty_done_late::RULE,
    &done_before_possible::RULE,
    &obligation_binds_nobody::RULE,
    &due_on_expected_day::RULE,
    &record_fits_no_duty::RULE,
    &possible_duplicate_person::RULE,
    &citizen_number_malformed::RULE,
    &citizen_number_conflict::RULE,
    &phone_malformed::RULE,
    &citizen_number_twice::RULE,
    &figures_depart::RULE,
    &report_incomplete::RULE,
    &figure_out_of_bounds::RULE,
    &cumulative_figure_fell::RULE,
    &stock_jumps::RULE,
    &flow_above_usual::RULE,
    &nothing_happened::RULE,
    &flows_repeated::RULE,
    &report_twice::RULE,
    &form_version_other::RULE,
    &report_period_unusual::RULE,
    &received_before_period_ended::RULE,
    &indicator_unknown::RULE,
    &form_unknown::RULE,
    &reporter_unusual::RULE,
    &team_without_decision::RULE,
    &active_before_decision::RULE,
    &cover_overlap::RULE,
    &two_heads::RULE,
    &no_head::RULE,
    &team_level_unusual::RULE,
    &parent_not_above::RULE,
    &team_of_ended_unit::RULE,
    &covered_village_ended::RULE,
    &covers_other_commune::RULE,
    &team_name_differs::RULE,
    &decision_by_other_body::RULE,
    &decision_superseded::RULE,
    &team_not_in_list::RULE,
    &members_differ_from_declared::RULE,
    &village_without_team::RULE,
    &unit_name_untidy::RULE,
    &sister_units_same_name::RULE,
    &unit_kind_unusual::RULE,
    &villages_unknown::RULE,
    &required_team_missing::RULE,
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
    found.copied().ok_or_else(|| Error::UnknownRule(crate::personal::shown(code, false).into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::choice::Force;
    use crate::policy::Policy;
    use crate::rule::Severity;

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
        const BUILT_IN: &[&str] = &[
            "team",
            "person",
            "limit",
            "unit",
            "village",
            "span",
            "until",
            "issuer",
            "head",
            "others",
            "share",
            "was",
            "had",
            "lacks",
            "level",
            "decision",
            "number",
            "body",
            "maybe",
            "law",
            "deputy",
            "late",
            "optional",
            "signed",
            "other_signed",
            "debtor",
            "in_period",
            "row",
            "named",
            "extension",
            "report",
            "sender",
            "message",
            "beyond",
            "version",
            "instead",
            "confirm",
            "frequency",
        ];
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
                for entry in
                    policy.entries().iter().filter(|entry| rule.policy.iter().any(|&key| entry.is(key)))
                {
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
