//! JavaScript bindings: types, conversion and errors; no rules.

mod convert;

use cnscd::{Names, Policy, RULES};
use convert::{Failure, FindingsQuery, RollUpQuery};
use js_sys::{JSON, Reflect};
use wasm_bindgen::prelude::*;

/// An error as JavaScript has it: an `Error` with `code`, and with `problems` where a document has some.
fn error(failure: &Failure) -> JsValue {
    let error = js_sys::Error::new(&failure.message);
    error.set_name("CnscdError");
    let problems = JSON::parse(&failure.problems).unwrap_or(JsValue::NULL);
    for (key, value) in [("code", JsValue::from_str(failure.code)), ("problems", problems)] {
        // Setting a property of an object just made cannot fail.
        let _ = Reflect::set(&error, &JsValue::from_str(key), &value);
    }
    error.into()
}

/// Data as plain JavaScript objects.
fn data(json: Result<String, Failure>) -> Result<JsValue, JsValue> {
    JSON::parse(&json.map_err(|failure| error(&failure))?)
}

/// The text of an argument object; nothing given means an empty one.
fn text(query: &JsValue) -> Result<String, JsValue> {
    if query.is_undefined() || query.is_null() {
        return Ok("{}".into());
    }
    Ok(JSON::stringify(query)?.as_string().unwrap_or_default())
}

/// Dated facts, read and indexed.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Register(cnscd::Register);

#[wasm_bindgen]
impl Register {
    /// Reads a JSON document: a string, or its UTF-8 bytes.
    ///
    /// # Errors
    /// Throws if it is not JSON, or if its values cannot become facts.
    #[wasm_bindgen(js_name = fromJson)]
    pub fn from_json(json: &JsValue) -> Result<Self, JsValue> {
        let bytes = match json.as_string() {
            Some(text) => text.into_bytes(),
            None => json
                .dyn_ref::<js_sys::Uint8Array>()
                .map(js_sys::Uint8Array::to_vec)
                .ok_or_else(|| js_sys::TypeError::new("a document is a string or a Uint8Array"))?,
        };
        cnscd::Register::from_json(bytes).map(Self).map_err(|e| error(&e.into()))
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
#[derive(Debug)]
pub struct Checked(cnscd::Checked);

#[wasm_bindgen]
impl Checked {
    /// The findings that match the query.
    ///
    /// # Errors
    /// Throws if the query names what does not exist.
    pub fn findings(&self, query: &JsValue) -> Result<JsValue, JsValue> {
        data(FindingsQuery::parse(&text(query)?).and_then(|query| query.run(&self.0)))
    }

    /// Measures of units, each with all below it.
    ///
    /// # Errors
    /// Throws if the query names what does not exist.
    #[wasm_bindgen(js_name = rollUp)]
    pub fn roll_up(&self, query: &JsValue) -> Result<JsValue, JsValue> {
        data(RollUpQuery::parse(&text(query)?).and_then(|query| query.run(&self.0)))
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

/// How people are named unless the caller says otherwise.
const NAMES: Names = Names::Hidden;
