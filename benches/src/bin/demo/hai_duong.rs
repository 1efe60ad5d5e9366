//! Hải Dương: published against computed, and the districts.

use crate::page::Page;
use cnscd::{Checked, Error, Level, RollUpQuery, RollUpRow, Sex, Share, TeamKind, text};

impl Page {
    pub(crate) fn published(&self, may: &Checked, april: &Checked) -> Result<(), Error> {
        use Level::{Commune, District, Province, Village};
        use TeamKind::{Community, Steering};
        let row = |checked: &Checked, code: &str| -> Result<RollUpRow, Error> {
            let rows = checked.roll_up(&RollUpQuery { unit: Some(code.into()), level: None })?.rows;
            rows.into_iter().next().ok_or_else(|| Error::UnknownUnit(code.into()))
        };
        let with = |row: &RollUpRow, level, kind| {
            self.share(Share { part: row.measures.units_with(level, kind), whole: row.measures.units(level) })
        };
        let province = row(may, "30")?;
        let communes = may.roll_up(&RollUpQuery { unit: Some("30".into()), level: Some(Commune) })?.rows;
        let set_up = communes.iter().filter(|row| row.measures.teams(Commune, Community) > 0).count();
        let set_up = format!("{set_up}/{}", communes.len());
        let (gia_loc, toan_thang) = (row(april, "297")?, row(may, "11044")?);
        let number = |n: u32| self.number(n as usize);
        let all = [
            (
                "Tổ Chỉ đạo cấp tỉnh: thành viên",
                "Provincial steering team: members",
                "113",
                number(province.measures.members(Province, Steering)),
            ),
            (
                "Huyện, thị xã, thành phố có Tổ Chỉ đạo",
                "Districts with a steering team",
                "12/12",
                with(&province, District, Steering),
            ),
            ("  thành viên", "  members", "357", number(province.measures.members(District, Steering))),
            (
                "Xã, phường, thị trấn có Tổ Chỉ đạo",
                "Communes with a steering team",
                "107/235",
                with(&province, Commune, Steering),
            ),
            (
                "  thành viên",
                "  members",
                &self.number(1499),
                number(province.measures.members(Commune, Steering)),
            ),
            ("Xã, phường, thị trấn đã thành lập Tổ", "Communes that set up village teams", "235/235", set_up),
            (
                "  số Tổ công nghệ số cộng đồng",
                "  community teams",
                &self.number(1340),
                number(province.measures.teams(Commune, Community)),
            ),
            (
                "  thành viên",
                "  members",
                &self.number(6891),
                number(province.measures.members(Commune, Community)),
            ),
            (
                "Gia Lộc, ngày 05/4/2022: Tổ Chỉ đạo huyện",
                "Gia Lộc, 5 April 2022: district steering team",
                "1",
                number(gia_loc.measures.teams(District, Steering)),
            ),
            (
                "  xã có Tổ Chỉ đạo",
                "  communes with a steering team",
                "18/18",
                with(&gia_loc, Commune, Steering),
            ),
            (
                "  thôn, khu dân cư có Tổ",
                "  villages with a team",
                "104/104",
                with(&gia_loc, Village, Community),
            ),
            (
                "Xã Toàn Thắng: số Tổ",
                "Toàn Thắng commune: community teams",
                "4",
                number(toan_thang.measures.teams(Commune, Community)),
            ),
            ("  thành viên", "  members", "20", number(toan_thang.measures.members(Commune, Community))),
        ];
        self.heading(
            "1. Số liệu công bố và số liệu tính từ hồ sơ",
            "1. Published figures and figures computed from the register",
        );
        let rows = all.iter().map(|(vi, en, published, computed)| {
            let verdict = if published == computed {
                self.pick("khớp", "equal")
            } else {
                self.pick("LỆCH", "DIFFERENT")
            };
            vec![self.pick(vi, en).into(), (*published).into(), computed.clone(), verdict.into()]
        });
        let head = [("Nội dung", "What"), ("Công bố", "Published"), ("Tính từ hồ sơ", "Computed"), ("", "")];
        self.table(&head, rows.collect());
        self.text(
            "Nguồn: Bộ TT&TT, số liệu ngày 17/5/2022; Báo Hải Dương, 05/4/2022; Trung ương Đoàn, 07/4/2022.",
            "Sources: Ministry of Information and Communications, 17 May 2022; Hải Dương newspaper, 5 April 2022; Youth Union, \
             7 April 2022.",
        );
        Ok(())
    }

    pub(crate) fn districts(&self, checked: &Checked) -> Result<(), Error> {
        use Level::{Commune, District};
        use TeamKind::{Community, Steering};
        self.heading("2. Kết quả theo đơn vị cấp huyện", "2. By district");
        let mut rows = checked.roll_up(&RollUpQuery { unit: None, level: Some(District) })?.rows;
        rows.sort_by(|a, b| text::compare(&a.name, &b.name));
        let cells = rows.iter().map(|row| {
            let m = &row.measures;
            let members = [(District, Steering), (Commune, Steering), (Commune, Community)];
            let members: u32 = members.iter().map(|&(level, kind)| m.members(level, kind)).sum();
            vec![
                row.name.clone(),
                self.share(Share { part: m.units_with(Commune, Steering), whole: m.units(Commune) }),
                m.villages_covered().map_or_else(|| "–".into(), |share| self.share(share)),
                self.number(m.teams(Commune, Community) as usize),
                self.number(members as usize),
                self.share(Share { part: m.sex(Some(Sex::Female)), whole: members }),
            ]
        });
        let head = [
            ("Đơn vị", "District"),
            ("Xã có Tổ Chỉ đạo", "Communes with a steering team"),
            ("Thôn, KDC có Tổ", "Villages with a team"),
            ("Số Tổ", "Community teams"),
            ("Thành viên các Tổ", "Members of all teams"),
            ("Nữ", "Women"),
        ];
        self.table(&head, cells.collect());
        self.text(
            "Số Tổ Chỉ đạo cấp xã và số Tổ của từng huyện (trừ Gia Lộc), số nữ: giả định, chỉ tổng số là số công bố.",
            "Figures of single districts (but for Gia Lộc) and of women are made up; only the totals are published.",
        );
        Ok(())
    }
}
