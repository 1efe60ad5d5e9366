//! Reports: what is to be looked at in those for one month, and what a form shows while a report is filled in.

use crate::page::Page;
use chrono::NaiveDate;
use cnscd::{Checked, Finding, Names, Query, RULES, Severity};
use serde_json::Value;
use std::collections::BTreeSet;

const MONTH: &str = "2022-11";
/// What somebody is about to send, with two slips: 141 people for 14, and no word of accounts.
const REPORT: &str = r#"{"form": "team-monthly", "team": "to-99010-05", "period": "2022-12", "figures": {"members": 4, "members_trained": 3,
"outreach_sessions": 2, "households_guided": 42, "people_guided": 141, "guidance_occurrences": 19, "people_guided_public_service": 7,
"online_files_assisted": 8, "province_app_accounts": 101, "epayment_accounts": 5, "digital_stalls": 1, "adults_digital_skills": 126,
"feedback_received": 3, "feedback_resolved": 3}}"#;

impl Page {
    /// The findings in the reports for November 2022: how many of each rule, and the first of them in full.
    pub(crate) fn reports(&self, checked: &Checked) -> Result<(), Box<dyn std::error::Error>> {
        self.title(
            "BÁO CÁO THÁNG 11/2022 TẠI TỈNH MINH HỌA, XEM NGÀY 31/12/2022",
            "REPORTS FOR NOVEMBER 2022 IN MINH HỌA PROVINCE, AS OF 31 DECEMBER 2022",
        );
        let mut received = 0;
        let columns = checked.register().report_columns().unwrap_or_default();
        let period = columns.iter().position(|column| column == "period");
        checked.register().each_report(&mut |cells| {
            let own = period.and_then(|at| cells.get(at));
            received += usize::from(matches!(own, Some(cnscd::tables::Cell::Text(text)) if text == MONTH));
        });
        let mut found = Vec::new();
        for finding in checked.findings(&Query::default())? {
            if finding.code().starts_with('R') && words(&params(finding)?, "period") == MONTH {
                found.push(finding);
            }
        }
        let senders: BTreeSet<_> = found.iter().map(Finding::subject).collect();
        let (received, senders) = (self.number(received), self.number(senders.len()));
        self.text(
            &format!(
                "Các Tổ và các xã, phường, thị trấn đã gửi {received} báo cáo cho kỳ này; {senders} báo cáo có nội dung cần rà soát. Mọi \
                 số liệu là giả định."
            ),
            &format!(
                "Teams and communes sent {received} reports for this month; {senders} of them have something to look at. All figures \
                 are made up."
            ),
        );
        let mut rows = Vec::new();
        for severity in Severity::ALL {
            for rule in RULES {
                let is_own =
                    |found: &&Finding<'_>| found.code() == rule.code && found.severity() == *severity;
                let count = found.iter().filter(is_own).count();
                if count > 0 {
                    let title = format!("{} {}", rule.code, self.label(rule.title));
                    rows.push(vec![title, self.label(severity.label()).to_owned(), self.number(count)]);
                }
            }
        }
        self.print(format_args!(""));
        self.table(&[("Quy tắc", "Rule"), ("Mức độ", "Severity"), ("Số lượng", "Findings")], rows);
        self.heading("Nội dung nặng nhất, và một nội dung khác", "The worst of them, and one other");
        let other =
            found.iter().find(|finding| finding.severity() != Severity::Error && finding.code() != "R001");
        for finding in found.iter().take(2).chain(other) {
            self.finding(finding);
        }
        Ok(())
    }

    /// What a form on a phone shows before a report is sent.
    pub(crate) fn preview(&self, checked: &Checked) -> Result<(), Box<dyn std::error::Error>> {
        self.heading(
            "Trước khi gửi, biểu mẫu trên điện thoại nhắc xem lại",
            "Before a report is sent, the form on a phone says",
        );
        let preview = checked.preview(REPORT)?;
        let mut rows = Vec::new();
        for field in preview.fields() {
            let codes: BTreeSet<_> = preview
                .findings()
                .filter(|finding| finding.fields().contains(&field.id.as_str()))
                .map(|finding| finding.code())
                .collect();
            if codes.is_empty() {
                continue;
            }
            let figure = |figure: Option<i32>| {
                figure
                    .and_then(|figure| usize::try_from(figure).ok())
                    .map_or_else(|| "–".into(), |figure| self.number(figure))
            };
            rows.push(vec![
                self.pick(&field.label_vi, &field.label_en).to_owned(),
                figure(field.previous),
                figure(field.figure),
                codes.into_iter().collect::<Vec<_>>().join(", "),
            ]);
        }
        let head = [
            ("Chỉ tiêu cần xem lại", "Figures to look at"),
            ("Kỳ trước", "Before"),
            ("Kỳ này", "Now"),
            ("Quy tắc", "Rule"),
        ];
        self.table(&head, rows);
        for finding in preview.findings() {
            let line = format!(
                "{} {}: {}",
                finding.code(),
                self.label(finding.severity().label()),
                finding.text(self.locale, Names::Hidden)
            );
            self.item("• ", &line);
        }
        let day = |day: Option<NaiveDate>| day.map_or_else(|| "–".into(), |day| self.day(day));
        if let Some((next, due)) = preview.next() {
            let (period, now, then) = (next.text(self.locale), day(preview.due()), day(due));
            self.text(
                &format!("Hạn gửi báo cáo này: đến hết {now}. Kỳ sau: {period}, hạn đến hết {then}."),
                &format!("This report is due by the end of {now}; the next one, for {period}, by the end of {then}."),
            );
        }
        Ok(())
    }
}

fn params(finding: Finding<'_>) -> Result<Value, serde_json::Error> {
    serde_json::to_value(finding.params())
}

fn words<'v>(params: &'v Value, key: &str) -> &'v str {
    params.get(key).and_then(Value::as_str).unwrap_or_default()
}
