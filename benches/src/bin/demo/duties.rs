//! Duties: of the districts of Hải Dương, and those of Minh Họa that are not simply done in time.

use crate::page::Page;
use cnscd::{AgendaQuery, AgendaRow, Checked, Error, Locale, RollUpQuery, RollUpRow, Share, State, text};
use serde_json::Value;

impl Page {
    /// The obligation of 26/3/2022, a line a district.
    pub(crate) fn duties_by_district(&self, checked: &Checked) -> Result<(), Box<dyn std::error::Error>> {
        self.heading(
            "3. Nhiệm vụ công bố ngày 26/3/2022, theo đơn vị cấp huyện",
            "3. The obligation announced on 26 March 2022, by district",
        );
        let of = |obligation: &str, unit: Option<&str>| {
            checked.agenda(&AgendaQuery {
                obligation: Some(obligation.into()),
                unit: unit.map(Into::into),
                ..AgendaQuery::default()
            })
        };
        let mut rows = Vec::new();
        for duty in of("set-up-teams", None)? {
            let data = self.data(duty)?;
            let unit = rolled_up(checked, duty.unit())?;
            let covered = unit.measures.villages_covered();
            let communes = of("issue-decision", Some(duty.unit()))?;
            let done = communes.iter().filter(|row| row.done().is_some()).count();
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            rows.push(vec![
                unit.name,
                duty.done().map_or_else(|| "–".into(), |day| self.day(day)),
                covered.map_or_else(|| "–".into(), |share| self.share(share)),
                self.share(Share { part: count(done), whole: count(communes.len()) }),
                words(&data, "state_label"),
            ]);
        }
        rows.sort_by(|a, b| text::compare(a.first().map_or("", |a| a), b.first().map_or("", |b| b)));
        let head = [
            ("Đơn vị", "District"),
            ("Ngày hoàn thành", "Done on"),
            ("Thôn, KDC có Tổ", "Villages with a team"),
            ("Xã đã ban hành QĐ", "Communes that decided"),
            ("Tình trạng", "State"),
        ];
        self.table(&head, rows);
        if let Some(basis) = of("set-up-teams", None)?.first().and_then(AgendaRow::basis) {
            self.item(self.pick("Căn cứ: ", "Basis: "), self.pick(&basis.vi, &basis.en));
        }
        self.text(
            "\"Trước ngày 30/4/2022\" là đến hết ngày 29/4/2022. Ngày hoàn thành của từng huyện (trừ Gia Lộc): giả định.",
            "\"Before 30 April 2022\" means by the end of 29 April 2022. The days of single districts (but for Gia Lộc) are made up.",
        );
        Ok(())
    }

    /// Duties that are overdue, late, extended or excused, a table an obligation.
    pub(crate) fn duties_to_look_at(&self, checked: &Checked) -> Result<(), Box<dyn std::error::Error>> {
        self.heading(
            "Nhiệm vụ quá hạn, hoàn thành quá hạn, được gia hạn, được miễn",
            "Duties overdue, done late, extended, excused",
        );
        for obligation in checked.policy().obligations() {
            let query = AgendaQuery { obligation: Some(obligation.id.clone()), ..AgendaQuery::default() };
            let mut duties = checked.agenda(&query)?;
            duties.retain(|duty| duty.state() != State::NotBound);
            let mut rows = Vec::new();
            for &duty in &duties {
                let data = self.data(duty)?;
                let goes_well = matches!(duty.state(), State::DoneOnTime | State::Open | State::DueSoon);
                if goes_well && words(&data, "document").is_empty() {
                    continue;
                }
                let note = match (duty.state(), self.locale) {
                    (State::Overdue | State::DoneLate, Locale::Vi) => {
                        format!("chậm {:02} ngày", duty.late().unwrap_or(0))
                    }
                    (State::Overdue | State::DoneLate, Locale::En) => {
                        format!("{} days late", duty.late().unwrap_or(0))
                    }
                    _ => words(&data, "document"),
                };
                let period = words(&data, "period_name");
                let unit = rolled_up(checked, duty.unit())?.name;
                rows.push(vec![
                    duty.team().map_or(unit, ToOwned::to_owned),
                    words(&data, "state_label"),
                    if duty.state() == State::Excused {
                        String::new()
                    } else {
                        duty.due().map(|day| self.day(day)).unwrap_or_default()
                    },
                    duty.done().map(|day| self.day(day)).unwrap_or_default(),
                    if period.is_empty() { note } else { format!("{period}: {note}") },
                ]);
            }
            if duties.is_empty() {
                continue;
            }
            let done = duties.iter().filter(|duty| duty.state() == State::DoneOnTime).count();
            let name = self.pick(&obligation.name_vi, &obligation.name_en);
            self.print(format_args!(""));
            self.item("• ", name);
            self.item(
                "  ",
                &match self.locale {
                    Locale::Vi => format!("Hoàn thành đúng hạn: {done}/{} nhiệm vụ.", duties.len()),
                    Locale::En => format!("Done on time: {done} of {} duties.", duties.len()),
                },
            );
            let head = [
                ("Đơn vị, Tổ", "Unit or team"),
                ("Tình trạng", "State"),
                ("Hạn đến hết", "Due by the end of"),
                ("Hoàn thành", "Done on"),
                ("Ghi chú", "Note"),
            ];
            if !rows.is_empty() {
                self.table(&head, rows);
            }
        }
        Ok(())
    }

    /// A duty with its names in the language of the page.
    fn data(&self, duty: AgendaRow<'_>) -> Result<Value, serde_json::Error> {
        serde_json::to_value(duty.data(Some(self.locale), false))
    }
}

fn rolled_up(checked: &Checked, unit: &str) -> Result<RollUpRow, Error> {
    let rows = checked.roll_up(&RollUpQuery { unit: Some(unit.into()), level: None })?.rows;
    rows.into_iter().next().ok_or_else(|| Error::UnknownUnit(unit.into()))
}

fn words(data: &Value, key: &str) -> String {
    data.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
