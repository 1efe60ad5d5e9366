//! What is asked, written down once more by hand: of the policies, what differs between them.

use chrono::NaiveDate;

use crate::calendar::day;

/// When a duty is done.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Test {
    VillagesCovered,
    DecisionIssued,
    /// A row says so, for this period if there is one.
    Recorded(Option<&'static str>),
}

/// A duty of all units of a level.
pub(crate) struct Duty {
    pub(crate) id: &'static str,
    pub(crate) level: &'static str,
    pub(crate) from: NaiveDate,
    /// The last good day.
    pub(crate) last: NaiveDate,
    pub(crate) test: Test,
}

/// What a policy asks beyond the guidance of the nation.
pub(crate) struct Ask {
    /// Whether heads are village heads and deputies secretaries of Youth Union branches, one deputy a team, and every province and
    /// district has a steering team.
    pub(crate) as_in_hai_duong: bool,
    /// The unit in which a team has at most seven members and at least one deputy.
    pub(crate) strict_in: Option<&'static str>,
    pub(crate) duties: Vec<Duty>,
    /// Provinces with an obligation that binds nobody.
    pub(crate) binds_nobody_in: Vec<&'static str>,
    /// The obligation that rests on days off that nobody has decided.
    pub(crate) expected: &'static str,
}

impl Ask {
    pub(crate) fn national() -> Self {
        let (duties, binds_nobody_in) = (Vec::new(), Vec::new());
        Self { as_in_hai_duong: false, strict_in: None, duties, binds_nobody_in, expected: "" }
    }

    pub(crate) fn hai_duong() -> Self {
        let duty = |id, level, test| {
            let (from, last) = (day(2022, 3, 26), day(2022, 4, 29));
            Duty { id, level, from, last, test }
        };
        let duties = vec![
            duty("set-up-teams", "district", Test::VillagesCovered),
            duty("issue-decision", "commune", Test::DecisionIssued),
        ];
        Self { as_in_hai_duong: true, duties, ..Self::national() }
    }

    pub(crate) fn minh_hoa() -> Self {
        let mut ask = Self { strict_in: Some("994"), ..Self::hai_duong() };
        ask.duties.push(Duty {
            id: "review-teams",
            level: "commune",
            from: day(2022, 6, 1),
            last: day(2022, 9, 30),
            test: Test::VillagesCovered,
        });
        ask.duties.push(Duty {
            id: "report-quarter",
            level: "district",
            from: day(2022, 9, 15),
            last: day(2022, 12, 21),
            test: Test::Recorded(Some("2022-Q4")),
        });
        ask.duties.push(Duty {
            id: "plan-2028",
            level: "province",
            from: day(2022, 6, 1),
            // The 31st is a Sunday.
            last: day(2028, 12, 29),
            test: Test::Recorded(None),
        });
        ask.binds_nobody_in = vec!["99"];
        ask.expected = "plan-2028";
        ask
    }
}
