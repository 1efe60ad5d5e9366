//! A year of monthly reports of Hải Dương: made up, in order, and fitting its teams and their members.

use std::collections::BTreeMap;

use super::hai_duong;
use crate::course::{Course, Figures, Pace};
use crate::mix::{below, mix, seed};
use crate::reports::{Report, add_up, document};
use crate::roll::{Month, community_teams};

const NOTE: &str = "Báo cáo tháng của các Tổ công nghệ số cộng đồng và của các xã, phường, thị trấn tỉnh Hải Dương, từ tháng 4/2022 \
đến tháng 3/2023: toàn bộ là giả định, để minh họa; không có số liệu nào là số đã công bố. Số thành viên theo hồ sơ của tỉnh ngày \
17/5/2022, trong đó chỉ tổng số là số đã công bố. Mẫu báo cáo là mẫu team-monthly của thư viện, không phải mẫu do cơ quan nhà nước ban \
hành. / Monthly reports of the community teams and of the communes of Hải Dương, April 2022 to March 2023: all of it is made up, to \
show how it works; no figure in it was published. The numbers of members are those of the register of 17 May 2022, of which only the \
totals were published. The form is team-monthly of this library, and was issued by no authority.";

/// A year of monthly reports of [`hai_duong`], April 2022 to March 2023, as a JSON document: one of each community team and of each
/// commune a month. All figures are made up, as the `note` says, and nothing in them is out of order.
#[must_use]
pub fn hai_duong_reports() -> String {
    let register = hai_duong();
    let teams = community_teams(&register);
    let mut courses: Vec<Course> = teams.iter().map(|team| Course::new(team.id, None)).collect();
    let mut reports = Vec::new();
    for month in Month::of(2022, 4).following(12) {
        let cut_off = month.cut_off().to_string();
        let mut by_commune = BTreeMap::<&str, Vec<Figures>>::new();
        for (team, course) in teams.iter().zip(&mut courses) {
            let figures = course.month(month, team.size(&cut_off), Pace::Usual);
            by_commune.entry(team.unit).or_default().push(figures);
            let drawn = mix(seed(team.id), month.number());
            let received = month.day_after(1 + below(drawn, 5));
            let channel = ["chat_group", "paper", "system", "email"].get(below(mix(drawn, 1), 4) as usize);
            reports.push(Report {
                channel: channel.copied(),
                by: team.head(&cut_off).map(Into::into),
                prose: prose(mix(drawn, 2)),
                ..Report::of_team(team.id, month, received, figures)
            });
        }
        for (commune, figures) in by_commune {
            let received = month.day_after(7 + below(mix(seed(commune), month.number()), 3));
            let report = Report::of_unit(commune, month, received, add_up(&figures));
            reports.push(Report { channel: Some("system"), ..report });
        }
    }
    document(NOTE, &reports)
}

/// Words of one report in eight.
fn prose(drawn: u64) -> Vec<(&'static str, &'static str)> {
    match below(drawn, 32) {
        0 => vec![("difficulties", "Một số người cao tuổi chưa có điện thoại thông minh.")],
        1 => vec![("difficulties", "Sóng di động ở cuối thôn còn yếu.")],
        2 => vec![("good_practice", "Hướng dẫn tại nhà văn hóa vào tối thứ Bảy hằng tuần.")],
        3 => vec![("recommendations", "Đề nghị cấp thêm tờ rơi hướng dẫn nộp hồ sơ trực tuyến.")],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_all_teams_and_communes() {
        let text = hai_duong_reports();
        let reports: serde_json::Value = serde_json::from_str(&text).unwrap();
        let reports = reports["reports"].as_array().unwrap();
        assert_eq!(reports.len(), 12 * (1340 + 235));
        assert!(text == hai_duong_reports());
    }
}
