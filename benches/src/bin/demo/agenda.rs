//! The agenda: of a district in May 2022, of a commune in July 2025, with how a due day comes about.

use crate::page::Page;
use cnscd::{AgendaQuery, AgendaRow, Checked, Policy, Register, State, parse_day};
use std::collections::BTreeMap;

const POLICY: &str = include_str!("../../../data/reports-policy.json");
const COMMUNE: &str = include_str!("../../../data/nam-sach-2025.json");

impl Page {
    /// What a district and what is below it owe on 12/5/2022, and a commune on 21/7/2025.
    pub(crate) fn agendas(&self, hai_duong: &Register) -> Result<(), Box<dyn std::error::Error>> {
        self.title("LỊCH CÔNG VIỆC", "AGENDAS");
        self.text(
            "Chế độ báo cáo dưới đây là giả định, để minh họa cách tính hạn; các ngày nghỉ là thật.",
            "The reports asked for here are made up, to show how due days come about; the days off are real.",
        );
        let policy = Policy::from_json(POLICY)?;
        let district = hai_duong.check(&policy, parse_day("2022-05-12")?)?;
        self.heading(
            "Huyện Nam Sách, ngày 12/5/2022: đến hạn trong 30 ngày",
            "Nam Sách district, 12 May 2022: due within 30 days",
        );
        self.agenda(
            &district,
            &AgendaQuery { unit: Some("291".into()), days: Some(30), ..AgendaQuery::default() },
        )?;
        self.explain(&policy, "report-district")?;

        let commune = Register::from_json(COMMUNE)?.check(&policy, parse_day("2025-07-21")?)?;
        self.heading(
            "Xã Nam Sách, ngày 21/7/2025: mọi nhiệm vụ đã bắt đầu",
            "Nam Sách commune, 21 July 2025: all duties that have begun",
        );
        self.agenda(&commune, &AgendaQuery { unit: Some("10606".into()), ..AgendaQuery::default() })
    }

    /// Duties, a line for each due day, obligation and period.
    fn agenda(&self, checked: &Checked, query: &AgendaQuery) -> Result<(), Box<dyn std::error::Error>> {
        let mut groups: BTreeMap<_, Vec<AgendaRow<'_>>> = BTreeMap::new();
        for row in checked.agenda(query)? {
            let period = row.period().map(|period| period.text(self.locale)).unwrap_or_default();
            groups.entry((row.due(), row.obligation(), period)).or_default().push(row);
        }
        let mut lines = Vec::new();
        for ((due, id, period), rows) in groups {
            let obligations = checked.policy().obligations();
            let own = obligations.iter().find(|own| own.id == id);
            let name = own.map_or("", |own| self.pick(&own.name_vi, &own.name_en));
            let mut states = Vec::new();
            for &state in State::ALL {
                let count = rows.iter().filter(|row| row.state() == state).count();
                if count > 0 {
                    states.push(format!("{}: {}", self.label(state.label()), self.number(count)));
                }
            }
            lines.push(vec![
                due.map(|day| self.day(day)).unwrap_or_default(),
                if period.is_empty() { name.into() } else { format!("{name}, {period}") },
                states.join("; "),
            ]);
        }
        let head = [
            ("Hạn đến hết", "Due by the end of"),
            ("Nhiệm vụ", "Duty"),
            ("Tình trạng: số lượng", "State: how many"),
        ];
        self.table(&head, lines);
        Ok(())
    }

    /// How the first due day of an obligation comes about.
    fn explain(&self, policy: &Policy, obligation: &str) -> Result<(), Box<dyn std::error::Error>> {
        let due = policy.due_of(obligation)?;
        let steps: Vec<_> = due.steps(self.locale).collect();
        self.item(
            self.pick("Cách tính hạn của cấp huyện: ", "How the day of the district comes about: "),
            &steps.join(" "),
        );
        Ok(())
    }
}
