//! P001 `possible-duplicate-person`.

use crate::day::Day;
use crate::facts::Person;
use crate::locale::Bilingual;
use crate::order::{sort, sort_by};
use crate::register::Hashed;
use crate::rule::{Check, Emit, Param, Rule, Severity, Subject};
use crate::table::Id;
use crate::view::SameView;

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
    check: Check::Names(check),
};

fn check(view: &SameView<'_, Person>, emit: &mut Emit<'_>) {
    let unknown = view.same.partition_point(|named| named.day == Day::OPEN_START);
    let (without, with) = view.same.split_at(unknown);
    let same_day = with.chunk_by(|a, b| a.day == b.day).filter(|run| run.len() > 1);
    let mut alike: Vec<Vec<_>> = same_day.map(|run| run.iter().map(|named| named.id).collect()).collect();
    if !without.is_empty() {
        let places = |named: &Hashed<Person>| {
            let (born, id) = (named.day, named.id);
            view.context.communes(id).map(move |place| (place, id, born))
        };
        let mut by_place: Vec<_> = without.iter().flat_map(places).collect();
        sort(&mut by_place);
        let near: Vec<_> = by_place.iter().map(|row| row.0).collect();
        let is_near = |place: &_| near.binary_search(place).is_ok();
        by_place.extend(with.iter().flat_map(places).filter(|row| is_near(&row.0)));
        sort(&mut by_place);
        by_place.dedup();
        for run in by_place.chunk_by(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
            if run.iter().any(|&(_, _, born)| born == Day::OPEN_START) {
                alike.push(run.iter().map(|&(_, id, _)| id).collect());
            }
        }
    }
    if alike.is_empty() {
        return;
    }
    // People who share several communes are spoken of once.
    for people in &mut alike {
        sort(people);
    }
    sort(&mut alike);
    alike.dedup();
    for people in alike {
        suspect(view, people, emit);
    }
}

/// Emits a finding for those of one name among people who share a day or a place, unless their numbers tell them apart.
fn suspect(view: &SameView<'_, Person>, mut people: Vec<Id<Person>>, emit: &mut Emit<'_>) {
    // Names that only hash alike are kept apart; within a name, the identifiers are in order.
    sort_by(&mut people, |&a, &b| view.key(a).cmp(view.key(b)));
    sort_by(&mut people, |&a, &b| view.compare_names(a, b));
    for same in people.chunk_by(|&a, &b| view.compare_names(a, b).is_eq()).filter(|same| same.len() > 1) {
        let mut numbers: Vec<_> = same.iter().filter_map(|&id| view.citizen_number(id)).collect();
        sort(&mut numbers);
        numbers.dedup();
        if let (Some(&first), true) = (same.first(), numbers.len() < same.len()) {
            let unit = view.context.common(same.iter().flat_map(|&id| view.context.communes(id)));
            let finding =
                emit.finding(vec![("n", Param::Count(same.len())), ("people", Param::People(same.to_vec()))]);
            finding.subject = Subject::Person(first);
            finding.unit = unit;
        }
    }
}
