//! P001 `possible-duplicate-person`.

use crate::facts::Person;
use crate::locale::Bilingual;
use crate::order::{sort, sort_by};
use crate::register::Line;
use crate::rule::{Check, Emit, Param, Rule, Severity, Subject};
use crate::table::Id;
use crate::view::GroupView;

pub(crate) static RULE: Rule = Rule {
    code: "P001",
    name: "possible-duplicate-person",
    title: Bilingual { vi: "Có thể một người được nhập nhiều lần", en: "The same person may be entered twice" },
    severity: Severity::Info,
    policy: &[],
    params: &["n", "people"],
    text: Bilingual {
        vi: "Có {n} người cùng họ và tên, cùng ngày sinh hoặc cùng địa bàn, có thể là một người được nhập nhiều lần: {people}.",
        en: "{n} people share a name and a birth day or a commune and may be one person entered twice: {people}.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu; nếu là một người, giữ một định danh và chuyển các dòng liên quan về định danh đó.",
        en: "Compare them; if they are one person, keep one id and move the rows to it.",
    },
    doc: "\
### What it does
Finds people with the same name (letters and tones; not case, Unicode form or where the tone stands) and the same birth day; or, where a birth day is missing, the same name and a team in the same commune. People whose citizen numbers are all known and different are left alone.

### Why
A person entered twice is counted twice, and changes reach only one of the two. Names repeat in Viet Nam, so this is a note and never more.

### Example
`p-1` \"Nguyễn Thị Hoà\" and `p-2` \"Nguyễn Thị Hòa\", both born on 1990-02-03.
",
    check: Check::Group(check),
};

fn check(view: &GroupView<'_>, emit: &mut Emit<'_>) {
    let mut alike: Vec<Vec<Id<Person>>> = Vec::new();
    let mut by_birth: Vec<_> =
        view.people.iter().filter_map(|&id| view.person(id).born.map(|born| (born.0, id))).collect();
    sort(&mut by_birth);
    for run in by_birth.chunk_by(|a, b| a.0 == b.0) {
        alike.push(run.iter().map(|&(_, id)| id).collect());
    }
    if by_birth.len() < view.people.len() {
        let mut by_place: Vec<(Id<Line>, Id<Person>)> =
            view.people.iter().flat_map(|&id| view.communes(id).map(move |place| (place, id))).collect();
        sort(&mut by_place);
        by_place.dedup();
        for run in by_place.chunk_by(|a, b| a.0 == b.0) {
            if run.iter().any(|&(_, id)| view.person(id).born.is_none()) {
                alike.push(run.iter().map(|&(_, id)| id).collect());
            }
        }
    }
    alike.retain(|people| people.len() > 1);
    // People who share several communes are spoken of once.
    sort(&mut alike);
    alike.dedup();
    for people in alike {
        suspect(view, people, emit);
    }
}

/// Emits a finding for people who share a day or a place, if they share a name indeed and no number tells them apart.
fn suspect(view: &GroupView<'_>, mut people: Vec<Id<Person>>, emit: &mut Emit<'_>) {
    sort_by(&mut people, |&a, &b| view.key(a).cmp(view.key(b)));
    let Some(&first) = people.first() else { return };
    people.retain(|&id| view.same_name(id, first));
    let mut numbers: Vec<Vec<u8>> = people.iter().filter_map(|&id| view.citizen_number(id)).collect();
    sort(&mut numbers);
    numbers.dedup();
    if people.len() > 1 && numbers.len() < people.len() {
        let unit = view.context.common(people.iter().flat_map(|&id| view.communes(id)));
        let params = vec![("n", Param::Count(people.len())), ("people", Param::People(people))];
        let finding = emit.finding(params);
        finding.subject = Subject::Person(first);
        finding.unit = unit;
    }
}
