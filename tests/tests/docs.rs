//! The generated pages are fresh: `docs/` holds what the descriptions of tables, problems, rules and presets say.

use cnscd::schema;
use std::path::Path;
use std::{env, fs};

#[track_caller]
fn fresh(page: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(page);
    if env::var("UPDATE_DOCS").is_ok_and(|value| value == "1") {
        assert!(fs::write(&path, text).is_ok(), "docs/{page} cannot be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/{page} is not what the code says: run make docs");
}

#[test]
fn schema_is_fresh() {
    fresh("register.schema.json", &schema::json_schema());
}

#[test]
fn format_page_is_fresh() {
    fresh("format.md", &schema::format_page());
}

#[test]
fn rules_page_is_fresh() {
    fresh("rules.md", &schema::rules_page());
}
