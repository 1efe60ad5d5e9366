//! A *fact* is a row: something that holds over a span of days, or from a day on. Every kind of fact is listed here, once.
//!
//! `tables!` makes of each listing the row's struct, its [`Table`], its reading and its printing.

use crate::choice::{
    Adjust, Counted, Counting, Due, Extent, Force, Level, OverPeriods, OverUnits, Reckoning, ReportKind,
    ReportState, Role, Sex, TeamKind, Test, Trigger, Weight, Who, Work,
};
use crate::day::{Day, Span};
use crate::expression::{Missing, Operator};
use crate::field::{
    About, Before, Birth, Code, Count, DayNumber, End, Few, Field, Figure, Figures, FormName, Given, Key,
    Link, Marks, MonthNumber, Name, Number, Ordinal, Pending, Phone, Prose, Share, Start, There, Year,
};
use crate::locale::Bilingual;
use crate::period::{Frequency, Period, Scheme};
use crate::read::Reader;
use crate::sheet::Sheets;
use crate::table::{Cell, Column, Id, List, Rows, Table, Text, Word, begins, column, is_equal};
use crate::words::Words;
use std::num::{NonZeroU16, NonZeroU32};

/// A text of the reference page. A browser has no use for the page, so there it is left out.
const fn doc(text: &'static str) -> &'static str {
    if cfg!(target_family = "wasm") { "" } else { text }
}

/// A document: the texts and the tables that it may have.
pub(crate) struct Document {
    pub texts: &'static [&'static str],
    pub tables: &'static [&'static Table],
    /// Position of its first table among all.
    pub first: usize,
}

/// The facts.
pub(crate) static REGISTER: Document = Document { texts: &["note"], tables: TABLES, first: 0 };

/// What is asked.
pub(crate) static POLICY: Document =
    Document { texts: &["note", "name", "extends"], tables: POLICY_TABLES, first: TABLES.len() };

/// What was sent up.
pub(crate) static REPORTS: Document =
    Document { texts: &["note"], tables: REPORT_TABLES, first: TABLES.len() + POLICY_TABLES.len() };

impl Document {
    /// The table at a position among all. (Who asks by [`ALL`](Self::ALL) in a generic function has the tables compiled once more.)
    pub(crate) fn table(order: usize) -> Option<&'static Table> {
        Self::ALL.get(order).copied()
    }

    /// The position among all tables of one of its own.
    pub(crate) fn order(&self, name: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.name == name).map(|at| self.first + at)
    }
}

macro_rules! tables {
    // Every row that rests on a text ends with the same four columns.
    (register { $($register:ident)+ } policy { $($policy:ident)+ } reports { $($reports:ident)+ } $(
        $(#[doc = $doc:literal])+
        $table:ident: $row:ident = $vi:literal, $en:literal, personal: $personal:literal $(, basis: $force:ident)? { $($columns:tt)+ }
    )+) => {
        tables! { @whole register { $($register)+ } policy { $($policy)+ } reports { $($reports)+ } $(
            $(#[doc = $doc])+
            $table: $row = $vi, $en, personal: $personal {
                $($columns)+
                $(
                    /// The text that it rests on, in Vietnamese.
                    basis_vi: Text = "căn cứ";
                    /// The text that it rests on, in English.
                    basis_en: Text = "căn cứ (tiếng Anh)";
                    /// How far the text binds.
                    force: $force = "hiệu lực";
                    /// Whether the wording was read at its source, or in a source that quotes it.
                    verified: bool = "đã đối chiếu";
                )?
            }
        )+ }
    };
    (@whole register { $($register:ident)+ } policy { $($policy:ident)+ } reports { $($reports:ident)+ } $(
        $(#[doc = $doc:literal])+
        $table:ident: $row:ident = $vi:literal, $en:literal, personal: $personal:literal {
            $($(#[doc = $column_doc:literal])+ $column:ident: $kind:ty = $label:literal;)+
        }
    )+) => {
        $(
            $(#[doc = $doc])+
            #[allow(clippy::struct_field_names, reason = "columns are named as the contract has them")]
            #[derive(Clone, Copy)]
            pub(crate) struct $row { $($(#[doc = $column_doc])+ pub $column: $kind,)+ }

            impl Row for $row {
                const ORDER: usize = Order::$table as usize;
                const NAME: &'static str = stringify!($table);
                const TABLE: &'static Table = &Table {
                    name: Self::NAME,
                    title: Bilingual { vi: $vi, en: $en },
                    doc: doc(concat!($($doc),+)),
                    columns: &[$(Column {
                        name: stringify!($column),
                        label: doc($label),
                        doc: doc(concat!($($column_doc),+)),
                        kind: <$kind as Field>::TYPE,
                        required: <$kind as Field>::REQUIRED,
                        personal: <$kind as Field>::PERSONAL,
                    }),+],
                    personal: $personal,
                };

                fn read(cells: &[Cell<'_>], reader: &mut Reader) -> Option<Self> {
                    let mut cells = cells.iter().enumerate();
                    // Every column is read before the first bad one ends the row.
                    $(let $column = reader.field::<$kind>(cells.next());)+
                    Some(Self { $($column: $column?),+ })
                }

                fn cells<'f>(&self, facts: &'f Facts, out: &mut Vec<Cell<'f>>) {
                    $(out.push(self.$column.cell(facts));)+
                }

                fn resolve(&mut self, column: &str, row: NonZeroU32) {
                    match column {
                        $(stringify!($column) => self.$column.resolve(row),)+
                        _ => {}
                    }
                }

                fn rows(facts: &Facts) -> &Rows<Self> {
                    &facts.$table
                }

                fn rows_mut(facts: &mut Facts) -> &mut Rows<Self> {
                    &mut facts.$table
                }
            }
        )+

        #[expect(non_camel_case_types, reason = "named as the tables are")]
        enum Order { $($table),+ }

        /// All rows of a document, with their texts, words and lists.
        #[derive(Clone, Default)]
        pub(crate) struct Facts {
            /// Texts of the document itself, in the order of [`Document::texts`].
            pub texts: [Option<Text>; 3],
            pub arena: String,
            pub words: Words,
            pub lists: Vec<u32>,
            /// Figures, marks and texts of the reports being read.
            pub sheets: Sheets,
            $(pub $table: Rows<$row>,)+
        }

        /// Every table of a register, in the order of the document. A table refers only to itself and to earlier ones.
        pub static TABLES: &[&Table] = &[$($register::TABLE),+];

        /// Every table of a policy.
        pub static POLICY_TABLES: &[&Table] = &[$($policy::TABLE),+];

        /// The table of a document of reports.
        pub static REPORT_TABLES: &[&Table] = &[$($reports::TABLE),+];

        impl Document {
            /// Every table of every document.
            pub(crate) const ALL: &'static [&'static Table] = &[$($row::TABLE),+];
        }

        impl Facts {
            /// Reads one row of the table at `table` in [`Document::ALL`]; a bad one leaves its problems with the reader.
            pub(crate) fn read_row(table: usize, cells: &[Cell<'_>], reader: &mut Reader) {
                const READ: &[fn(&[Cell<'_>], &mut Reader)] = &[$(Reader::row::<$row>),+];
                if let Some(read) = READ.get(table) {
                    read(cells, reader);
                }
            }

            /// Puts a late reference into a row of the table at `table`.
            pub(crate) fn resolve(&mut self, table: usize, at: NonZeroU32, column: &str, row: NonZeroU32) {
                const RESOLVE: &[fn(&mut Facts, NonZeroU32, &str, NonZeroU32)] =
                    &[$(|facts, at, column, row| $row::rows_mut(facts)[Id::new(at)].resolve(column, row)),+];
                if let Some(resolve) = RESOLVE.get(table) {
                    resolve(self, at, column, row);
                }
            }

            /// Calls `each` with the cells of every row of the table at `table`, in order.
            pub(crate) fn each_row<'f>(&'f self, table: usize, each: &mut dyn FnMut(&mut [Cell<'f>])) {
                const EACH: &[for<'f> fn(&'f Facts, &mut dyn FnMut(&mut [Cell<'f>]))] = &[$(each_row::<$row>),+];
                if let Some(rows) = EACH.get(table) {
                    rows(self, each);
                }
            }

            /// Puts out the cells of one row of the table at `table`.
            pub(crate) fn one_row<'f>(&'f self, table: usize, row: usize, out: &mut Vec<Cell<'f>>) {
                const ONE: &[for<'f> fn(&'f Facts, usize, &mut Vec<Cell<'f>>)] = &[$(one_row::<$row>),+];
                out.clear();
                if let Some(cells) = ONE.get(table) {
                    cells(self, row, out);
                }
            }

            /// Takes the last row of the table at `table` back.
            pub(crate) fn pop_row(&mut self, table: usize) {
                const POP: &[fn(&mut Facts)] = &[$(|facts| _ = facts.$table.pop()),+];
                if let Some(pop) = POP.get(table) {
                    pop(self);
                }
            }

            /// How many rows the table at `table` has.
            pub(crate) fn len(&self, table: usize) -> usize {
                [$(self.$table.len()),+].get(table).copied().unwrap_or(0)
            }

            /// How many rows each table has.
            pub(crate) fn counts(&self) -> impl Iterator<Item = (&'static str, usize)> {
                [$((stringify!($table), self.$table.len())),+].into_iter().take(TABLES.len())
            }
        }
    };
}

fn each_row<'f, T: Row>(facts: &'f Facts, each: &mut dyn FnMut(&mut [Cell<'f>])) {
    let mut cells = Vec::with_capacity(T::TABLE.columns.len());
    for (_, row) in T::rows(facts).iter() {
        cells.clear();
        row.cells(facts, &mut cells);
        each(&mut cells);
    }
}

fn one_row<'f, T: Row>(facts: &'f Facts, row: usize, out: &mut Vec<Cell<'f>>) {
    if let Some(row) = T::rows(facts).try_get(row) {
        row.cells(facts, out);
    }
}

/// What every row type has.
pub(crate) trait Row: Sized + 'static {
    /// Position in [`Document::ALL`].
    const ORDER: usize;
    const NAME: &'static str;
    const TABLE: &'static Table;
    const BEGINS: [Option<usize>; 4] = begins(Self::TABLE.columns);
    /// The column of the period that a row is about. (A report is named by its period from the start.)
    const PERIOD: Option<usize> = if is_equal(Self::NAME.as_bytes(), b"reports") {
        None
    } else {
        column(Self::TABLE.columns, b"period")
    };

    fn read(cells: &[Cell<'_>], reader: &mut Reader) -> Option<Self>;

    fn cells<'f>(&self, facts: &'f Facts, out: &mut Vec<Cell<'f>>);

    fn resolve(&mut self, column: &str, row: NonZeroU32);

    fn rows(facts: &Facts) -> &Rows<Self>;

    fn rows_mut(facts: &mut Facts) -> &mut Rows<Self>;
}

tables! {
    register {
        Unit Succession Attribute Body Decision Team Suspension Declaration Person Residence Affiliation Position
        Membership Event Excuse Completion
    }
    policy { Setting Severe Holiday Decided DecidedYear Form Indicator ProseField FormCheck Obligation }
    reports { Report }

    /// One version of a unit: a province, a district, a commune, or a village under a commune. What a row says is
    /// constant in it; when the name, kind, level or parent changes, the version ends and another begins.
    units: Unit = "đơn vị", "unit", personal: false {
        /// Code as in the national list (2, 3 or 5 digits), or the commune's code, a hyphen and a local part for a village.
        code: Code = "mã đơn vị";
        /// Name with its kind, such as `Xã Toàn Thắng`.
        name: Text = "tên đơn vị";
        /// Kind as a Vietnamese slug: `tinh`, `thanh-pho`, `huyen`, `xa`, `phuong`, `thi-tran`, `thon`, `to-dan-pho`, `khu-dan-cu` ...
        kind: Word = "loại đơn vị";
        /// Level in the tree.
        level: Level = "cấp";
        /// Code of the unit above, resolved on the first day of this version.
        parent: Link<Unit> = "đơn vị cấp trên";
        /// First day of this version; absent if it has been so for as long as matters.
        from: Start = "từ ngày";
        /// First day on which this version no longer holds.
        to: End = "đến trước ngày";
        /// Whether the kind keeps its capital inside a sentence, as with the name of a person or an event (`Phường Lê Thanh Nghị`).
        keep_capital: bool = "giữ chữ hoa";
    }

    /// What became of a unit: one row for each pair of an old and a new unit.
    successions: Succession = "kế thừa đơn vị", "succession", personal: false {
        /// Day of effect: the first day of the new state.
        day: Day = "ngày có hiệu lực";
        /// Code of the old unit, resolved on the day before.
        old: Before = "đơn vị cũ";
        /// Code of the new unit, resolved on that day.
        new: Id<Unit> = "đơn vị mới";
        /// How much of the old unit went into the new one. `continues` joins both versions into one line.
        extent: Extent = "phạm vi";
        /// Share of the old unit's people that went there, in thousandths.
        share: Option<Share> = "tỷ lệ phần nghìn";
        /// The text that decided it.
        basis: Option<Text> = "căn cứ";
    }

    /// An attribute of a unit that changes: a value that holds from a day until the next row for the same attribute.
    attributes: Attribute = "số liệu của đơn vị", "attribute of a unit", personal: false {
        /// Code of the unit.
        unit: Id<Unit> = "đơn vị";
        /// `households`, `people`, `adults`, `smartphones` ...
        attribute: Word = "chỉ tiêu";
        /// First day of the value.
        from: Day = "từ ngày";
        /// The value, a whole number.
        value: Count = "giá trị";
    }

    /// A body: neither a unit nor a team. It issues decisions, receives reports, sends members.
    bodies: Body = "cơ quan, tổ chức", "body", personal: false {
        /// Identifier in this document.
        id: Key = "định danh";
        /// Full name.
        name: Text = "tên";
        /// `peoples_committee`, `department`, `youth_union`, `enterprise` ...
        kind: Word = "loại";
        /// Code of the unit that it belongs to.
        unit: Link<Unit> = "đơn vị";
        /// The body above.
        parent: Link<Body> = "cơ quan cấp trên";
        /// First day; absent if it has been there for as long as matters.
        from: Start = "từ ngày";
        /// First day on which it no longer exists.
        to: End = "đến trước ngày";
        /// The body that took over its tasks.
        successor: Link<Body> = "cơ quan kế thừa";
    }

    /// A decision (quyết định cá biệt). Its identity is the issuing body, the number and the day of signing.
    decisions: Decision = "quyết định", "decision", personal: false {
        /// Identifier in this document.
        id: Key = "định danh";
        /// Number and symbol, such as `689/QĐ-UBND`.
        number: Text = "số, ký hiệu";
        /// The issuing body.
        body: Id<Body> = "cơ quan ban hành";
        /// Day of signing.
        signed: Day = "ngày ký";
        /// Day of announcement.
        announced: Option<Day> = "ngày công bố";
        /// First day in force; absent means the day of signing.
        in_force: Option<Day> = "ngày có hiệu lực";
        /// `establish`, `reconstitute`, `appoint`, `dissolve` ...
        kind: Word = "loại quyết định";
        /// What it is about (trích yếu).
        subject: Option<Text> = "trích yếu";
        /// Decisions that it amends.
        amends: List<Decision> = "sửa đổi, bổ sung";
        /// Decisions that it replaces.
        replaces: List<Decision> = "thay thế";
        /// Decisions that it annuls.
        annuls: List<Decision> = "bãi bỏ";
        /// Codes of the villages (or units) in its attached list, one team each.
        attached_list: List<Unit> = "danh sách kèm theo";
    }

    /// A team: a steering committee, a steering team, or a community team.
    teams: Team = "Tổ", "team", personal: false {
        /// Identifier in this document.
        id: Key = "định danh";
        /// Name, if it is not simply its kind and its place.
        name: Option<Text> = "tên";
        /// Kind.
        kind: TeamKind = "loại Tổ";
        /// Code of the unit that manages the team.
        unit: Id<Unit> = "đơn vị quản lý";
        /// Codes of the villages that it serves. A team whose unit is a village serves that village if none is given.
        covers: List<Unit> = "địa bàn phụ trách";
        /// The team above; absent means the nearest steering team above on the day in question.
        parent: Link<Team> = "Tổ cấp trên";
        /// The committee that it answers to.
        committee: Link<Team> = "Ban Chỉ đạo";
        /// The decision that set it up.
        decision: Link<Decision> = "quyết định thành lập";
        /// Mandates beside the usual one, such as `de_an_06`.
        mandates: List<Word> = "nhiệm vụ";
        /// First day.
        from: Day = "từ ngày";
        /// First day on which it no longer exists.
        to: End = "đến trước ngày";
    }

    /// A time in which a team does no work and owes no report.
    suspensions: Suspension = "tạm dừng", "suspension", personal: false {
        /// The team.
        team: Id<Team> = "Tổ";
        /// First day.
        from: Day = "từ ngày";
        /// First day of work again.
        to: End = "đến trước ngày";
        /// The decision that says so.
        decision: Link<Decision> = "quyết định";
    }

    /// How many members a team has as its decision or its unit states it (số liệu do địa phương báo), beside those that are listed
    /// by name. It holds from a day until the next row for the same team.
    declarations: Declaration = "số thành viên do địa phương báo", "declared number of members", personal: false {
        /// The team.
        team: Id<Team> = "Tổ";
        /// First day.
        from: Day = "từ ngày";
        /// Number of members, a whole number.
        members: Count = "số thành viên";
    }

    /// A person. Only the identifier and the name are needed; a member is valid without a citizen number or a phone.
    people: Person = "người", "person", personal: true {
        /// Identifier in this document; it may not look like a citizen number or a phone number.
        id: Key = "định danh";
        /// Full name.
        name: Name = "họ và tên";
        /// Day of birth.
        born: Option<Birth> = "ngày sinh";
        /// Sex.
        sex: Option<Sex> = "giới tính";
        /// Phone number.
        phone: Option<Phone> = "số điện thoại";
        /// Citizen number (số định danh cá nhân).
        citizen_number: Option<Number> = "số định danh cá nhân";
    }

    /// Where a person lives.
    residences: Residence = "nơi cư trú", "residence", personal: true {
        /// The person.
        person: Id<Person> = "người";
        /// Code of the village or other unit.
        unit: Id<Unit> = "nơi cư trú";
        /// First day.
        from: Start = "từ ngày";
        /// First day elsewhere.
        to: End = "đến trước ngày";
    }

    /// An organisation that a person belongs to.
    affiliations: Affiliation = "tổ chức đoàn thể", "affiliation", personal: true {
        /// The person.
        person: Id<Person> = "người";
        /// `youth_union`, `womens_union`, `farmers_union`, `veterans_association` ...
        organisation: Word = "tổ chức";
        /// First day.
        from: Start = "từ ngày";
        /// First day on which the person no longer belongs to it.
        to: End = "đến trước ngày";
    }

    /// A position that a person holds; several at once are normal.
    positions: Position = "chức vụ, chức danh", "position", personal: true {
        /// The person.
        person: Id<Person> = "người";
        /// `village_head`, `commune_chair`, `youth_branch_secretary`, `department_director` ...
        kind: Word = "chức vụ";
        /// Code of the unit in which it is held.
        unit: Link<Unit> = "đơn vị";
        /// The body in which it is held.
        body: Link<Body> = "cơ quan";
        /// First day.
        from: Day = "từ ngày";
        /// First day on which the person no longer holds it.
        to: End = "đến trước ngày";
        /// Acting, until someone is elected or appointed (lâm thời, quyền).
        acting: bool = "quyền, lâm thời";
    }

    /// A person's part in a team.
    memberships: Membership = "thành viên Tổ", "membership", personal: true {
        /// The team.
        team: Id<Team> = "Tổ";
        /// The person.
        person: Id<Person> = "người";
        /// Role.
        role: Role = "vai trò";
        /// Acting: given the powers of the head (quyền), or a deputy in charge (phụ trách). Not a second head.
        acting: bool = "quyền, phụ trách";
        /// Kind of the position by which the person sits in the team.
        position: Option<Word> = "theo chức vụ";
        /// The body that the person represents.
        on_behalf_of: Link<Body> = "đại diện cho";
        /// The decision that appointed the person.
        decision: Link<Decision> = "quyết định";
        /// First day.
        from: Day = "từ ngày";
        /// First day on which the person is no longer in the team.
        to: End = "đến trước ngày";
        /// Why it ended: `left`, `transferred`, `died`, `term_ended` ...
        end_reason: Option<Word> = "lý do thôi";
    }

    /// Something that happened and that an obligation of the policy is about: a letter received, a decision that sets a task.
    events: Event = "sự kiện làm phát sinh nhiệm vụ", "event", personal: false {
        /// Identifier in this document.
        id: Key = "định danh";
        /// The obligation of the policy that it gives rise to.
        obligation: Word = "nhiệm vụ";
        /// Code of the unit that owes it; absent if a team does.
        unit: Link<Unit> = "đơn vị";
        /// The team that owes it.
        team: Link<Team> = "Tổ";
        /// The day on which it happened; it is not counted.
        day: Day = "ngày";
        /// Number and symbol of the document.
        document: Option<Text> = "số, ký hiệu văn bản";
    }

    /// A document that gives a new term for a duty, or frees from it. Where it names no team, period or event, it is about all duties of
    /// the unit, its teams and their members under the obligation.
    excuses: Excuse = "gia hạn, miễn", "excuse or extension", personal: false {
        /// The obligation, by its identifier in the policy.
        obligation: Word = "nhiệm vụ";
        /// Code of the unit that owes, or that manages the team; of one that has ended by the day, as on the last day of
        /// the period, else as when it ended.
        unit: Id<Unit> = "đơn vị";
        /// The team, of a duty of teams or members.
        team: Link<Team> = "Tổ";
        /// The period, of a duty that comes back.
        period: Option<Period> = "kỳ báo cáo";
        /// The event that gave rise to the duty.
        event: Link<Event> = "sự kiện";
        /// Day of the document.
        day: Day = "ngày văn bản";
        /// The last good day of the new term, later than the one that was set; absent means that nothing is owed. Of what comes back or is
        /// given rise to, a row that names no period and no event gives it to what is under way on its day: begun, and due on that day or later.
        until: Option<Day> = "gia hạn đến hết ngày";
        /// Number and symbol of the document.
        document: Text = "số, ký hiệu văn bản";
    }

    /// That a duty was done: a report received, a member trained, a letter answered.
    completions: Completion = "ghi nhận hoàn thành", "completion", personal: true {
        /// The obligation of the policy.
        obligation: Word = "nhiệm vụ";
        /// Code of the unit that did it, or of one that has ended by the day, as on the last day of the period, else as when it
        /// ended; absent if a team or a member of one did.
        unit: Link<Unit> = "đơn vị";
        /// The team that did it, or whose member did.
        team: Link<Team> = "Tổ";
        /// The member who did it.
        person: Link<Person> = "thành viên";
        /// The period that it is about, of an obligation that comes back.
        period: Option<Period> = "kỳ báo cáo";
        /// The event that gave rise to it.
        event: Link<Event> = "sự kiện";
        /// The day on which it was done; of a report, on which it was received.
        day: Day = "ngày";
        /// Number and symbol of the document.
        document: Option<Text> = "số, ký hiệu văn bản";
    }

    /// What is asked of units, teams and members: one value of one key from a day to a day, and the text that it rests on.
    /// The entry of the lowest unit counts; of the same unit, that of the policy before that of the one it extends.
    settings: Setting = "quy định", "setting", personal: false, basis: Force {
        /// What it sets.
        key: crate::setting::Key = "nội dung";
        /// Which kind of team (`community`, `steering`, `committee`) or which level (`village` ...) it is about, where the key asks for one.
        of: Option<crate::setting::Of> = "đối tượng";
        /// A number, `true`, or a list of words, as the key has it; absent means that nothing is asked.
        value: Given = "giá trị";
        /// First day; absent if it has held for as long as matters.
        from: Start = "từ ngày";
        /// First day on which it no longer holds.
        to: End = "đến trước ngày";
        /// Code of a unit, as it was on the first day: it holds in this unit and below. Absent means everywhere.
        scope: Option<Code> = "phạm vi";
    }

    /// How much the findings of a rule matter, in place of what the rule says itself.
    severities: Severe = "mức độ", "severity", personal: false, basis: Force {
        /// The rule, by its name (`no-head`).
        rule: Word = "quy tắc";
        /// The severity, or `off`. `error` needs a binding text.
        severity: Weight = "mức độ";
        /// First day; absent if it has held for as long as matters.
        from: Start = "từ ngày";
        /// First day on which it no longer holds.
        to: End = "đến trước ngày";
        /// Code of a unit, as it was on the first day: it holds in this unit and below. Absent means everywhere.
        scope: Option<Code> = "phạm vi";
    }

    /// A day that comes back and on which offices of the state do not work: each week, each year, each lunar year. All rows of one
    /// `id` take the place of those of that `id` in what the policy extends.
    holidays: Holiday = "ngày nghỉ lặp lại", "recurring day off", personal: false, basis: Force {
        /// Identifier, such as `saturday` or `tet`.
        id: Word = "định danh";
        /// Name, in Vietnamese.
        name_vi: Text = "tên";
        /// Name, in English.
        name_en: Text = "tên (tiếng Anh)";
        /// By which calendar it comes back.
        calendar: Reckoning = "cách tính";
        /// The month, 1 to 12; absent for a day of the week.
        month: Option<MonthNumber> = "tháng";
        /// The day of the month; of a week 1 (Monday) to 7 (Sunday).
        day: DayNumber = "ngày";
        /// Not the day itself but the one before or after it, whichever joins it to the weekly rest.
        beside: bool = "lấy ngày liền kề";
        /// So many days before it are free as well.
        before: Option<Few> = "số ngày trước";
        /// So many days after it are free as well.
        after: Option<Few> = "số ngày sau";
        /// Where it falls on a weekly day of rest, the next working day is free in its place.
        in_lieu: bool = "được nghỉ bù";
        /// First day from which it comes back; absent if it has for as long as matters.
        from: Start = "từ ngày";
        /// First day from which it no longer does.
        to: End = "đến trước ngày";
    }

    /// A single day that a decision made free or working. It counts before what comes back, and before a row for the same day in
    /// what the policy extends.
    days: Decided = "ngày nghỉ, ngày làm việc theo quyết định", "decided day", personal: false, basis: Force {
        /// The day.
        day: Day = "ngày";
        /// What it was made.
        work: Work = "nghỉ hay làm việc";
        /// What it is, in Vietnamese.
        name_vi: Text = "tên";
        /// What it is, in English.
        name_en: Text = "tên (tiếng Anh)";
        /// The day it is exchanged with (hoán đổi): the worked Saturday of a day off, or the day off of a worked Saturday.
        swapped_with: Option<Day> = "hoán đổi với ngày";
    }

    /// A year whose days off have been decided: its days are published. The days of any other year are expected, by rule.
    years: DecidedYear = "năm đã công bố lịch nghỉ", "decided year", personal: false, basis: Force {
        /// The year.
        year: Year = "năm";
    }

    /// One version of a form: what is reported, by whom and how often. Rows of one `id` and `version` take the place of those in what the
    /// policy extends.
    forms: Form = "mẫu báo cáo", "report form", personal: false, basis: Force {
        /// Identifier; reports, indicators and checks name it.
        id: Word = "định danh";
        /// The number of the version, from 1; absent means 1.
        version: Option<Ordinal> = "phiên bản";
        /// Name, in Vietnamese.
        name_vi: Text = "tên";
        /// Name, in English.
        name_en: Text = "tên (tiếng Anh)";
        /// Who fills it in: `team`, and units by their level: `village`, `commune`, `district`, `province`.
        filled_by: List<Word> = "đơn vị lập";
        /// The kind of the teams that fill it in; absent means any.
        teams: Option<TeamKind> = "loại Tổ";
        /// How often it is sent.
        every: Frequency = "định kỳ";
        /// Which days its periods have.
        scheme: Scheme = "cách tính kỳ";
        /// First day of the version: a period belongs to the version in force on its cut-off. Absent if it has held for as long as matters.
        from: Start = "từ ngày";
        /// First day on which it no longer holds.
        to: End = "đến trước ngày";
    }

    /// A figure of a form. All rows of one `id` take the place of those of that `id` in what the policy extends.
    indicators: Indicator = "chỉ tiêu", "indicator", personal: false, basis: Force {
        /// The form.
        form: Word = "mẫu báo cáo";
        /// Identifier: lower-case letters, digits and `_`, since checks name it.
        id: Word = "định danh";
        /// The first version of the form that has it; absent means the first.
        since: Option<Ordinal> = "từ phiên bản";
        /// The last version of the form that has it; absent means the last.
        until: Option<Ordinal> = "đến phiên bản";
        /// Label, in Vietnamese.
        label_vi: Text = "nhãn";
        /// Label, in English.
        label_en: Text = "nhãn (tiếng Anh)";
        /// What is counted: `person`, `occurrence`, `household`, `account` ... A person is not an occurrence.
        unit: Word = "đơn vị tính";
        /// How it counts: in the period, from the first of the year, or at the cut-off.
        counts: Counting = "cách tính";
        /// How figures of several units make one.
        over_units: OverUnits = "tổng hợp theo đơn vị";
        /// How figures of several periods make one. People of two months may be the same, so they have no sum.
        over_periods: OverPeriods = "tổng hợp theo kỳ";
        /// The goal that it serves: `awareness`, `digital_government` ...
        goal: Option<Word> = "mục tiêu";
        /// The least that is likely.
        min: Option<Figure> = "tối thiểu";
        /// The most that is likely.
        max: Option<Figure> = "tối đa";
        /// Whether a report without it is incomplete.
        required: bool = "bắt buộc";
        /// Who fills it in, of those who fill in the form; none means all of them.
        filled_by: List<Word> = "đơn vị lập";
        /// What is kept as evidence and not sent, in Vietnamese.
        evidence_vi: Option<Text> = "minh chứng";
        /// What is kept as evidence and not sent, in English.
        evidence_en: Option<Text> = "minh chứng (tiếng Anh)";
    }

    /// A part of a form that is written in words. All rows of one `id` take the place of those of that `id` in what the policy extends.
    prose: ProseField = "phần lời văn", "prose field", personal: false {
        /// The form.
        form: Word = "mẫu báo cáo";
        /// Identifier.
        id: Word = "định danh";
        /// The first version of the form that has it; absent means the first.
        since: Option<Ordinal> = "từ phiên bản";
        /// The last version of the form that has it; absent means the last.
        until: Option<Ordinal> = "đến phiên bản";
        /// Label, in Vietnamese.
        label_vi: Text = "nhãn";
        /// Label, in English.
        label_en: Text = "nhãn (tiếng Anh)";
        /// Whether a report without it is incomplete.
        required: bool = "bắt buộc";
        /// Who fills it in, of those who fill in the form; none means all of them.
        filled_by: List<Word> = "đơn vị lập";
    }

    /// What two sides of figures should be to each other. All rows of one `id` take the place of those of that `id` in what the policy extends.
    checks: FormCheck = "kiểm tra số liệu", "check of a form", personal: false, basis: Force {
        /// The form.
        form: Word = "mẫu báo cáo";
        /// Identifier.
        id: Word = "định danh";
        /// The first version of the form that has it; absent means the first.
        since: Option<Ordinal> = "từ phiên bản";
        /// The last version of the form that has it; absent means the last.
        until: Option<Ordinal> = "đến phiên bản";
        /// The left side: an expression (see the page of expressions).
        left: Text = "vế trái";
        /// What the left side should be to the right one.
        operator: Operator = "phép so sánh";
        /// The right side: an expression.
        right: Text = "vế phải";
        /// What figures that are missing on the left do; absent means `skip_if_any`.
        left_missing: Option<Missing> = "khi vế trái thiếu số liệu";
        /// What figures that are missing on the right do; absent means `skip_if_any`.
        right_missing: Option<Missing> = "khi vế phải thiếu số liệu";
        /// By how much the sides may miss it; absent means 0.
        tolerance: Option<Count> = "sai số cho phép";
        /// How much it matters. `error` is for what cannot be: a part above its whole.
        severity: Weight = "mức độ";
        /// Whose reports are checked, of those who fill in the form; none means all of them.
        filled_by: List<Word> = "đơn vị lập";
        /// What is so if they are not, in Vietnamese, with `{left}`, `{right}` and `{difference}` (left minus right) to fill.
        message_vi: Text = "nội dung";
        /// The same, in English.
        message_en: Text = "nội dung (tiếng Anh)";
    }

    /// Something that units, teams or members must have done by a day: once, each period, or after what gives rise to it. Each of
    /// them has one duty each time.
    obligations: Obligation = "nhiệm vụ", "obligation", personal: false, basis: Force {
        /// Identifier; extensions and releases name it. Several rows may have one: in a unit that of the lowest `scope` counts, then that of the
        /// policy before the one that it extends; of what comes back only rows in force on the cut-off, of what is given rise to on the day of
        /// that, of what comes once all.
        id: Word = "định danh";
        /// Name, in Vietnamese.
        name_vi: Text = "tên";
        /// Name, in English.
        name_en: Text = "tên (tiếng Anh)";
        /// Level of the units concerned, or of those that manage the teams.
        level: Level = "cấp";
        /// Kinds of these units; none means all of the level.
        kinds: List<Word> = "loại đơn vị";
        /// Who owes it; absent means each unit.
        who: Option<Who> = "đối tượng thực hiện";
        /// For teams and members: the kind of the teams.
        teams: Option<TeamKind> = "loại Tổ";
        /// Kind of the body that leads (cơ quan chủ trì).
        lead: Word = "cơ quan chủ trì";
        /// Kinds of the bodies that support (cơ quan phối hợp).
        supporting: List<Word> = "cơ quan phối hợp";
        /// First day of the term. Of what comes back, the first period is the one whose cut-off is on this day or later; of what is given
        /// rise to, nothing before this day counts.
        from: Day = "từ ngày";
        /// First day from which no cut-off counts and nothing new arises; for what comes back or is given rise to.
        to: End = "đến trước ngày";
        /// How often it comes back; absent if it does not.
        every: Option<Frequency> = "định kỳ";
        /// Which days its periods have.
        scheme: Option<Scheme> = "cách tính kỳ";
        /// What gives rise to it; absent if nothing has to.
        on: Option<Trigger> = "khi phát sinh";
        /// The obligation whose outcome it gathers from the level below: each level needs a working day.
        gathers: Option<Word> = "tổng hợp từ";
        /// By when: `before` (trước ngày) or `on_or_before` (chậm nhất ngày) a `day`; on a `month_day` or at the `month_end` of the month
        /// of `from` or a later one; or a `count` of days ... `after` that day.
        due: Due = "cách tính hạn";
        /// The day named by the text, as it stands there.
        day: Option<Day> = "ngày nêu trong văn bản";
        /// For `month_day` the number of the day, for `after` how many.
        count: Option<Count> = "ngày thứ mấy hoặc số lượng";
        /// For `after`: what is counted.
        of: Option<Counted> = "tính theo";
        /// For `month_day` and `month_end`: how many months later; absent means the same month.
        months: Option<Count> = "số tháng sau đó";
        /// Where a last day goes that is no working day.
        adjust: Adjust = "khi trùng ngày nghỉ";
        /// The last so many days of the term, in which an open duty is due soon.
        soon: Option<Count> = "số ngày cuối coi là sắp đến hạn";
        /// The same in working days: a reminder is due so many before the last good day.
        remind: Option<Count> = "nhắc việc trước hạn (ngày làm việc)";
        /// When it is done: `villages_covered` (the villages of the unit and of each commune in it are known, and a community team in force
        /// serves each), `decision_issued` (a decision that set up a community team of the unit was signed: one that a team names, or one of
        /// the unit's own body that lists villages), `recorded` (a row of `completions` says so) or `reported` (a
        /// periodic report of `form` for the period was received).
        test: Test = "điều kiện hoàn thành";
        /// For `reported`: the form.
        form: Option<Word> = "mẫu báo cáo";
        /// Code of a unit, as it was on the day of `from`: the row holds in it and below, in place of rows of the `id` that are set higher up, on
        /// the days on which it is in force. Absent means everywhere.
        scope: Option<Code> = "phạm vi";
    }

    /// A report: what a team or a unit says of a period. It is known from the day on which it was received; until then it is nobody's.
    reports: Report = "báo cáo", "report", personal: false {
        /// The form, by its identifier in the policy.
        form: FormName = "mẫu báo cáo";
        /// The version of the form; absent means the one in force on the last day of the period.
        version: Option<Ordinal> = "phiên bản";
        /// What it is about.
        period: About = "kỳ báo cáo";
        /// Code of the unit whose report it is, as on the last day of the period; absent if it is a team's.
        unit: There<Unit> = "đơn vị";
        /// The team whose report it is.
        team: There<Team> = "Tổ";
        /// Whether it comes by the calendar; absent means that it does. Only such reports count for completeness.
        kind: Option<ReportKind> = "loại báo cáo";
        /// Its number among the reports of its kind for the period, from 1; absent means 1. A later one takes the place of an earlier one.
        revision: Option<Ordinal> = "lần gửi";
        /// Day of sending.
        sent: Pending = "ngày gửi";
        /// Day on which it came to whom it is for, on paper or otherwise: what is in time is told by it. Absent until then.
        received: Pending = "ngày đến";
        /// Day on which it was entered.
        entered: Pending = "ngày nhập";
        /// How it came: `paper`, `email`, `chat_group`, `system` ...
        channel: Option<Word> = "phương thức gửi";
        /// Who made it out.
        by: There<Person> = "người lập";
        /// How far it has come; absent means `submitted`.
        state: Option<ReportState> = "trạng thái";
        /// The figures: whole numbers by indicator. What is left out is absent, which is not 0.
        figures: Figures = "số liệu";
        /// Indicators that do not apply here.
        not_applicable: Marks<0> = "không áp dụng";
        /// Indicators whose figures are estimates.
        estimates: Marks<1> = "số ước thực hiện";
        /// Names of rules and checks whose findings the sender has looked at and explained.
        confirmed: Marks<2> = "đã xác nhận";
        /// Texts by prose field.
        prose: Prose = "lời văn";
    }
}

macro_rules! spans {
    ($($row:ident),+) => {$(
        impl $row {
            pub(crate) fn span(&self) -> Span {
                Span { from: self.from.into(), to: self.to.into() }
            }
        }
    )+};
}

spans!(
    Unit,
    Body,
    Team,
    Suspension,
    Residence,
    Affiliation,
    Position,
    Membership,
    Setting,
    Severe,
    Holiday,
    Form
);

impl Decision {
    /// The first day in force: as stated, else the day of signing.
    pub(crate) fn effective(&self) -> Day {
        self.in_force.unwrap_or(self.signed)
    }
}

impl Facts {
    pub(crate) fn text(&self, text: Text) -> &str {
        text.of(&self.arena)
    }

    pub(crate) fn word(&self, word: Word) -> &str {
        self.words.get(word).map_or("", |text| self.text(text))
    }

    pub(crate) fn find_word(&self, word: &str) -> Option<Word> {
        self.words.find(&self.arena, word)
    }

    fn items<T>(&self, list: List<T>) -> &[u32] {
        let from = list.offset as usize;
        self.lists.get(from..from + list.length as usize).unwrap_or_default()
    }

    pub(crate) fn list<T>(&self, list: List<T>) -> impl Iterator<Item = NonZeroU32> + '_ {
        self.items(list).iter().filter_map(|&item| NonZeroU32::new(item))
    }

    pub(crate) fn words(&self, list: List<Word>) -> impl Iterator<Item = &str> + '_ {
        self.list(list).filter_map(|word| NonZeroU16::try_from(word).ok()).map(|word| self.word(Word(word)))
    }

    /// Whether a list has a handle.
    pub(crate) fn has<T: Row>(&self, list: List<T>, id: Id<T>) -> bool {
        self.items(list).contains(&id.number().get())
    }

    pub(crate) fn ids<T: Row>(&self, list: List<T>) -> impl Iterator<Item = Id<T>> + '_ {
        self.list(list).map(Id::new)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_compact() {
        assert_eq!(size_of::<Membership>(), 32);
        assert!(size_of::<Position>() <= 28);
        assert!(size_of::<Person>() <= 44);
        // A million of them come in a year.
        assert_eq!(size_of::<Report>(), 48);
    }

    #[test]
    fn every_reference_is_to_the_same_or_an_earlier_table() {
        use crate::table::Type;
        for (order, table) in TABLES.iter().enumerate() {
            for column in table.columns {
                if let Type::Reference(to) | Type::References(to) = column.kind {
                    let target = Document::ALL.iter().position(|table| table.name == to).unwrap();
                    assert!(target <= order, "{}.{}", table.name, column.name);
                }
            }
        }
    }
}
