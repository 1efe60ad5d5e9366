//! JavaScript bindings: types, conversion and errors; no rules.

mod convert;

use cnscd::{Policy, RULES};
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
    #[wasm_bindgen(js_namespace = Object)]
    fn keys(object: &JsValue) -> Vec<JsValue>;
    #[wasm_bindgen(js_namespace = Object)]
    fn values(object: &JsValue) -> Vec<JsValue>;

    type Map;
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

/// The keys and values of an argument object; nothing given means none, and so does an undefined value.
fn pairs(query: &JsValue) -> Result<Pairs, Failure> {
    if query.is_undefined() || query.is_null() {
        return Ok(Vec::new());
    }
    if !query.is_object() || query.is_array() || query.dyn_ref::<Map>().is_some() {
        return Err(Failure::bad_type("a query is an object such as { unit: \"297\" }"));
    }
    let pairs = keys(query).into_iter().zip(values(query)).filter(|(_, value)| !value.is_undefined());
    Ok(pairs.map(|(key, value)| (key.as_string().unwrap_or_default(), value.as_string())).collect())
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

    /// Checks against a preset as of a day.
    ///
    /// # Errors
    /// Throws if there is no such preset or day.
    pub fn check(&self, policy: &JsValue, as_of: &JsValue) -> Result<Checked, JsValue> {
        let policy = string(policy, "a policy is the name of a preset, such as \"national-2022\"")?;
        let as_of = string(as_of, "a day is a string such as \"2022-05-17\"")?;
        convert::check(&self.0, &policy, &as_of).map(Checked).map_err(|failure| error(&failure))
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
    Policy::PRESETS.iter().map(|&name| name.into()).collect()
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
