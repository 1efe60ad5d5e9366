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
fn pairs(query: &JsValue) -> Pairs {
    if !query.is_object() {
        return Vec::new();
    }
    let pairs = keys(query).into_iter().zip(values(query)).filter(|(_, value)| !value.is_undefined());
    pairs.map(|(key, value)| (key.as_string().unwrap_or_default(), value.as_string())).collect()
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
            (None, None) => return Err(error(&Failure::not_a_document())),
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
    pub fn check(&self, policy: &str, as_of: &str) -> Result<Checked, JsValue> {
        convert::check(&self.0, policy, as_of).map(Checked).map_err(|failure| error(&failure))
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
        data(convert::findings(&self.0, pairs(query)))
    }

    /// Measures of units, each with all below it.
    ///
    /// # Errors
    /// Throws if the query names what does not exist.
    #[wasm_bindgen(js_name = rollUp)]
    pub fn roll_up(&self, query: &JsValue) -> Result<JsValue, JsValue> {
        data(convert::roll_up(&self.0, pairs(query)))
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
pub fn explain(code: &str) -> Result<JsValue, JsValue> {
    data(convert::explain(code))
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
#[wasm_bindgen(js_name = searchKey)]
#[must_use]
pub fn search_key(text: &str) -> String {
    cnscd::text::search_key(text)
}

/// Vietnamese alphabetical order, for `Array.prototype.sort`.
#[wasm_bindgen(js_name = compareText)]
#[must_use]
pub fn compare_text(a: &str, b: &str) -> i32 {
    cnscd::text::compare(a, b) as i32
}

/// The version of this package.
#[wasm_bindgen]
#[must_use]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
