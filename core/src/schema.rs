//! What the descriptions of the tables publish: the JSON Schema and the reference page of the format, and the page of rules.

use crate::choice::quoted;
use crate::facts::{Document, POLICY, POLICY_TABLES, REGISTER, REPORT_TABLES, REPORTS, TABLES};
use crate::field::MOST;
use crate::form::Form;
use crate::locale::Locale;
use crate::policy::{Basis, Item, Policy};
use crate::problem::PROBLEMS;
use crate::rule::Severity;
use crate::rules::RULES;
use crate::setting::Key;
use crate::table::{Column, Table, Type};
use chrono::NaiveDate;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

const DAY: &str = r"^(\d{4}-\d{2}-\d{2}|\d{1,2}/\d{1,2}/\d{4})$";
const ID: &str = r"^[A-Za-z0-9._/-]{1,64}$";
const WORD: &str = r"^[a-z][a-z0-9_-]{0,63}$";
const CODE: &str = r"^(\d{2}|\d{3}|\d{5}|\d{5}-[A-Za-z0-9]{1,16})$";

/// The JSON Schema (draft 2020-12) of a register. What only the reader can see (references, overlaps, circles, days that
/// do not exist) is not in it: a document that passes may still have problems, and one that fails always has.
#[must_use]
pub fn json_schema() -> String {
    schema(&REGISTER, "cnscd register")
}

/// The JSON Schema (draft 2020-12) of a policy. Whether a value fits its key only the reader sees.
#[must_use]
pub fn policy_schema() -> String {
    schema(&POLICY, "cnscd policy")
}

/// The JSON Schema (draft 2020-12) of a document of reports. Which indicators a form has only the policy says.
#[must_use]
pub fn reports_schema() -> String {
    schema(&REPORTS, "cnscd reports")
}

fn schema(document: &Document, title: &str) -> String {
    let mut tables = Map::new();
    for text in document.texts {
        let doc = match *text {
            "note" => "Where the facts come from, and what in them is made up.",
            "name" => "The name of the policy.",
            _ => "The preset that it extends.",
        };
        tables
            .insert((*text).into(), json!({"type": ["string", "null"], "minLength": 1, "description": doc}));
    }
    for table in document.tables {
        let mut columns = Map::new();
        for column in table.columns {
            columns.insert(column.name.into(), column_schema(column));
        }
        let required: Vec<_> = table.columns.iter().filter(|c| c.required).map(|c| c.name).collect();
        let row = json!({"type": "object", "additionalProperties": false, "required": required, "properties": columns});
        let title = format!("{} ({})", table.title.en, table.title.vi);
        tables.insert(
            table.name.into(),
            json!({"title": title, "description": table.doc.trim(), "type": "array", "items": row}),
        );
    }
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "additionalProperties": false,
        "properties": tables,
    });
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

fn column_schema(column: &Column) -> Value {
    let text = |pattern: &str| json!({"type": "string", "pattern": pattern});
    let list = |items: Value| json!({"type": "array", "items": items});
    let map = |values: Value| json!({"type": "object", "propertyNames": {"pattern": WORD}, "additionalProperties": values});
    let reference = |table: &str| text(if table == "units" { CODE } else { ID });
    let mut schema = match column.kind {
        Type::Text => json!({"type": "string", "minLength": 1}),
        Type::Id => text(ID),
        Type::Code => text(CODE),
        Type::Day => text(DAY),
        Type::Word => text(WORD),
        Type::Words => list(text(WORD)),
        Type::Choice(words) => json!({"type": "string", "enum": words}),
        Type::Count(from, to) => json!({"type": "integer", "minimum": from, "maximum": to}),
        Type::Flag => json!({"type": "boolean"}),
        Type::Value => {
            json!({"type": ["integer", "boolean", "array"], "minimum": 0, "items": text(WORD)})
        }
        Type::Reference(table) => reference(table),
        Type::References(table) => list(reference(table)),
        Type::Figures => map(json!({"type": ["integer", "null"], "minimum": 0, "maximum": MOST})),
        Type::Texts => map(json!({"type": ["string", "null"], "minLength": 1})),
    };
    if let Some(schema) = schema.as_object_mut() {
        if !column.required {
            // An absent value may be written as null.
            match schema.get_mut("type") {
                Some(Value::Array(kinds)) => kinds.push(json!("null")),
                Some(kind) => *kind = json!([kind.take(), "null"]),
                None => {}
            }
            if let Some(Value::Array(words)) = schema.get_mut("enum") {
                words.push(Value::Null);
            }
        }
        schema.insert("title".into(), json!(column.label));
        schema.insert("description".into(), json!(column.doc.trim()));
    }
    schema
}

/// The reference page of the format, in Markdown.
#[must_use]
pub fn format_page() -> String {
    let mut out = String::from(
        "# The format of a register\n\n\
         Generated from the descriptions of the tables; do not edit. The schema is [register.schema.json](register.schema.json).\n\n\
         A document is one JSON object: an optional `note`, and one list of rows for each table. In a row, a key that is left out, or `null`, \
         is absent. `to` is the first day on which a fact no longer holds. Days are `2022-05-17`; `17/5/2022` is read too. Codes \
         and ids are text, never numbers. A reference to a unit is its code on the first day of the fact that holds it \
         (for a decision, the day it comes into force).\n\n\
         Kept and printed, but read by no rule and no measure yet: of decisions `announced`, `subject` and `amends`; \
         of teams `mandates`; of positions `body` and `acting`; of memberships `end_reason`; the `share` of a succession.\n",
    );
    out.push_str(AS_TABLES);
    for table in TABLES {
        table_section(table, &mut out);
    }
    out.push_str(
        "\n# The format of a policy\n\nA policy is a document of the same form: optional texts `note`, `name` and `extends` (a preset), and these \
         tables. The schema is [policy.schema.json](policy.schema.json). The presets in [core/presets](../core/presets) are such documents.\n\n",
    );
    for table in POLICY_TABLES {
        table_section(table, &mut out);
    }
    out.push_str(
        "\n# The format of reports\n\nReports are a document of their own, read beside a register: an optional `note`, and this table. The schema is \
         [reports.schema.json](reports.schema.json). As a data frame or CSV, `figures` and `prose` are a column for each indicator and field: \
         `figures.members`, `prose.difficulties`.\n",
    );
    for table in REPORT_TABLES {
        table_section(table, &mut out);
    }
    out.push_str(
        "\n## Keys of settings\n\n| key | of | value | tiếng Việt | English |\n|---|---|---|---|---|\n",
    );
    for key in Key::ALL {
        let (value, of) = key.forms();
        let label = key.label();
        let _ = writeln!(out, "| `{}` | {of} | {value} | {} | {} |", key.word(), label.vi, label.en);
    }
    out.push_str("\n## Problems\n\nWhat reading can find, each with its place. `***` stands for a value that may be personal.\n\n");
    out.push_str("| code | tiếng Việt | English |\n|---|---|---|\n");
    for problem in PROBLEMS {
        let _ = writeln!(out, "| `{}` | {} | {} |", problem.code, problem.text.vi, problem.text.en);
    }
    out
}

const AS_TABLES: &str = "\n## As data frames and CSV\n\n\
    The tables can also come one by one: in Python as data frames (`Register.from_tables`), in Rust as CSV (`Register::from_csv`). A table \
    has a column for each key, in any order; optional ones may be left out. Null, NaN and an empty cell of CSV are absent. Days are \
    dates, moments at midnight without a time zone, or text. Counts are integers, or floats without a fraction. Lists are lists of \
    text, or one text with `;` between the items: `11044-01;11044-02`. Where a count or a flag is text, it is digits, or `true` or `false` in small \
    or capital letters. Codes and ids are text here too: a number has lost its zeros.\n\n\
    The first line of CSV names the columns; values are divided by commas, semicolons or tabs, whichever divides the names. In the place of a \
    problem rows are counted from 0 below the names. What is wrong with a whole column, which is not there or whose type cannot \
    be used, is told once, without a row: `units.code`.\n";

fn table_section(table: &Table, out: &mut String) {
    let _ = write!(out, "\n## `{}`\n\n*{}.*{}\n\n", table.name, table.title.vi, table.doc);
    out.push_str("| column | tiếng Việt | form | meaning |\n|---|---|---|---|\n");
    for column in table.columns {
        let form = match column.kind {
            Type::Text => "text".into(),
            Type::Id => "id".into(),
            Type::Code => "code".into(),
            Type::Day => "day".into(),
            Type::Word => "word".into(),
            Type::Words => "list of words".into(),
            Type::Choice(words) => quoted(words),
            Type::Count(from, to) => format!("whole number, {from} to {to}"),
            Type::Flag => "true or false".into(),
            Type::Value => "whole number, true, or list of words".into(),
            Type::Reference(to) => format!("reference to `{to}`"),
            Type::References(to) => format!("list of references to `{to}`"),
            Type::Figures => format!("object: whole numbers, 0 to {MOST}, by indicator"),
            Type::Texts => "object: texts by field".into(),
        };
        let star = if column.required { " **required**" } else { "" };
        let personal = if column.personal {
            " *Personal: in no error and no finding; a name is written out only where a caller asks for it.*"
        } else {
            ""
        };
        let _ = writeln!(
            out,
            "| `{}`{star} | {} | {form} | {}{personal} |",
            column.name,
            column.label,
            column.doc.trim()
        );
    }
}

/// The page of rules, in Markdown.
#[must_use]
pub fn rules_page() -> String {
    let mut out = String::from(
        "# Rules\n\nGenerated from the table of rules; do not edit. Severities (mức độ): `error` Phải khắc phục, `warning` Cần rà soát, `info` Lưu ý.\n\n\
         | code | rule | severity | tiếng Việt | English |\n|---|---|---|---|---|\n",
    );
    for rule in RULES {
        let anchor = format!("{}-{}", rule.code.to_lowercase(), rule.name);
        let _ = writeln!(
            out,
            "| [{}](#{anchor}) | `{}` | `{}` | {} | {} |",
            rule.code,
            rule.name,
            rule.severity.word(),
            rule.title.vi,
            rule.title.en
        );
    }
    for rule in RULES {
        let _ = write!(
            out,
            "\n## {} {}\n\n**{}.** {}.\n\n{}\n",
            rule.code, rule.name, rule.title.vi, rule.title.en, rule.doc
        );
        let asks: Vec<_> = rule.policy.iter().map(|key| key.word()).collect();
        let basis = if asks.is_empty() { rule.ground().en.into() } else { quoted(&asks) };
        let _ = writeln!(
            out,
            "- severity: `{}` ({}); rests on: {basis}",
            rule.severity.word(),
            rule.severity.label().vi
        );
        for locale in Locale::ALL {
            let (text, remedy) = match locale {
                Locale::Vi => (rule.text.vi, rule.remedy.vi),
                Locale::En => (rule.text.en, rule.remedy.en),
            };
            let _ = writeln!(out, "- {}: {text} → {remedy}", locale.word());
        }
    }
    out.push_str("\n# Presets\n");
    for name in Policy::PRESETS {
        let Ok(policy) = Policy::preset(name) else { continue };
        let _ = write!(
            out,
            "\n## {name}\n\n| key | of | value | from | to | force | basis | verified |\n|---|---|---|---|---|---|---|---|\n"
        );
        for entry in policy.entries().iter().filter(|entry| *entry.policy == **name) {
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            let of = if let Item::Setting(_, Some(of)) = entry.item { of.word() } else { "" };
            let _ = writeln!(
                out,
                "| `{}` | {of} | {} | {} | {} | {} |",
                entry.item.word(),
                entry.value,
                day(entry.from()),
                day(entry.to()),
                basis(&entry.basis),
            );
        }
        for form in policy.own_forms() {
            form_section(form, &mut out);
        }
        let own: Vec<_> = policy.obligations().iter().filter(|own| *own.policy == **name).collect();
        if !own.is_empty() {
            out.push_str("\n| obligation | level | due | done when | force | basis | verified |\n|---|---|---|---|---|---|---|\n");
        }
        for obligation in own {
            let _ = writeln!(
                out,
                "| `{}` {}<br>{} | {} | {} {} | `{}` | {} |",
                obligation.id,
                obligation.name_vi,
                obligation.name_en,
                obligation.level.word(),
                obligation.due.word(),
                obligation.day().map(|day| day.to_string()).unwrap_or_default(),
                obligation.test.word(),
                basis(&obligation.basis),
            );
        }
    }
    out
}

fn form_section(form: &Form, out: &mut String) {
    for version in &form.versions {
        let _ = writeln!(
            out,
            "\n### Form `{}`, version {}\n\n{}<br>{}. Each {}, by: {}.\n\n| force | basis | verified |\n|---|---|---|\n| {} |",
            form.id,
            version.number,
            version.name_vi,
            version.name_en,
            version.every.label().en,
            quoted(&version.filled_by.iter().map(|filler| filler.word()).collect::<Vec<_>>()),
            basis(&version.basis),
        );
    }
    out.push_str("\n| indicator | label | unit | counts | over periods | required | force | basis | verified |\n|---|---|---|---|---|---|---|---|---|\n");
    for own in &form.indicators {
        let _ = writeln!(
            out,
            "| `{}` | {}<br>{} | `{}` | `{}` | `{}` | {} | {} |",
            own.part.id,
            own.label_vi,
            own.label_en,
            own.unit,
            own.counts.word(),
            own.over_periods.word(),
            if own.required { "yes" } else { "no" },
            basis(&own.basis),
        );
    }
    out.push_str("\n| check | left | operator | right | severity | force | basis | verified |\n|---|---|---|---|---|---|---|---|\n");
    for own in &form.checks {
        let _ = writeln!(
            out,
            "| `{}` | `{}` | `{}` | `{}` | `{}` | {} |",
            own.part.id,
            own.left,
            own.operator.word(),
            own.right,
            own.severity.map_or("off", Severity::word),
            basis(&own.basis),
        );
    }
}

fn basis(basis: &Basis) -> String {
    let verified = if basis.verified { "yes" } else { "no" };
    format!("`{}` | {}<br>{} | {verified}", basis.force.word(), basis.vi, basis.en)
}
