//! A *cascade* is obligations that gather each other, from level to level (Decree 09/2019/NĐ-CP, Article 8.5): what a level sends is what the
//! one above has received a working day before.

use crate::calendar::Calendar;
use crate::day::Day;
use crate::locale::{Locale, date_text};
use crate::obligation::Obligation;
use crate::order::sort;
use crate::period::Period;
use crate::problem::{self as p, Place, Problem};

/// How many years of periods are looked at for a level without time.
const YEARS_AHEAD: i32 = 10;

/// Sees that each level has a working day between what it receives and what it sends: from the cut-off to the first day sent, and from
/// there to the next, in the periods of the first ten years. `layer` is that of the document that is read.
pub(crate) fn cascades(
    obligations: &[Obligation],
    calendar: &Calendar,
    layer: usize,
    problems: &mut Vec<Problem>,
) {
    // The rows of an identifier in a scope. Which scope lies in which only a register shows.
    let named = |id: &str, scope: Option<&str>| -> Vec<&Obligation> {
        let is_there = |own: &&Obligation| own.scope.is_none() || own.scope.as_deref() == scope;
        obligations.iter().filter(|own| own.id == id).filter(is_there).collect()
    };
    for later in obligations {
        let Some(gathers) = &later.gathers else { continue };
        let earlier = obligations.iter().filter(|own| own.id == *gathers);
        let mut scopes: Vec<_> = earlier.map(|own| own.scope.as_deref()).collect();
        if scopes.is_empty() {
            let place = later.place(layer, "gathers");
            problems.push(Problem::new(place, &p::DANGLING, gathers, "`obligations`"));
        } else if let Some(scope) = &later.scope {
            scopes = vec![Some(scope)];
        }
        sort(&mut scopes);
        scopes.dedup();
        let found = scopes.into_iter().filter_map(|scope| {
            let (gathered, own) = (named(gathers, scope), named(&later.id, scope));
            slip(later, &gathered, &own, calendar, layer)
        });
        problems.extend(found);
    }
}

/// Whether less than a working day lies between two days. What the calendar does not know was told of the due day.
fn is_short(calendar: &Calendar, from: Day, to: Day) -> bool {
    calendar.between(from, to).is_ok_and(|days| days < 1)
}

/// What is wrong with an obligation and those that it gathers, where it counts among those named as it is.
fn slip(
    later: &Obligation,
    gathered: &[&Obligation],
    named: &[&Obligation],
    calendar: &Calendar,
    document: usize,
) -> Option<Problem> {
    let counting = |rows: &[&Obligation], day: Day| {
        let rows = rows.iter().enumerate().filter(|(_, own)| own.holds.contains(day));
        rows.max_by_key(|(_, own)| (own.scope.is_some(), own.layer)).map(|(at, _)| at)
    };
    let latest = gathered.iter().map(|own| own.span.from).fold(later.span.from, Day::max);
    let until = latest.plus(366 * YEARS_AHEAD);
    let terms: Vec<_> = gathered.iter().map(|own| own.terms(calendar, until)).collect();
    for own in later.terms(calendar, until) {
        let is_later = |at: usize| named.get(at).is_some_and(|own| std::ptr::eq(*own, later));
        let Some(at) = counting(gathered, own.counts_on) else { continue };
        let Some((earlier, terms)) = gathered.get(at).zip(terms.get(at)) else { continue };
        if !counting(named, own.counts_on).is_some_and(is_later) {
            continue;
        }
        // Where only one of them is for a scope, that one is out of line.
        let (odd, other) = if earlier.scope.is_some() && later.scope.is_none() {
            (*earlier, later)
        } else {
            (later, *earlier)
        };
        let unfit = |own: &Obligation, column, wanted: &str| {
            Some(Problem::new(own.place(document, column), &p::UNFIT, &other.id, &format!("`{wanted}`")))
        };
        if earlier.id == later.id || earlier.on.is_some() || earlier.is_once() != later.is_once() {
            return unfit(later, "gathers", "null");
        }
        if earlier.level < later.level {
            return unfit(odd, "level", other.level.word());
        }
        if let (Some((every, scheme)), Some((wanted, by))) = (odd.every, other.every) {
            if every != wanted {
                return unfit(odd, "every", wanted.word());
            }
            if scheme != by {
                return unfit(odd, "scheme", by.word());
            }
        }
        let Some(before) = terms.iter().find(|term| term.period == own.period) else { continue };
        // What comes once has no cut-off.
        let has_cut_off = earlier.gathers.is_none() && !earlier.is_once();
        if has_cut_off && is_short(calendar, before.binds_on, before.last) {
            let wanted = times(earlier, None, own.period, before.binds_on, before.last);
            let place = or_else(earlier.place(document, "due"), later.place(document, "gathers"));
            return Some(Problem::in_both(place, &p::CASCADE, &earlier.id, &wanted));
        }
        // What comes once has no periodic report behind it: it is not to be sent before what it gathers is due.
        let is_wrong =
            if later.is_once() { own.last < before.last } else { is_short(calendar, before.last, own.last) };
        if is_wrong {
            let wanted = times(later, Some(earlier), own.period, before.last, own.last);
            let (own, above) = (later.place(document, "gathers"), earlier.place(document, "due"));
            let is_odd = std::ptr::eq(odd, *earlier);
            let place = if is_odd { or_else(above, own) } else { or_else(own, above) };
            return Some(Problem::in_both(place, &p::CASCADE, &later.id, &wanted));
        }
    }
    None
}

/// A place in the document that is read, if there is one, else another.
fn or_else(place: Place, other: Place) -> Place {
    if place.table.is_some() { place } else { other }
}

/// The period in which one obligation leaves no time, behind its cut-off or behind the day of the one that it gathers, and both days: in
/// Vietnamese and in English.
fn times(
    own: &Obligation,
    gathered: Option<&Obligation>,
    period: Option<Period>,
    from: Day,
    to: Day,
) -> [String; 2] {
    let scope = own.scope.as_ref().or(gathered.and_then(|gathered| gathered.scope.as_ref()));
    [Locale::Vi, Locale::En].map(|locale| {
        let day = |day: Day| day.date().map_or_else(String::new, |date| date_text(date, locale));
        let (from, to, id) = (day(from), day(to), &own.id);
        let (in_period, in_scope) = if locale == Locale::Vi { ("kỳ", "phạm vi") } else { ("in", "scope") };
        let period = period.map(|period| format!("{in_period} {}", period.text(locale)));
        let scope = scope.map(|scope| format!("{in_scope} `{scope}`"));
        let mut place = [period, scope].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let once = gathered.filter(|_| own.is_once()).map(|gathered| &gathered.id);
        let gathered = gathered.map(|gathered| &gathered.id);
        match (locale, once) {
            (Locale::Vi, Some(first)) => {
                format!("hạn của `{id}` ({to}), nhiệm vụ tổng hợp, sớm hơn hạn của `{first}` ({from})")
            }
            (Locale::En, Some(first)) => {
                format!("the due day of `{id}` ({to}), which gathers it, is before that of `{first}` ({from})")
            }
            (Locale::Vi, None) => {
                place += if place.is_empty() { "" } else { ": " };
                let since = gathered.map_or_else(|| "ngày chốt số liệu".into(), |id| format!("hạn của `{id}`"));
                let gathers = if gathered.is_some() { ", nhiệm vụ tổng hợp," } else { "" };
                format!("{place}từ {since} ({from}) đến hạn của `{id}` ({to}){gathers} chưa đủ 01 ngày làm việc (khoản 5 Điều 8 Nghị định số 09/2019/NĐ-CP)")
            }
            (Locale::En, None) => {
                place += if place.is_empty() { "" } else { ", " };
                let since = gathered.map_or_else(|| "the cut-off".into(), |id| format!("the due day of `{id}`"));
                let gathers = if gathered.is_some() { ", which gathers it" } else { "" };
                format!("{place}less than one working day from {since} ({from}) to the due day of `{id}`{gathers} ({to}) (Decree 09/2019/NĐ-CP, Article 8.5)")
            }
        }
    })
}
