//! The page: titles, texts and tables in one language, 80 columns wide.

use chrono::{Datelike, NaiveDate};
use cnscd::{Bilingual, Locale, Share};
use comfy_table::presets::UTF8_HORIZONTAL_ONLY;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, TableComponent, Width};
use std::cell::RefCell;
use std::fmt::{self, Write as _};

const WIDTH: u16 = 80;

pub(crate) struct Page {
    pub(crate) locale: Locale,
    /// What was printed; it goes out at once, so that a reader who stops reading (`| head`) is no error.
    pub(crate) out: RefCell<String>,
}

impl Page {
    pub(crate) fn print(&self, line: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.out.borrow_mut(), "{line}");
    }

    pub(crate) fn pick<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        match self.locale {
            Locale::Vi => vi,
            Locale::En => en,
        }
    }

    pub(crate) fn label(&self, label: Bilingual) -> &'static str {
        self.pick(label.vi, label.en)
    }

    pub(crate) fn title(&self, vi: &str, en: &str) {
        self.print(format_args!("\n{}\n{}", self.pick(vi, en), "═".repeat(WIDTH.into())));
    }

    pub(crate) fn text(&self, vi: &str, en: &str) {
        self.item("", self.pick(vi, en));
    }

    /// A number with the language's mark of thousands.
    pub(crate) fn number(&self, n: usize) -> String {
        let digits = n.to_string();
        let mut out = String::new();
        for (position, digit) in digits.chars().enumerate() {
            if position > 0 && (digits.len() - position).is_multiple_of(3) {
                out.push_str(self.pick(".", ","));
            }
            out.push(digit);
        }
        out
    }

    pub(crate) fn share(&self, share: Share) -> String {
        format!("{}/{}", self.number(share.part as usize), self.number(share.whole as usize))
    }

    pub(crate) fn table(&self, head: &[(&str, &str)], rows: Vec<Vec<String>>) {
        let mut table = Table::new();
        table
            .load_preset(UTF8_HORIZONTAL_ONLY)
            .set_width(WIDTH)
            .set_content_arrangement(ContentArrangement::Dynamic);
        for line in [
            TableComponent::HorizontalLines,
            TableComponent::LeftBorderIntersections,
            TableComponent::MiddleIntersections,
            TableComponent::RightBorderIntersections,
        ] {
            table.remove_style(line);
        }
        table.set_header(head.iter().map(|(vi, en)| self.pick(vi, en)));
        let labels: Vec<String> = head.iter().map(|(vi, en)| self.pick(vi, en).to_owned()).collect();
        let fit = |whole: usize| -> Vec<u16> {
            (0..head.len()).map(|at| least(&rows, &labels, at, whole)).collect()
        };
        // One column is between two others.
        let gaps = u16::try_from(head.len()).unwrap_or_default() - 1;
        let least = Some(fit(20)).filter(|widths| widths.iter().sum::<u16>() + gaps <= WIDTH);
        let least = least.unwrap_or_else(|| fit(12));
        table.add_rows(rows);
        for (position, column) in table.column_iter_mut().enumerate() {
            if position == 0 {
                column.set_constraint(ColumnConstraint::ContentWidth);
            } else {
                let least = least.get(position).copied().unwrap_or_default();
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least)));
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        self.print(format_args!("{table}"));
    }

    /// A line above a table.
    pub(crate) fn heading(&self, vi: &str, en: &str) {
        self.print(format_args!("\n{}", self.pick(vi, en)));
    }

    /// A text with its own indent on the first line and one of blanks on the others.
    pub(crate) fn item(&self, first: &str, body: &str) {
        let indent = " ".repeat(first.chars().count());
        // An identifier such as p-99001-01-1 stays on one line.
        let options = textwrap::Options::new(WIDTH.into())
            .word_splitter(textwrap::WordSplitter::NoHyphenation)
            .word_separator(textwrap::WordSeparator::AsciiSpace)
            .initial_indent(first)
            .subsequent_indent(&indent);
        self.print(format_args!("{}", textwrap::fill(body, options)));
    }

    /// A day, short: 05/3/2022, or 5 Mar 2022.
    pub(crate) fn day(&self, day: NaiveDate) -> String {
        const MONTHS: [&str; 12] =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
        let (year, month, date) = (day.year(), day.month(), day.day());
        match self.locale {
            Locale::Vi if month < 3 => format!("{date:02}/{month:02}/{year}"),
            Locale::Vi => format!("{date:02}/{month}/{year}"),
            Locale::En => {
                let name = MONTHS.get(day.month0() as usize).copied().unwrap_or_default();
                format!("{date} {name} {year}")
            }
        }
    }
}

/// How wide a column has to be so that no cell of at most `whole` characters breaks, and no word of a longer one or of the head.
fn least(rows: &[Vec<String>], head: &[String], at: usize, whole: usize) -> u16 {
    let word = |cell: &String| cell.split(' ').map(|word| word.chars().count()).max().unwrap_or_default();
    let cell = |cell: &String| Some(cell.chars().count()).filter(|width| *width <= whole);
    let cells = rows.iter().filter_map(|row| row.get(at));
    // The first column is as wide as its longest cell.
    let cells = cells.map(|text| match at {
        0 => text.chars().count(),
        _ => cell(text).unwrap_or_else(|| word(text)),
    });
    let widest = cells.chain(head.get(at).map(word)).max().unwrap_or_default();
    u16::try_from(widest + 2).unwrap_or(WIDTH)
}
