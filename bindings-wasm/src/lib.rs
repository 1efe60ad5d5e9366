//! JavaScript bindings: types, conversion and errors; no rules.

mod convert;

use cnscd::RULES;
use convert::{Failure, Pairs};
use wasm_bindgen::prelude::*;

// What is needed of JavaScript itself, no more: the whole of js-sys weighs 2 kB.
#[wasm_bindgen]
extern "C" {
    type Error;
    #[wasm_bindgen(constructor)]
    fn new(message: &str) -> Error;
    #[wasm_bindgen(method, setter)]
    fn set_name(this: &Error, name: &str);
    #[wasm_bindgen(method, setter)]
    fn set_code(this: &Error, code: &str);
    #[wasm_bindgen(method, setter)]
    fn set_problems(this: &Error, problems: JsValue);

    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn parse(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = JSON, catch)]
    fn stringify(value: &JsValue) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = Object)]
    fn keys(object: &JsValue) -> Vec<JsValue>;
    #[wasm_bindgen(js_namespace = Object)]
    fn values(object: &JsValue) -> Vec<JsValue>;

    type PolicyLike;
    #[wasm_bindgen(method, structural, catch, js_name = toJson)]
    fn to_json(this: &PolicyLike) -> Result<JsValue, JsValue>;

    type Date;
    #[wasm_bindgen(method, js_name = getTime)]
    fn time(this: &Date) -> f64;

    type Map;
    type Set;
    type Uint8Array;
    #[wasm_bindgen(method)]
    fn slice(this: &Uint8Array) -> Vec<u8>;
}

/// An error as JavaScript has it: an `Error` with `code`, and with `problems` where a document has some.
fn error(failure: &Failure) -> JsValue {
    let error = Error::new(&failure.message);
    error.set_name("CnscdError");
    error.set_code(failure.code);
    error.set_problems(parse(&failure.problems).unwrap_or(JsValue::NULL));
    error.into()
}

/// Data as plain JavaScript objects.
fn data(json: Result<String, Failure>) -> Result<JsValue, JsValue> {
    parse(&json.map_err(|failure| error(&failure))?)
}

/// The keys and values of a query; nothing given means none.
fn pairs(query: &JsValue) -> Result<Pairs, Failure> {
    if query.is_undefined() || query.is_null() {
        return Ok(Vec::new());
    }
    pairs_of(query, "a query is an object such as { unit: \"297\" }")
}

/// The keys and values of an argument object; an undefined value means none.
fn pairs_of(query: &JsValue, what: &str) -> Result<Pairs, Failure> {
    if !query.is_object() || query.is_array() || query.dyn_ref::<Map>().is_some() {
        return Err(Failure::bad_type(what));
    }
    let pairs = keys(query).into_iter().zip(values(query)).filter(|(_, value)| !value.is_undefined());
    Ok(pairs
        .map(|(key, value)| {
            let key = key.as_string().unwrap_or_default();
            let value = convert::value(&key, value.as_string(), value.as_f64(), value.as_bool());
            (key, value)
        })
        .collect())
}

/// An argument as JSON; `what` says what it is. JSON has no form for some values, and what it makes of them would be lost without a word.
fn json(value: &JsValue, what: &str) -> Result<String, JsValue> {
    // A circle and a BigInt throw, and a function is nothing.
    let json = stringify(value).ok().and_then(|json| json.as_string());
    let json = json.ok_or_else(|| error(&Failure::bad_type(what)))?;
    match lost(value, "", 0) {
        Some(place) => Err(error(&Failure::bad_type(&format!(
            "`{place}` has a value that is no JSON: NaN, an infinite number, an invalid Date, a Map or a Set"
        )))),
        None => Ok(json),
    }
}

/// Where in an object or a list there is a value that JSON has no form for. What is deeper than any row is refused by its reader.
fn lost(value: &JsValue, place: &str, depth: u32) -> Option<String> {
    if depth > 8 {
        return None;
    }
    // An invalid day is `null` in JSON, which would mean that it is absent.
    let number = value.as_f64().or_else(|| value.dyn_ref::<Date>().map(Date::time));
    let is_lost = number.is_some_and(|number| !number.is_finite());
    if depth > 0 && (is_lost || value.dyn_ref::<Map>().is_some() || value.dyn_ref::<Set>().is_some()) {
        return Some(place.to_owned());
    }
    if !value.is_object() {
        return None;
    }
    let own = keys(value).into_iter().zip(values(value));
    own.into_iter().find_map(|(key, value)| {
        let key = key.as_string().unwrap_or_default();
        lost(&value, &if place.is_empty() { key } else { format!("{place}.{key}") }, depth + 1)
    })
}

/// An argument that must be a string. (What wasm-bindgen makes of another type ends in a trap.)
fn string(value: &JsValue, what: &str) -> Result<String, JsValue> {
    value.as_string().ok_or_else(|| error(&Failure::bad_type(what)))
}

/// Dated facts, read and indexed.
#[wasm_bindgen]
pub struct Register(cnscd::Register);

#[wasm_bindgen]
impl Register {
    /// Reads a JSON document: a string, or its UTF-8 bytes.
    ///
    /// # Errors
    /// Throws if it is not JSON, or if its values cannot become facts.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(json: &JsValue) -> Result<Self, JsValue> {
        let read = match (json.as_string(), json.dyn_ref::<Uint8Array>()) {
            (Some(text), _) => cnscd::Register::from_json(&text),
            (None, Some(array)) => cnscd::Register::from_json_bytes(&array.slice()),
            (None, None) => return Err(error(&Failure::bad_type("a document is a string or a Uint8Array"))),
        };
        read.map(Self).map_err(|e| error(&e.into()))
    }

    /// The document; reading it gives the same register.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The register with reports that were read beside it.
    ///
    /// # Errors
    /// Throws if they were read beside another one.
    #[wasm_bindgen(js_name = withReports)]
    pub fn with_reports(&self, reports: &Reports) -> Result<Self, JsValue> {
        self.0.with_reports(&reports.0).map(Self).map_err(|e| error(&e.into()))
    }

    /// The reports as a document.
    #[wasm_bindgen(js_name = reportsToJson)]
    #[must_use]
    pub fn reports_to_json(&self) -> Option<String> {
        self.0.reports_to_json()
    }

    /// A register without what is personal about somebody.
    ///
    /// # Errors
    /// Throws if nobody has this identifier.
    pub fn erase(&self, person: &JsValue) -> Result<Self, JsValue> {
        let person = string(person, "a person is named by an identifier, a string")?;
        self.0.erase(&person).map(Self).map_err(|e| error(&e.into()))
    }

    /// The note of the document.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn note(&self) -> Option<String> {
        self.0.note().map(str::to_owned)
    }

    /// How many rows each table has.
    ///
    /// # Errors
    /// Never; the conversion asks for it.
    pub fn counts(&self) -> Result<JsValue, JsValue> {
        data(convert::counts(&self.0))
    }

    /// Checks against a policy, or the preset of a name, as of a day.
    ///
    /// # Errors
    /// Throws if there is no such preset or day.
    pub fn check(&self, policy: &JsValue, as_of: &JsValue) -> Result<Checked, JsValue> {
        let policy = chosen(policy)?;
        let as_of = string(as_of, "a day is a string such as \"2022-05-17\"")?;
        convert::check(&self.0, &policy, &as_of).map(Checked).map_err(|failure| error(&failure))
    }
}

/// Reports that were read beside a register.
#[wasm_bindgen]
pub struct Reports(cnscd::Reports);

#[wasm_bindgen]
impl Reports {
    /// Reads a JSON document of reports: a string, or its UTF-8 bytes.
    ///
    /// # Errors
    /// Throws if it is not JSON, or if its values cannot become reports.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(register: &Register, json: &JsValue) -> Result<Self, JsValue> {
        let read = match (json.as_string(), json.dyn_ref::<Uint8Array>()) {
            (Some(text), _) => cnscd::Reports::from_json(&register.0, &text),
            (None, Some(array)) => cnscd::Reports::from_json_bytes(&register.0, &array.slice()),
            (None, None) => return Err(error(&Failure::bad_type("a document is a string or a Uint8Array"))),
        };
        read.map(Self).map_err(|e| error(&e.into()))
    }

    /// How many there are.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn length(&self) -> usize {
        self.0.len()
    }

    /// The note of the document.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn note(&self) -> Option<String> {
        self.0.note().map(str::to_owned)
    }
}

/// The policy that an argument is: the name of a preset, or a policy.
fn chosen(policy: &JsValue) -> Result<cnscd::Policy, JsValue> {
    let read = if let Some(name) = policy.as_string() {
        cnscd::Policy::preset(&name)
    } else {
        let bad = || {
            error(&Failure::bad_type(
                "a policy is a Policy or the name of a preset, such as \"national-2022\"",
            ))
        };
        let is_object = policy.is_object() && !policy.is_array();
        let json = is_object.then(|| policy.unchecked_ref::<PolicyLike>().to_json().ok()).flatten();
        cnscd::Policy::from_json(&json.and_then(|json| json.as_string()).ok_or_else(bad)?)
    };
    read.map_err(|e| error(&e.into()))
}

/// What is asked, since when, where, and on which text that rests.
#[wasm_bindgen]
pub struct Policy(cnscd::Policy);

#[wasm_bindgen]
impl Policy {
    /// A policy that comes with the library.
    ///
    /// # Errors
    /// Throws if there is none of this name.
    pub fn preset(name: &JsValue) -> Result<Self, JsValue> {
        let name = string(name, "a preset is named by a string such as \"national-2022\"")?;
        cnscd::Policy::preset(&name).map(Self).map_err(|e| error(&e.into()))
    }

    /// Reads a policy.
    ///
    /// # Errors
    /// Throws if it is not JSON, or if what it says cannot be used.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(json: &JsValue) -> Result<Self, JsValue> {
        let json = string(json, "a policy document is a string")?;
        cnscd::Policy::from_json(&json).map(Self).map_err(|e| error(&e.into()))
    }

    /// The document; reading it gives the same policy.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }

    /// The name.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn name(&self) -> String {
        self.0.name().into()
    }

    /// Every form: its versions, indicators, prose fields and checks.
    ///
    /// # Errors
    /// Never; the conversion asks for it.
    pub fn forms(&self) -> Result<JsValue, JsValue> {
        data(convert::forms(&self.0))
    }

    /// What is asked in a unit on a day.
    ///
    /// # Errors
    /// Throws if there is no such unit or day.
    pub fn explain(&self, register: &Register, unit: &JsValue, day: &JsValue) -> Result<JsValue, JsValue> {
        let unit = string(unit, "a unit is named by its code, a string")?;
        let day = string(day, "a day is a string such as \"2022-05-17\"")?;
        data(convert::explain_policy(&self.0, &register.0, &unit, &day))
    }

    /// Whether people work on a date, why, and by which text.
    ///
    /// # Errors
    /// Throws for a date that the calendar does not know.
    pub fn day(&self, date: &JsValue, query: &JsValue) -> Result<JsValue, JsValue> {
        let date = string(date, A_DATE)?;
        data(pairs(query).and_then(|query| convert::day(&self.0, &date, query)))
    }

    /// Whether people work on a date.
    ///
    /// # Errors
    /// Throws for a date that the calendar does not know.
    #[wasm_bindgen(js_name = isWorking)]
    pub fn is_working(&self, date: &JsValue) -> Result<bool, JsValue> {
        convert::is_working(&self.0, &string(date, A_DATE)?).map_err(|failure| error(&failure))
    }

    /// The working days behind one date, up to and including another.
    ///
    /// # Errors
    /// Throws for a date that the calendar does not know.
    #[wasm_bindgen(js_name = countWorkingDays)]
    #[expect(clippy::cast_precision_loss, reason = "a number of days is far from what does not fit")]
    pub fn count_working_days(&self, from: &JsValue, to: &JsValue) -> Result<f64, JsValue> {
        let count = convert::count(&self.0, &string(from, A_DATE)?, &string(to, A_DATE)?);
        count.map(|count| count as f64).map_err(|failure| error(&failure))
    }

    /// The working day so many behind a date.
    ///
    /// # Errors
    /// Throws for a date that the calendar does not know.
    #[wasm_bindgen(js_name = addWorkingDays)]
    pub fn add_working_days(&self, from: &JsValue, count: &JsValue) -> Result<String, JsValue> {
        let count = count.as_f64().unwrap_or(f64::NAN);
        convert::add(&self.0, &string(from, A_DATE)?, count).map_err(|failure| error(&failure))
    }

    /// A date moved to a working day.
    ///
    /// # Errors
    /// Throws for a date that the calendar does not know.
    pub fn adjust(&self, date: &JsValue, adjust: &JsValue) -> Result<String, JsValue> {
        let adjust = string(adjust, "an adjustment is a string such as \"following\"")?;
        convert::adjust(&self.0, &string(date, A_DATE)?, &adjust).map_err(|failure| error(&failure))
    }

    /// The last good day by a rule, or of an obligation.
    ///
    /// # Errors
    /// Throws if it is no rule, or touches a day that the calendar does not know.
    pub fn due(&self, rule: &JsValue) -> Result<JsValue, JsValue> {
        let rule =
            pairs_of(rule, "a rule is an object such as { due: \"after\", count: 2, of: \"working_days\" }");
        data(rule.and_then(|rule| convert::due(&self.0, rule)))
    }
}

/// A register that was checked.
#[wasm_bindgen]
pub struct Checked(cnscd::Checked);

#[wasm_bindgen]
impl Checked {
    /// The findings that match the query.
    ///
    /// # Errors
    /// Throws if the query names what does not exist.
    pub fn findings(&self, query: &JsValue) -> Result<JsValue, JsValue> {
        data(pairs(query).and_then(|query| convert::findings(&self.0, query)))
    }

    /// What is said of a report before it is kept.
    ///
    /// # Errors
    /// Throws if it cannot become a report.
    pub fn preview(&self, report: &JsValue, query: &JsValue) -> Result<JsValue, JsValue> {
        let what =
            "a report is an object such as { form: \"team-monthly\", team: \"t-1\", period: \"2022-05\" }";
        let report = json(report, what)?;
        data(pairs(query).and_then(|query| convert::preview(&self.0, &report, query)))
    }

    /// The reports under a form that depart from its checks.
    ///
    /// # Errors
    /// Throws if the policy has no such form.
    pub fn departures(&self, form: &JsValue) -> Result<JsValue, JsValue> {
        let form = string(form, "a form is named by a string such as \"team-monthly\"")?;
        data(convert::departures(&self.0, &form))
    }

    /// Adds, changes or ends rows; gives what that changed.
    ///
    /// # Errors
    /// Throws if a change cannot be made; nothing is changed then.
    pub fn edit(&mut self, changes: &JsValue, query: &JsValue) -> Result<JsValue, JsValue> {
        let what = "changes are an object such as { add: \"people\", row: {} }, or a list of them";
        let changes = json(changes, what)?;
        data(pairs(query).and_then(|query| convert::edit(&mut self.0, &changes, query)))
    }

    /// The facts, with all edits.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn register(&self) -> Register {
        Register(self.0.register())
    }

    /// The duties that match the query.
    ///
    /// # Errors
    /// Throws if the query names what does not exist.
    pub fn agenda(&self, query: &JsValue) -> Result<JsValue, JsValue> {
        data(pairs(query).and_then(|query| convert::agenda(&self.0, query)))
    }

    /// The agenda as an iCalendar.
    ///
    /// # Errors
    /// Throws if the query names what does not exist.
    #[wasm_bindgen(js_name = toIcal)]
    pub fn to_ical(&self, query: &JsValue) -> Result<String, JsValue> {
        let text = pairs(query).and_then(|query| convert::to_ical(&self.0, query));
        text.map_err(|failure| error(&failure))
    }

    /// Duties expected, done, and done in time.
    ///
    /// # Errors
    /// Throws if the query names what does not exist.
    pub fn completeness(&self, query: &JsValue) -> Result<JsValue, JsValue> {
        data(pairs(query).and_then(|query| convert::completeness(&self.0, query)))
    }

    /// Codes that the policy names as a scope and no unit of the register has.
    #[wasm_bindgen(getter, js_name = unknownScopes)]
    #[must_use]
    pub fn unknown_scopes(&self) -> Vec<String> {
        self.0.unknown_scopes().to_vec()
    }

    /// Attributes that checks of the policy's forms ask for and that is said of no unit.
    #[wasm_bindgen(getter, js_name = unknownAttributes)]
    #[must_use]
    pub fn unknown_attributes(&self) -> Vec<String> {
        self.0.unknown_attributes()
    }

    /// Who is who: the teams in force.
    ///
    /// # Errors
    /// Throws if the query names what does not exist.
    pub fn teams(&self, query: &JsValue) -> Result<JsValue, JsValue> {
        data(pairs(query).and_then(|query| convert::teams(&self.0, query)))
    }

    /// Measures of units, each with all below it.
    ///
    /// # Errors
    /// Throws if the query names what does not exist.
    #[wasm_bindgen(js_name = rollUp)]
    pub fn roll_up(&self, query: &JsValue) -> Result<JsValue, JsValue> {
        data(pairs(query).and_then(|query| convert::roll_up(&self.0, query)))
    }

    /// The name of the policy.
    #[wasm_bindgen(getter)]
    #[must_use]
    pub fn policy(&self) -> String {
        self.0.policy().name().into()
    }

    /// The day, as `2022-05-17`.
    #[wasm_bindgen(getter, js_name = asOf)]
    #[must_use]
    pub fn as_of(&self) -> String {
        self.0.as_of().to_string()
    }
}

/// The rule of a code or a name.
///
/// # Errors
/// Throws if there is none.
#[wasm_bindgen]
pub fn explain(code: &JsValue) -> Result<JsValue, JsValue> {
    data(convert::explain(&string(code, "a rule is named by a string such as \"T004\"")?))
}

/// The codes of all rules, in order.
#[wasm_bindgen]
#[must_use]
pub fn rules() -> Vec<String> {
    RULES.iter().map(|rule| rule.code.into()).collect()
}

/// The names of the presets.
#[wasm_bindgen]
#[must_use]
pub fn presets() -> Vec<String> {
    cnscd::Policy::PRESETS.iter().map(|&name| name.into()).collect()
}

const A_DATE: &str = "a date is a string such as \"2022-05-17\"";
const A_LUNAR_DAY: &str = "a lunar day is an object such as { year: 2022, month: 3, day: 10 }";
const A_LOCALE: &str = "a locale is \"vi\" or \"en\"";

/// The day of the Vietnamese lunar calendar on a date.
///
/// # Errors
/// Throws outside 1900-01-31 to 2101-01-28.
#[wasm_bindgen(js_name = toLunar)]
pub fn to_lunar(date: &JsValue) -> Result<JsValue, JsValue> {
    data(convert::to_lunar(&string(date, A_DATE)?))
}

/// The date of a day of the Vietnamese lunar calendar.
///
/// # Errors
/// Throws if there is no such day.
#[wasm_bindgen(js_name = fromLunar)]
pub fn from_lunar(lunar: &JsValue) -> Result<String, JsValue> {
    let lunar = pairs_of(lunar, A_LUNAR_DAY).and_then(convert::lunar).map_err(|failure| error(&failure))?;
    Ok(lunar.date().to_string())
}

/// A day of the Vietnamese lunar calendar in words.
///
/// # Errors
/// Throws if there is no such day.
#[wasm_bindgen(js_name = lunarText)]
pub fn lunar_text(lunar: &JsValue, locale: &JsValue) -> Result<String, JsValue> {
    let locale = string(locale, A_LOCALE)?;
    let text = pairs_of(lunar, A_LUNAR_DAY).and_then(|pairs| convert::lunar_text(pairs, &locale));
    text.map_err(|failure| error(&failure))
}

const A_PERIOD: &str = "a period is a string such as \"2022-Q2\"";
const A_SCHEME: &str = "a scheme is \"administrative\" or \"calendar\"";
const A_FREQUENCY: &str = "a frequency is a string such as \"month\"";

/// A period of a notation such as `2022-Q2`, with its first and last day in a scheme and those beside it.
///
/// # Errors
/// Throws if it is no period.
#[wasm_bindgen]
pub fn period(notation: &JsValue, scheme: &JsValue) -> Result<JsValue, JsValue> {
    data(convert::period(&string(notation, A_PERIOD)?, &string(scheme, A_SCHEME)?))
}

/// The period of a frequency that has a day.
///
/// # Errors
/// Throws if frequency, date or scheme do not exist.
#[wasm_bindgen(js_name = periodAt)]
pub fn period_at(frequency: &JsValue, date: &JsValue, scheme: &JsValue) -> Result<JsValue, JsValue> {
    let (frequency, date) = (string(frequency, A_FREQUENCY)?, string(date, A_DATE)?);
    data(convert::period_at(&frequency, &date, &string(scheme, A_SCHEME)?))
}

/// The periods from one to another of its frequency, both included.
///
/// # Errors
/// Throws if one is no period.
#[wasm_bindgen(js_name = periodsThrough)]
pub fn periods_through(first: &JsValue, last: &JsValue) -> Result<JsValue, JsValue> {
    data(convert::periods_through(&string(first, A_PERIOD)?, &string(last, A_PERIOD)?))
}

/// The periods of a frequency that one consists of.
///
/// # Errors
/// Throws if such periods do not fill it.
#[wasm_bindgen(js_name = splitPeriod)]
pub fn split_period(notation: &JsValue, into: &JsValue) -> Result<JsValue, JsValue> {
    data(convert::split_period(&string(notation, A_PERIOD)?, &string(into, A_FREQUENCY)?))
}

/// The name of a period.
///
/// # Errors
/// Throws if it is no period.
#[wasm_bindgen(js_name = periodText)]
pub fn period_text(notation: &JsValue, locale: &JsValue) -> Result<String, JsValue> {
    let text = convert::period_text(&string(notation, A_PERIOD)?, &string(locale, A_LOCALE)?);
    text.map_err(|failure| error(&failure))
}

/// The key that finds a name however it is typed.
///
/// # Errors
/// Throws if it is not a string.
#[wasm_bindgen(js_name = searchKey)]
pub fn search_key(text: &JsValue) -> Result<String, JsValue> {
    Ok(cnscd::text::search_key(&string(text, "a text is a string")?))
}

/// Vietnamese alphabetical order, for `Array.prototype.sort`.
///
/// # Errors
/// Throws if one is not a string.
#[wasm_bindgen(js_name = compareText)]
pub fn compare_text(a: &JsValue, b: &JsValue) -> Result<i32, JsValue> {
    Ok(cnscd::text::compare(&string(a, "a text is a string")?, &string(b, "a text is a string")?) as i32)
}

/// The version of this package.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
