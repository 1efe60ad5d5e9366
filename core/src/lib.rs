//! Rules for Vietnam's community digital technology teams (tổ công nghệ số cộng đồng): who is in which team, by which
//! decision, what departs from the rules in force, and what mends it.
//!
//! Facts, a policy and a day go in; answers come out. Nothing here reads a clock, a file or a network.
//!
//! ```
//! use cnscd::{Locale, Names, Policy, Query, Register};
//!
//! let register = Register::from_json(r#"{
//!   "units": [
//!     {"code": "11044", "name": "Xã Toàn Thắng", "kind": "xa", "level": "commune"},
//!     {"code": "11044-01", "name": "Thôn Mẫu", "kind": "thon", "level": "village", "parent": "11044"}
//!   ],
//!   "teams": [
//!     {"id": "t1", "kind": "community", "unit": "11044", "covers": ["11044-01"], "from": "2022-04-05"}
//!   ]
//! }"#)?;
//! let as_of = chrono::NaiveDate::from_ymd_opt(2022, 5, 17).ok_or("no day")?;
//! let checked = register.check(&Policy::preset("national-2022")?, as_of)?;
//! let findings = checked.findings(&Query { code: Some("T001".into()), ..Query::default() })?;
//! assert_eq!(
//!     findings[0].text(Locale::Vi, Names::Hidden),
//!     "Tổ công nghệ số cộng đồng thôn Mẫu, xã Toàn Thắng hoạt động nhưng hồ sơ chưa có quyết định thành lập, \
//!      tính từ ngày 05/4/2022 đến nay (43 ngày)."
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod agenda;
mod calendar;
mod cascade;
mod checked;
mod choice;
mod completeness;
mod context;
#[cfg(feature = "csv")]
mod csv;
mod day;
mod due;
mod duty;
mod edit;
mod editable;
mod error;
mod expression;
mod facts;
mod field;
mod finding;
mod form;
#[cfg(feature = "ical")]
mod ical;
mod identity;
mod integrity;
mod json;
mod keys;
mod labels;
mod locale;
mod lunar;
mod number;
mod obligation;
mod order;
mod period;
mod personal;
mod policy;
mod preview;
mod problem;
mod read;
mod record;
mod register;
mod render;
mod reports;
mod review;
mod roll_up;
mod rule;
mod rules;
pub mod schema;
mod setting;
mod sheet;
mod spans;
mod table;
pub mod tables;
mod teams;
pub mod text;
mod view;
mod words;

pub use agenda::{AgendaQuery, AgendaRow};
pub use calendar::{Calendar, CalendarDay, DayKind, Reason};
pub use checked::Checked;
pub use choice::{
    Adjust, Counted, Counting, Due, Extent, Filler, Force, Level, OverPeriods, OverUnits, Reckoning,
    ReportKind, ReportState, Role, Sex, TeamKind, Test, Trigger, Weight, Who, Work,
};
pub use completeness::{CompletenessQuery, CompletenessRow, Counts};
pub use day::parse_day;
pub use due::{DueDay, DueRule, Start};
pub use duty::State;
pub use edit::Edited;
pub use error::{Error, Problems};
pub use expression::{Missing, Operator};
pub use facts::{POLICY_TABLES, REPORT_TABLES, TABLES};
pub use finding::{Finding, Query, When};
pub use form::{Form, FormCheck, Indicator, Part, ProseField, Version};
pub use locale::{Bilingual, Locale, Names};
pub use lunar::LunarDate;
pub use obligation::Obligation;
pub use period::{Frequency, Period, Scheme};
pub use policy::{Basis, Entry, Explained, Item, Policy, Value};
pub use preview::{Field, Preview};
pub use problem::{PROBLEMS, Place, Problem, ProblemKind};
pub use register::Register;
pub use reports::{FormDeparture, Reports};
pub use roll_up::{Measures, RollUp, RollUpQuery, RollUpRow, Share};
pub use rule::{Rule, Severity};
pub use rules::{RULES, explain};
pub use setting::{Key, Of};
pub use table::{Column, Table, Type};
pub use teams::{TeamQuery, TeamRow};
