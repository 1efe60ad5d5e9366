//! Reports as rows that can still be changed, and the document of them.

use chrono::NaiveDate;

use crate::course::Figures;
use crate::doc::{Table, finish};
use crate::roll::Month;

/// The form of all of them but a few.
pub(crate) const FORM: &str = "team-monthly";

/// A report of a team or of a commune.
#[derive(Clone, Debug)]
pub(crate) struct Report {
    pub(crate) form: &'static str,
    pub(crate) version: Option<usize>,
    pub(crate) period: String,
    /// The code of the unit, if it is one.
    pub(crate) unit: Option<String>,
    pub(crate) team: Option<String>,
    pub(crate) kind: Option<&'static str>,
    pub(crate) revision: Option<usize>,
    pub(crate) received: Option<NaiveDate>,
    pub(crate) channel: Option<&'static str>,
    pub(crate) by: Option<String>,
    pub(crate) state: Option<&'static str>,
    pub(crate) figures: Figures,
    /// Figures of other names.
    pub(crate) others: Vec<(&'static str, u32)>,
    pub(crate) not_applicable: Vec<String>,
    pub(crate) estimates: Vec<String>,
    pub(crate) confirmed: Vec<String>,
    pub(crate) prose: Vec<(&'static str, &'static str)>,
}

impl Report {
    /// A report of a team, approved, on the first version of the form.
    pub(crate) fn of_team(team: &str, month: Month, received: NaiveDate, figures: Figures) -> Self {
        Self {
            form: FORM,
            version: None,
            period: month.period(),
            unit: None,
            team: Some(team.to_owned()),
            kind: None,
            revision: None,
            received: Some(received),
            channel: None,
            by: None,
            state: Some("approved"),
            figures,
            others: Vec::new(),
            not_applicable: Vec::new(),
            estimates: Vec::new(),
            confirmed: Vec::new(),
            prose: Vec::new(),
        }
    }

    /// The same of a unit.
    pub(crate) fn of_unit(unit: &str, month: Month, received: NaiveDate, figures: Figures) -> Self {
        let (unit, team) = (Some(unit.to_owned()), None);
        Self { unit, team, ..Self::of_team("", month, received, figures) }
    }

    /// Whether it is of a team or unit and about a month.
    pub(crate) fn is_of(&self, who: &str, month: Month) -> bool {
        self.who() == who && self.period == month.period()
    }

    /// The id of the team, or the code of the unit.
    pub(crate) fn who(&self) -> &str {
        self.team.as_deref().or(self.unit.as_deref()).unwrap_or_default()
    }

    /// The place of a figure.
    pub(crate) fn set(&mut self, indicator: &str, figure: u32) {
        if let Some(slot) = self.figures.slot(indicator) {
            *slot = Some(figure);
        }
    }

    /// What is in it of an indicator; 0 if nothing is.
    pub(crate) fn get(&mut self, indicator: &str) -> u32 {
        self.figures.slot(indicator).and_then(|slot| *slot).unwrap_or_default()
    }

    fn write(&self, table: &mut Table) {
        let days = |days: u64| self.received.and_then(|day| day.checked_sub_days(chrono::Days::new(days)));
        let names = Figures::NAMES.iter().copied();
        let own = names.zip(self.figures.cells()).filter_map(|(name, figure)| Some((name, figure?)));
        let figures: Vec<_> = own.chain(self.others.iter().copied()).collect();
        table
            .row()
            .text("form", self.form)
            .count_if("version", self.version)
            .text("period", &self.period)
            .text_if("unit", self.unit.as_deref())
            .text_if("team", self.team.as_deref())
            .text_if("kind", self.kind)
            .count_if("revision", self.revision)
            // What came on paper was sent the day before.
            .day_if("sent", days(u64::from(self.channel == Some("paper"))))
            .day_if("received", self.received)
            .day_if("entered", self.received)
            .text_if("channel", self.channel)
            .text_if("by", self.by.as_deref())
            .text_if("state", self.state)
            .counts("figures", &figures)
            .list("not_applicable", &self.not_applicable)
            .list("estimates", &self.estimates)
            .list("confirmed", &self.confirmed)
            .texts("prose", &self.prose);
    }
}

/// The document of some reports.
pub(crate) fn document<'r>(note: &str, reports: impl IntoIterator<Item = &'r Report>) -> String {
    let mut table = Table::default();
    for report in reports {
        report.write(&mut table);
    }
    finish(note, [("reports", table)])
}

/// The figures that a commune adds up: those that its checks compare with the sum of its teams.
pub(crate) fn add_up<'f>(parts: impl IntoIterator<Item = &'f Figures>) -> Figures {
    let mut sum = Figures::default();
    for part in parts {
        for (name, figure) in Figures::NAMES.iter().zip(part.cells()) {
            if let (Some(figure), Some(slot)) = (figure, sum.slot(name)) {
                *slot = Some(slot.unwrap_or_default() + figure);
            }
        }
    }
    Figures {
        members_young: None,
        outreach_attendance: None,
        households_in_group: None,
        vulnerable_guided: None,
        ecommerce_accounts: None,
        qr_businesses: None,
        community_classes: None,
        online_safety_guidance: None,
        petitions_open: None,
        ..sum
    }
}
