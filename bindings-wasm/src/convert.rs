//! Conversion in plain Rust: queries come in as JSON text, answers go out as JSON text.

use cnscd::{Checked, Error, Finding, Locale, Policy, Query, Register};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What JavaScript is told of an error.
#[derive(Debug)]
pub(crate) struct Failure {
    pub code: &'static str,
    pub message: String,
    /// The problems as JSON.
    pub problems: String,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let problems = json(error.problems()).unwrap_or_else(|failure| failure.problems);
        Self { code: error.code(), message: error.to_string(), problems }
    }
}

fn json<T: Serialize + ?Sized>(value: &T) -> Result<String, Failure> {
    // Maps have text keys and numbers are integers, so this does not fail.
    serde_json::to_string(value).map_err(|error| bad_query(&error))
}

fn bad_query(error: &serde_json::Error) -> Failure {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    Failure {
        code: "bad-query",
        message: format!("the query cannot be read: {message}"),
        problems: "[]".into(),
    }
}

pub(crate) fn counts(register: &Register) -> Result<String, Failure> {
    json(&register.counts().collect::<BTreeMap<_, _>>())
}

pub(crate) fn check(register: &Register, policy: &str, as_of: &str) -> Result<Checked, Failure> {
    Ok(register.check(&Policy::preset(policy)?, cnscd::parse_day(as_of)?)?)
}

pub(crate) fn explain(code: &str) -> Result<String, Failure> {
    json(cnscd::explain(code)?)
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct FindingsQuery {
    unit: Option<String>,
    code: Option<String>,
    severity: Option<String>,
    when: Option<String>,
    locale: Option<String>,
    names: Option<String>,
}

impl FindingsQuery {
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        serde_json::from_str(text).map_err(|error| bad_query(&error))
    }

    pub(crate) fn run(self, checked: &Checked) -> Result<String, Failure> {
        let default = Query::default();
        let query = Query {
            unit: self.unit,
            code: self.code,
            severity: self.severity.map(|word| word.parse()).transpose()?,
            when: self.when.map_or(Ok(default.when), |word| word.parse())?,
        };
        let locale: Option<Locale> = self.locale.map(|word| word.parse()).transpose()?;
        let names = self.names.map_or(Ok(crate::NAMES), |word| word.parse())?;
        let text = locale.map(|locale| (locale, names));
        json(
            &checked
                .findings(&query)?
                .into_iter()
                .map(|finding: Finding<'_>| finding.data(text))
                .collect::<Vec<_>>(),
        )
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct RollUpQuery {
    unit: Option<String>,
    level: Option<String>,
}

impl RollUpQuery {
    pub(crate) fn parse(text: &str) -> Result<Self, Failure> {
        serde_json::from_str(text).map_err(|error| bad_query(&error))
    }

    pub(crate) fn run(self, checked: &Checked) -> Result<String, Failure> {
        let level = self.level.map(|word| word.parse()).transpose()?;
        json(&checked.roll_up(&cnscd::RollUpQuery { unit: self.unit, level })?.rows)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_names_what_is_wrong_with_it() {
        let checked = check(&Register::from_json("{}").unwrap(), "national-2022", "17/5/2022").unwrap();
        let run = |text: &str| FindingsQuery::parse(text).and_then(|query| query.run(&checked));
        assert_eq!(run("{}").unwrap(), "[]");
        let failure = run(r#"{"sevrity": "error"}"#).unwrap_err();
        assert_eq!(failure.code, "bad-query");
        assert!(
            failure.message.starts_with("the query cannot be read: unknown field `sevrity`"),
            "{}",
            failure.message
        );
        let failure = run(r#"{"severity": "fatal"}"#).unwrap_err();
        assert_eq!(failure.message, "`fatal` is no Severity; it is one of `error`, `warning`, `info`");
        assert_eq!(run(r#"{"unit": "99"}"#).unwrap_err().code, "unknown-unit");
    }

    #[test]
    fn errors_carry_their_problems() {
        let failure = Failure::from(Register::from_json(r#"{"people": [{"id": "p"}]}"#).unwrap_err());
        assert_eq!(failure.code, "invalid");
        assert!(failure.problems.contains(r#""place":"people[0].name""#), "{}", failure.problems);
    }
}
