//! Conversion in plain Rust: queries come in as pairs of texts, answers go out as JSON text.

use cnscd::{
    AgendaQuery, Checked, CompletenessQuery, DueRule, Error, Locale, LunarDate, Names, Period, Policy, Query,
    Register, RollUpQuery, Start, TeamQuery, When,
};
use serde::Serialize;

/// The keys and values of an argument object; a value of a wrong type is none.
pub(crate) type Pairs = Vec<(String, Option<String>)>;

/// What JavaScript is told of an error.
#[derive(Debug)]
pub(crate) struct Failure {
    pub code: &'static str,
    pub message: String,
    /// The problems as JSON.
    pub problems: String,
}

impl Failure {
    pub(crate) fn bad_type(message: &str) -> Self {
        Self { code: "bad-type", message: message.into(), problems: "[]".into() }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let problems = json(error.problems()).unwrap_or_else(|failure| failure.problems);
        Self { code: error.code(), message: error.to_string(), problems }
    }
}

fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Failure> {
    // Maps have text keys and numbers are integers, so this does not fail.
    serde_json::to_string(value).map_err(|_| bad_query("the answer cannot be written".into()))
}

fn bad_query(message: String) -> Failure {
    Failure { code: "bad-query", message, problems: "[]".into() }
}

/// Puts each pair into the slot of its key.
fn fill<const N: usize>(pairs: Pairs, keys: [&str; N]) -> Result<[Option<String>; N], Failure> {
    let mut slots = [const { None }; N];
    for (key, value) in pairs {
        let Some(slot) = keys.iter().position(|known| *known == key).and_then(|at| slots.get_mut(at)) else {
            return Err(bad_query(format!("a query has no `{key}`; its keys are {}", keys.join(", "))));
        };
        match value {
            Some(value) => *slot = Some(value),
            None => return Err(unfit(&key)),
        }
    }
    Ok(slots)
}

/// Says what the value of a key must be.
fn unfit(key: &str) -> Failure {
    let wanted = match key {
        LEAP | BY_UNIT | STEPS => "true or false",
        _ if NUMBERS.contains(&key) => "a whole number from 0",
        _ => "a string",
    };
    bad_query(format!("`{key}` must be {wanted}"))
}

pub(crate) fn counts(register: &Register) -> Result<String, Failure> {
    struct Counts<'r>(&'r Register);
    impl Serialize for Counts<'_> {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_map(self.0.counts())
        }
    }
    json(&Counts(register))
}

const DAYS: &str = "days";

/// The keys whose values are numbers.
const NUMBERS: [&str; 6] = [DAYS, "year", "month", DAY, "count", "months"];

const BY_UNIT: &str = "byUnit";
const STEPS: &str = "steps";

/// A number in a lunar day, a date in a rule.
const DAY: &str = "day";

/// The key whose value is true or false.
const LEAP: &str = "leap";

/// A value of a query as text, if it has the type that its key asks for: a string, a whole number from 0, or true or false.
pub(crate) fn value(
    key: &str,
    text: Option<String>,
    number: Option<f64>,
    flag: Option<bool>,
) -> Option<String> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "only what comes back the same is taken"
    )]
    let whole = number.map(|number| number as u32).filter(|&whole| Some(f64::from(whole)) == number);
    match key {
        LEAP | BY_UNIT | STEPS => flag.map(|flag| flag.to_string()),
        DAY if number.is_none() => text.filter(|text| text.contains(['-', '/'])),
        _ if NUMBERS.contains(&key) => whole.map(|whole| whole.to_string()),
        _ => text,
    }
}

pub(crate) fn check(register: &Register, policy: &Policy, as_of: &str) -> Result<Checked, Failure> {
    Ok(register.check(policy, cnscd::parse_day(as_of)?)?)
}

/// The forms of a policy, as JSON.
pub(crate) fn forms(policy: &Policy) -> Result<String, Failure> {
    json(policy.forms())
}

/// What is said of a report before it is kept, as JSON.
pub(crate) fn preview(checked: &Checked, report: &str, query: Pairs) -> Result<String, Failure> {
    let [locale, names] = fill(query, ["locale", "names"])?;
    let text = text_choice(locale, names)?;
    json(&checked.preview(report)?.data(text))
}

/// The checks that reports depart from, as JSON.
pub(crate) fn departures(checked: &Checked, form: &str) -> Result<String, Failure> {
    json(&checked.departures(form)?)
}

/// What a policy asks in a unit on a day, as JSON.
pub(crate) fn explain_policy(
    policy: &Policy,
    register: &Register,
    unit: &str,
    day: &str,
) -> Result<String, Failure> {
    json(&policy.explain(register, unit, cnscd::parse_day(day)?)?)
}

/// What a date is by the calendar of a policy, as JSON.
pub(crate) fn day(policy: &Policy, date: &str, query: Pairs) -> Result<String, Failure> {
    let [locale] = fill(query, ["locale"])?;
    let locale = locale.map(|word| word.parse()).transpose()?;
    json(&policy.calendar().day(cnscd::parse_day(date)?)?.data(locale))
}

pub(crate) fn is_working(policy: &Policy, date: &str) -> Result<bool, Failure> {
    Ok(policy.calendar().is_working(cnscd::parse_day(date)?)?)
}

pub(crate) fn count(policy: &Policy, from: &str, to: &str) -> Result<i64, Failure> {
    Ok(policy.calendar().count(cnscd::parse_day(from)?, cnscd::parse_day(to)?)?)
}

pub(crate) fn add(policy: &Policy, from: &str, count: f64) -> Result<String, Failure> {
    #[expect(clippy::cast_possible_truncation, reason = "only what comes back the same is taken")]
    let whole = Some(count as i32).filter(|&whole| Some(f64::from(whole)) == Some(count));
    let whole = whole.ok_or_else(|| Failure::bad_type("a count is a whole number"))?;
    Ok(policy.calendar().add(cnscd::parse_day(from)?, i64::from(whole))?.to_string())
}

pub(crate) fn adjust(policy: &Policy, date: &str, adjust: &str) -> Result<String, Failure> {
    Ok(policy.calendar().adjust(cnscd::parse_day(date)?, adjust.parse()?)?.to_string())
}

/// The last good day by a rule, or of an obligation, as JSON.
pub(crate) fn due(policy: &Policy, rule: Pairs) -> Result<String, Failure> {
    let [obligation, due, adjust, day, count, of, months, start, scheme] =
        fill(rule, ["obligation", "due", "adjust", "day", "count", "of", "months", "start", "scheme"])?;
    let (Some(due), Some(adjust), None) = (due, adjust, &obligation) else {
        return match obligation {
            Some(obligation) => json(&policy.due_of(&obligation)?),
            None => Err(bad_query("say `due` and `adjust`, or an `obligation`".into())),
        };
    };
    let number = |text: Option<String>| text.and_then(|text| text.parse().ok());
    let day = day.map(|day| cnscd::parse_day(&day)).transpose()?;
    let of = of.map(|word| word.parse()).transpose()?;
    let rule = DueRule::new(due.parse()?, day, number(count), of, number(months))?;
    let start = match (start, scheme) {
        (Some(period), Some(scheme)) => Some(Start::Period(period.parse()?, scheme.parse()?)),
        (Some(day), None) => Some(Start::Day(cnscd::parse_day(&day)?)),
        (None, _) => None,
    };
    json(&policy.calendar().due(rule, adjust.parse()?, start)?)
}

/// Makes changes; what they changed, as JSON.
pub(crate) fn edit(checked: &mut Checked, changes: &str, query: Pairs) -> Result<String, Failure> {
    let [locale, names] = fill(query, ["locale", "names"])?;
    let text = text_choice(locale, names)?;
    json(&checked.edit(changes)?.data(text))
}

fn text_choice(locale: Option<String>, names: Option<String>) -> Result<Option<(Locale, Names)>, Failure> {
    let locale: Option<Locale> = locale.map(|word| word.parse()).transpose()?;
    let names = names.map_or(Ok(Names::Hidden), |word| word.parse())?;
    Ok(locale.map(|locale| (locale, names)))
}

/// A query, the language of names, and whether steps are asked for.
fn agenda_query(query: Pairs) -> Result<(AgendaQuery, Option<Locale>, bool), Failure> {
    const KEYS: [&str; 11] =
        ["unit", "team", "body", "obligation", "state", "from", "until", DAYS, BY_UNIT, "locale", STEPS];
    let [unit, team, body, obligation, state, from, until, days, by_unit, locale, steps] = fill(query, KEYS)?;
    let [by_unit, steps] = [by_unit, steps].map(|flag| flag.is_some_and(|flag| flag == "true"));
    let state = state.map(|word| word.parse()).transpose()?;
    let from = from.map(|day| cnscd::parse_day(&day)).transpose()?;
    let until = until.map(|day| cnscd::parse_day(&day)).transpose()?;
    let days = days.and_then(|days| days.parse().ok());
    let locale = locale.map(|word| word.parse()).transpose()?;
    Ok((AgendaQuery { unit, team, body, obligation, state, from, until, days, by_unit }, locale, steps))
}

/// The duties of a query, as JSON.
pub(crate) fn agenda(checked: &Checked, query: Pairs) -> Result<String, Failure> {
    let (query, locale, steps) = agenda_query(query)?;
    json(&checked.agenda(&query)?.into_iter().map(|row| row.data(locale, steps)).collect::<Vec<_>>())
}

/// The duties of a query, as an iCalendar.
pub(crate) fn to_ical(checked: &Checked, query: Pairs) -> Result<String, Failure> {
    let (query, locale, _) = agenda_query(query)?;
    Ok(checked.to_ical(&checked.agenda(&query)?, locale.unwrap_or(Locale::Vi)))
}

/// Numbers of duties, as JSON.
pub(crate) fn completeness(checked: &Checked, query: Pairs) -> Result<String, Failure> {
    let [unit, level, obligation, period] = fill(query, ["unit", "level", "obligation", "period"])?;
    let level = level.map(|word| word.parse()).transpose()?;
    let period = period.map(|word| word.parse()).transpose()?;
    json(&checked.completeness(&CompletenessQuery { unit, level, obligation, period })?)
}

pub(crate) fn explain(code: &str) -> Result<String, Failure> {
    json(cnscd::explain(code)?)
}

/// The findings that match a query, as JSON.
pub(crate) fn findings(checked: &Checked, query: Pairs) -> Result<String, Failure> {
    let [unit, code, severity, when, locale, names] =
        fill(query, ["unit", "code", "severity", "when", "locale", "names"])?;
    let query = Query {
        unit,
        code,
        severity: severity.map(|word| word.parse()).transpose()?,
        when: when.map_or(Ok(When::Any), |word| word.parse())?,
    };
    let text = text_choice(locale, names)?;
    json(&checked.findings(&query)?.into_iter().map(|finding| finding.data(text)).collect::<Vec<_>>())
}

/// The teams of a query, as JSON.
pub(crate) fn teams(checked: &Checked, query: Pairs) -> Result<String, Failure> {
    let [unit, kind] = fill(query, ["unit", "kind"])?;
    let kind = kind.map(|word| word.parse()).transpose()?;
    json(&checked.teams(&TeamQuery { unit, kind })?)
}

/// The roll-up of a query, as JSON.
pub(crate) fn roll_up(checked: &Checked, query: Pairs) -> Result<String, Failure> {
    let [unit, level] = fill(query, ["unit", "level"])?;
    let level = level.map(|word| word.parse()).transpose()?;
    json(&checked.roll_up(&RollUpQuery { unit, level })?.rows)
}

/// The lunar day of a date, as JSON.
pub(crate) fn to_lunar(date: &str) -> Result<String, Failure> {
    json(&LunarDate::of(cnscd::parse_day(date)?)?)
}

/// A lunar day by its numbers; no `leap` means false.
pub(crate) fn lunar(date: Pairs) -> Result<LunarDate, Failure> {
    let [year, month, leap, day] = fill(date, ["year", "month", LEAP, "day"])?;
    let number = |key: &str, given: Option<String>| -> Result<u32, Failure> {
        let given = given.ok_or_else(|| bad_query(format!("`{key}` is missing")))?;
        given.parse().map_err(|_| unfit(key))
    };
    let year = i32::try_from(number("year", year)?).map_err(|_| unfit("year"))?;
    let leap = leap.is_some_and(|leap| leap == "true");
    Ok(LunarDate::new(year, number("month", month)?, leap, number("day", day)?)?)
}

pub(crate) fn lunar_text(date: Pairs, locale: &str) -> Result<String, Failure> {
    Ok(lunar(date)?.text(locale.parse()?))
}

/// What a period is in a scheme, as JSON.
pub(crate) fn period(notation: &str, scheme: &str) -> Result<String, Failure> {
    #[derive(Serialize)]
    struct Data {
        period: Period,
        frequency: &'static str,
        first: String,
        last: String,
        next: Option<Period>,
        previous: Option<Period>,
    }
    let period: Period = notation.parse()?;
    let (first, last) = period.days(scheme.parse()?).into_inner();
    json(&Data {
        period,
        frequency: period.frequency().word(),
        first: first.to_string(),
        last: last.to_string(),
        next: period.next(),
        previous: period.previous(),
    })
}

/// The period that has a day, as JSON.
pub(crate) fn period_at(frequency: &str, date: &str, scheme: &str) -> Result<String, Failure> {
    json(&Period::at(frequency.parse()?, cnscd::parse_day(date)?, scheme.parse()?))
}

/// The periods from one to another, as JSON.
pub(crate) fn periods_through(first: &str, last: &str) -> Result<String, Failure> {
    json(&first.parse::<Period>()?.through(last.parse()?).collect::<Vec<_>>())
}

/// What a period consists of, as JSON.
pub(crate) fn split_period(notation: &str, into: &str) -> Result<String, Failure> {
    json(&notation.parse::<Period>()?.split(into.parse()?)?)
}

pub(crate) fn period_text(notation: &str, locale: &str) -> Result<String, Failure> {
    Ok(notation.parse::<Period>()?.text(locale.parse()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_names_what_is_wrong_with_it() {
        let checked = check(
            &Register::from_json("{}").unwrap(),
            &Policy::preset("national-2022").unwrap(),
            "17/5/2022",
        )
        .unwrap();
        let run =
            |key: &str, value: Option<&str>| findings(&checked, vec![(key.into(), value.map(Into::into))]);
        assert_eq!(findings(&checked, vec![]).unwrap(), "[]");
        let failure = run("sevrity", Some("error")).unwrap_err();
        assert_eq!(failure.code, "bad-query");
        assert_eq!(
            failure.message,
            "a query has no `sevrity`; its keys are unit, code, severity, when, locale, names"
        );
        assert_eq!(run("unit", None).unwrap_err().message, "`unit` must be a string");
        let failure = run("severity", Some("fatal")).unwrap_err();
        assert_eq!(failure.message, "`fatal` is not one of `error`, `warning`, `info`");
        assert_eq!(run("unit", Some("99")).unwrap_err().code, "unknown-unit");
    }

    #[test]
    fn errors_carry_their_problems() {
        let failure = Failure::from(Register::from_json(r#"{"people": [{"id": "p"}]}"#).unwrap_err());
        assert_eq!(failure.code, "invalid");
        assert!(failure.problems.contains(r#""place":"people[0].name""#), "{}", failure.problems);
    }
}
