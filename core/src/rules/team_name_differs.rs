//! T011 `team-name-differs`.

use crate::choice::Level;
use crate::locale::Bilingual;
use crate::register::Line;
use crate::rule::{Check, Emit, Rule, Severity};
use crate::table::Id;
use crate::text::search_key;
use crate::view::TeamView;

pub(crate) static RULE: Rule = Rule {
    code: "T011",
    name: "team-name-differs",
    title: Bilingual {
        vi: "Tên Tổ khác tên đơn vị",
        en: "Name of a team differs from its unit's",
    },
    severity: Severity::Info,
    policy: &[],
    params: &[],
    text: Bilingual {
        vi: "Tên của {team} nêu tên một đơn vị khác với đơn vị quản lý và địa bàn phụ trách, {span}.",
        en: "{team} {was} named {span} after a unit that neither manages it nor is served by it.",
    },
    remedy: Bilingual {
        vi: "Đề nghị đối chiếu tên Tổ với quyết định thành lập và tên hiện nay của đơn vị.",
        en: "Compare the name with the decision and with the unit's present name.",
    },
    doc: "\
### What it does
Finds teams in force whose `name` speaks of a unit (\"thôn\", \"xã\", \"khu dân cư\" ... after the words of the team itself) and holds no name of its unit, of a unit above it, or of a village that it serves. A name that speaks of a village has to hold the name of one, where the team's villages are known. A name that speaks of no unit, such as \"Tổ công nghệ số cộng đồng số 3\", is left alone.

### Why
The name goes into decisions, reports and lists. After a unit was renamed or merged it is the first thing to be forgotten.

### Example
\"Tổ công nghệ số cộng đồng thôn Đông\" serves the village \"Thôn Tây\".
",
    check: Check::Team(check),
};

/// Kinds of villages as names have them.
const VILLAGES: &[&str] = &[
    "ap",
    "ban",
    "bon",
    "buon",
    "khom",
    "khu dan cu",
    "khu pho",
    "lang",
    "phum",
    "soc",
    "thon",
    "to dan pho",
    "xom",
];

/// The same of units above them.
const ABOVE: &[&str] =
    &["dac khu", "huyen", "phuong", "quan", "thanh pho", "thi tran", "thi xa", "tinh", "xa"];

/// The last words of a team itself, as names have them; what comes behind them is the place.
const OWN: &[&str] = &["ban chi dao", "chuyen doi so", "cong dong", "cong nghe so", "to chi dao"];

fn check(view: &TeamView<'_>, emit: &mut Emit<'_>) {
    let Some(name) = view.team().name.filter(|_| view.is_in_force()) else { return };
    let facts = view.context.facts();
    let name = facts.text(name);
    let villages = || {
        let own = view.path.first().filter(|&&line| view.context.inner().level(line) == Level::Village);
        view.covers().chain(own.copied())
    };
    // Most names end with that of the unit, as it is written there.
    let is_last = |line: Id<Line>| {
        let unit = view.unit(line);
        let own = facts.text(unit.name);
        ends_with(name, own) || ends_with(name, bare(own, facts.word(unit.kind)))
    };
    let has_villages = villages().next().is_some();
    if villages().any(is_last) || !has_villages && view.path.iter().any(|&line| is_last(line)) {
        return;
    }
    let key = plain(&search_key(name));
    let own = OWN.iter().filter_map(|words| find(&key, words)).max().unwrap_or(0);
    let key = key.get(own..).unwrap_or_default();
    let is_named = |line: Id<Line>| {
        let unit = view.unit(line);
        let own = search_key(facts.text(unit.name));
        find(key, &plain(bare(&own, facts.word(unit.kind)))).is_some()
    };
    let speaks_of = |kinds: &[&str]| kinds.iter().any(|kind| names_after(key, kind));
    let differs = if has_villages && speaks_of(VILLAGES) {
        !villages().any(is_named)
    } else {
        (speaks_of(VILLAGES) || speaks_of(ABOVE))
            && !view.covers().chain(view.path.iter().copied()).any(is_named)
    };
    if differs {
        emit.finding(vec![]);
    }
}

/// Whether a word of a kind stands in a key with a name behind it: "xã hội" is none.
fn names_after(key: &str, kind: &str) -> bool {
    let mut rest = key;
    while let Some(end) = find(rest, kind) {
        rest = rest.get(end..).unwrap_or_default();
        let next = rest.split(|letter: char| !letter.is_ascii_alphanumeric()).find(|word| !word.is_empty());
        if next.is_some_and(|next| (kind, next) != ("xa", "hoi")) {
            return true;
        }
    }
    false
}

/// The name of a unit without its kind: a ward may have been a commune when the team was named.
fn bare<'n>(name: &'n str, kind: &str) -> &'n str {
    let blanks = kind.bytes().filter(|&byte| byte == b'-').count();
    let mut ends = name.bytes().enumerate().filter(|&(_, byte)| byte == b' ').map(|(at, _)| at + 1);
    ends.nth(blanks).and_then(|at| name.get(at..)).filter(|bare| !bare.is_empty()).unwrap_or(name)
}

/// Whether a name ends with some words, whole ones.
fn ends_with(name: &str, words: &str) -> bool {
    name.strip_suffix(words).is_some_and(|before| !before.ends_with(char::is_alphanumeric))
}

/// A key in which `so 03` and `3` are the same.
fn plain(key: &str) -> String {
    let mut out = String::new();
    let mut words = key.split(' ').peekable();
    while let Some(word) = words.next() {
        let is_number = |word: &&str| word.starts_with(|first: char| first.is_ascii_digit());
        if word == "so" && words.peek().is_some_and(is_number) {
            continue;
        }
        let number = word.trim_start_matches('0');
        out.push_str(if is_number(&number) { number } else { word });
        out.push(' ');
    }
    out.pop();
    out
}

/// Where `words` end in `text`, if they stand there between blanks.
fn find(text: &str, words: &str) -> Option<usize> {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    let is_end = |byte: Option<&u8>| byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let is_there = |&(at, part): &(usize, &[u8])| {
        part == words
            && is_end(at.checked_sub(1).and_then(|at| text.get(at)))
            && is_end(text.get(at + words.len()))
    };
    text.windows(words.len().max(1)).enumerate().find(is_there).map(|(at, _)| at + words.len())
}
