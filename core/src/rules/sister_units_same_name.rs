//! U003 `sister-units-same-name`.

use crate::locale::Bilingual;
use crate::order::sort_by;
use crate::rule::{Check, Emit, Param, Rule, Severity};
use crate::text::{compare_names, same_name};
use crate::view::UnitView;

pub(crate) static RULE: Rule = Rule {
    code: "U003",
    name: "sister-units-same-name",
    title: Bilingual {
        vi: "Các đơn vị trực thuộc trùng loại, trùng tên",
        en: "Sister units of one kind and name",
    },
    severity: Severity::Warning,
    policy: &[],
    params: &["n", "units"],
    text: Bilingual {
        vi: "{unit} có {n} đơn vị trực thuộc trùng loại, trùng tên {span}: {units}.",
        en: "{unit} {had} {n} units of one kind and name {span}: {units}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị kiểm tra: nếu một đơn vị được nhập nhiều lần, giữ một mã; nếu đơn vị đã đổi tên hoặc kết thúc, ghi ngày kết thúc của tên cũ; nếu hai thôn trùng tên do nhập xã, giữ nguyên cho đến khi đổi tên.",
        en: "Check them: if one unit was entered twice, keep one code; if a unit was renamed or has ended, give its old version an end; two villages whose communes were merged may keep their name until it is changed.",
    },
    doc: "\
### What it does
Finds units that several others name as the unit above, of the same kind and the same name (letters and tones; not case, Unicode form or where the tone stands) on one day. One finding for each such name.

### Why
25 pairs of sister units in the country lawfully share a name and differ in kind; of communes and districts of one kind and name there is none. Two of them mean one unit entered twice, or a version without its end; or two villages that came under one commune by a merger.

### Example
`11044-01` and `11044-03` are both \"Thôn Đông\" of one commune.
",
    check: Check::Unit(check),
};

fn check(view: &UnitView<'_>, emit: &mut Emit<'_>) {
    // Nearly always a look at the hashes is enough.
    let hashes = || view.children().map(|(_, hash, _)| hash);
    if hashes().nth(32).is_none()
        && !hashes().enumerate().any(|(at, hash)| hashes().take(at).any(|other| other == hash))
    {
        return;
    }
    let mut children: Vec<_> =
        view.children().map(|(line, hash, unit)| (hash, unit.kind, line, unit.name)).collect();
    sort_by(&mut children, |a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
    for alike in children.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).filter(|alike| alike.len() > 1) {
        // Names that only hash alike are kept apart.
        let mut alike = alike.to_vec();
        let first = alike.first().map_or("", |child| view.text(child.3));
        if !alike.iter().all(|child| same_name(first, view.text(child.3))) {
            sort_by(&mut alike, |a, b| compare_names(view.text(a.3), view.text(b.3)));
        }
        for same in
            alike.chunk_by(|a, b| same_name(view.text(a.3), view.text(b.3))).filter(|same| same.len() > 1)
        {
            let units = same.iter().map(|&(_, _, line, _)| line).collect();
            emit.finding(vec![("n", Param::Count(same.len())), ("units", Param::Namesakes(units))]);
        }
    }
}
