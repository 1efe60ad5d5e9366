from collections.abc import Iterator, Sequence
from datetime import date
from typing import final, overload

from cnscd.types import (
    Adjust,
    AgendaRow,
    ArrowTable,
    Basis,
    CalendarDay,
    Change,
    CompletenessRow,
    Counted,
    Due,
    DueDay,
    Edited,
    Explained,
    FindingData,
    FormData,
    Frequency,
    Level,
    Locale,
    Names,
    Params,
    PreviewData,
    Report,
    RollUpRow,
    Rule,
    Scheme,
    Severity,
    State,
    TeamKind,
    TeamRow,
    When,
)

__all__ = [
    "Checked",
    "Finding",
    "Findings",
    "LunarDate",
    "Period",
    "Policy",
    "Register",
    "Reports",
    "Table",
    "compare_text",
    "explain",
    "json_schema",
    "policy_schema",
    "presets",
    "reports_schema",
    "rules",
    "search_key",
    "version",
]

@final
class Register:
    """Dated facts, read and indexed."""

    @staticmethod
    def from_json(json: str | bytes) -> Register:
        """Reads a JSON document. Raises `cnscd.Error` with every problem and its place."""
    @staticmethod
    def from_tables(
        *,
        note: str | None = None,
        units: ArrowTable | None = None,
        successions: ArrowTable | None = None,
        attributes: ArrowTable | None = None,
        bodies: ArrowTable | None = None,
        decisions: ArrowTable | None = None,
        teams: ArrowTable | None = None,
        suspensions: ArrowTable | None = None,
        declarations: ArrowTable | None = None,
        people: ArrowTable | None = None,
        residences: ArrowTable | None = None,
        affiliations: ArrowTable | None = None,
        positions: ArrowTable | None = None,
        memberships: ArrowTable | None = None,
        events: ArrowTable | None = None,
        excuses: ArrowTable | None = None,
        completions: ArrowTable | None = None,
    ) -> Register:
        """Reads data frames or anything else that speaks Arrow, a table each; one that is not given is empty.

        Null is absent. Days are dates, midnights or text; lists are lists, or text with `;` between the items.
        Raises `cnscd.Error` with every problem and its place; what is wrong with a whole column has no row. `TypeError` if
        something is no table, `ValueError` or `RuntimeError` if its own library cannot give its rows.
        """
    def to_json(self) -> str:
        """The document; reading it gives the same register."""
    def table(self, name: str) -> Table:
        """The facts of a table, such as `people`, personal values and all; of `reports` each figure and text is a column, `figures.members`. Raises `cnscd.Error` if there is no such table."""
    def with_reports(self, reports: Reports) -> Register:
        """The register with reports that were read beside it; nothing is copied. Raises `cnscd.Error` if they were read beside another."""
    @property
    def reports(self) -> Reports | None:
        """The reports that it has."""
    def reports_to_json(self) -> str | None:
        """The reports as a document; reading it beside the register gives the same reports."""
    def erase(self, person: str) -> Register:
        """A register without name, birth day, phone, citizen number and residences of somebody. Raises `cnscd.Error` if there is nobody."""
    @property
    def note(self) -> str | None:
        """The note of the document: where the facts come from, what in them is made up."""
    def counts(self) -> list[tuple[str, int]]:
        """How many rows each table has."""
    def check(self, policy: str | Policy, *, as_of: date) -> Checked:
        """Checks against a policy, or the preset of a name, as known on `as_of`. Raises `cnscd.Error` if there is no such preset."""

@final
class Reports:
    """Reports of teams and units, read beside their register."""

    @staticmethod
    def from_json(register: Register, json: str | bytes) -> Reports:
        """Reads a JSON document: an object with the list `reports`. Raises `cnscd.Error` with every problem and its place."""
    @staticmethod
    def from_table(register: Register, table: ArrowTable, *, note: str | None = None) -> Reports:
        """Reads a data frame or anything else that speaks Arrow: the columns of `reports`, and one for each figure and text (`figures.members`,
        `prose.difficulties`). Raises as `Register.from_tables` does.
        """
    @property
    def note(self) -> str | None:
        """The note of the document."""
    def forms(self) -> list[tuple[str, list[str]]]:
        """The forms that they name, each with the indicators that somebody reported."""
    def __len__(self) -> int: ...

@final
class Policy:
    """What is asked, since when, where, and on which text that rests."""

    @staticmethod
    def preset(name: str) -> Policy:
        """A policy that comes with the library. Raises `cnscd.Error` if there is none of this name."""
    @staticmethod
    def from_json(json: str) -> Policy:
        """Reads a policy; what it `extends` is a preset. Raises `cnscd.Error` with every problem and its place."""
    def to_json(self) -> str:
        """The document, without what it extends; reading it gives the same policy."""
    @property
    def name(self) -> str: ...
    def explain(self, register: Register, unit: str, day: date) -> list[Explained]:
        """Every value in force in a unit on a day, where it comes from, and what it overrode: settings, severities, obligations."""
    def day(self, date: date, *, locale: Locale | None = None) -> CalendarDay:
        """Whether people work on a date, why, and by which text. Raises `cnscd.Error` for a date that the calendar does not know."""
    def is_working(self, date: date) -> bool: ...
    def count_working_days(self, from_: date, to: date) -> int:
        """Working days behind `from_`, up to and including `to`; negative if `to` lies before `from_`."""
    def add_working_days(self, from_: date, count: int) -> date:
        """The `count`-th working day behind `from_`; before it if `count` is negative."""
    def adjust(self, date: date, adjust: Adjust) -> date:
        """A date moved to a working day."""
    def due(
        self,
        due: Due,
        *,
        adjust: Adjust,
        day: date | None = None,
        count: int | None = None,
        of: Counted | None = None,
        months: int | None = None,
        start: date | Period | None = None,
        scheme: Scheme | None = None,
    ) -> DueDay:
        """The last good day by a rule with the columns of `obligations`, and how it comes about; `start` is the day from which a term runs, or
        the period (with its scheme) after which it does.

        >>> import cnscd
        >>> from datetime import date
        >>> policy = cnscd.Policy.preset("national-2022")
        >>> policy.due("on_or_before", day=date(2022, 4, 30), adjust="following")["due"]
        '2022-05-04'
        """
    def forms(self) -> list[FormData]:
        """Every form: its versions, indicators, prose fields and checks."""
    def due_of(self, obligation: str) -> DueDay:
        """The last good day of an obligation of the policy where no unit has its own, an extension not counted."""

@final
class Checked:
    """A register that was checked."""

    @property
    def policy(self) -> str: ...
    @property
    def as_of(self) -> date: ...
    def findings(
        self,
        *,
        unit: str | None = None,
        code: str | None = None,
        severity: Severity | None = None,
        when: When = "any",
    ) -> Findings:
        """Findings of a unit and all below, of a rule, of a severity; by severity, rule, unit, subject and first day."""
    @property
    def register(self) -> Register:
        """The facts, with all edits."""
    def preview(self, report: Report, *, locale: Locale | None = None, names: Names = "hidden") -> PreviewData:
        """What is said of a report before it is kept: its findings by field, what the form asks, what was reported last, by when it is due.

        It is a row of `reports`; nothing is changed. Raises `cnscd.Error` with every problem.
        """
    def departures(self, form: str) -> Table:
        """The reports under a form that depart from its checks: `report` (the number in the document) and `check`."""
    def edit(
        self, changes: Change | Sequence[Change], *, locale: Locale | None = None, names: Names = "hidden"
    ) -> Edited:
        """Adds, changes or ends rows, all or none; findings and duties that are gone and new. Raises `cnscd.Error` at ``changes[n]``."""
    @property
    def unknown_scopes(self) -> list[str]:
        """Codes that the policy names as a scope and no unit of the register has."""
    @property
    def unknown_attributes(self) -> list[str]:
        """Attributes (``unit.households``) that checks of the policy's forms ask for and that is said of no unit."""
    def agenda(
        self,
        *,
        unit: str | None = None,
        team: str | None = None,
        body: str | None = None,
        obligation: str | None = None,
        state: State | None = None,
        from_: date | None = None,
        until: date | None = None,
        days: int | None = None,
        by_unit: bool = False,
        locale: Locale | None = None,
        steps: bool = False,
    ) -> list[AgendaRow]:
        """Duties by the end of their term: of a unit and all below, of a team and its members, with a part for a body, of an obligation, in a
        state, due on `from_` or later and on `until` or earlier, done or not; `days`: left to do and due within so many days, periods that begin until then among them; `by_unit`: grouped by level and unit; `steps`: how each due day comes about.
        """
    def agenda_table(
        self,
        *,
        unit: str | None = None,
        team: str | None = None,
        body: str | None = None,
        obligation: str | None = None,
        state: State | None = None,
        from_: date | None = None,
        until: date | None = None,
        days: int | None = None,
        by_unit: bool = False,
    ) -> Table:
        """The agenda for data frames."""
    def to_ical(
        self,
        *,
        unit: str | None = None,
        team: str | None = None,
        body: str | None = None,
        obligation: str | None = None,
        state: State | None = None,
        from_: date | None = None,
        until: date | None = None,
        days: int | None = None,
        by_unit: bool = False,
        locale: Locale = "vi",
    ) -> str:
        """The agenda as an iCalendar (RFC 5545), an all-day event for each duty; reading a later one again updates the events."""
    def completeness(
        self, *, unit: str | None = None, level: Level | None = None, obligation: str | None = None, period: str | None = None
    ) -> list[CompletenessRow]:
        """Duties expected, done, and done in time, of each unit with all below it, by obligation and period."""
    def completeness_table(
        self, *, unit: str | None = None, level: Level | None = None, obligation: str | None = None, period: str | None = None
    ) -> Table:
        """The same for data frames."""
    def teams(self, *, unit: str | None = None, kind: TeamKind | None = None) -> list[TeamRow]:
        """Who is who: the teams in force on `as_of` of a unit and all below, of a kind; by unit, kind and identifier."""
    def roll_up(self, *, unit: str | None = None, level: Level | None = None) -> list[RollUpRow]:
        """Measures of units, each with all below it, on `as_of`; by level and code."""
    def roll_up_table(self, *, unit: str | None = None, level: Level | None = None) -> Table:
        """The same with a column for each number: `teams_commune_community`, `villages_covered_part` ..."""

@final
class Findings:
    """Findings in their order: a sequence."""

    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, index: int, /) -> Finding: ...
    @overload
    def __getitem__(self, index: slice, /) -> Findings: ...
    def __iter__(self) -> Iterator[Finding]: ...
    def to_dicts(self, locale: Locale | None = None, *, names: Names = "hidden") -> list[FindingData]:
        """Plain data, with `text` and `remedy` where a locale is given."""
    def table(self, locale: Locale | None = None, *, names: Names = "hidden") -> Table:
        """A row for each finding, with `text` and `remedy` where a locale is given; `params` is JSON text."""
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """That of `table()`: `pandas.DataFrame.from_arrow`, `polars.DataFrame`, `pyarrow.table` and DuckDB take findings as they are."""

@final
class Table:
    """Rows and columns for a data frame: `pandas.DataFrame.from_arrow`, `polars.DataFrame`, `pyarrow.table` and DuckDB take it."""

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
    def __len__(self) -> int: ...
    def __arrow_c_schema__(self) -> object: ...
    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...

@final
class Finding:
    """What a rule says of a subject over a span. Identifiers only; names are rendered where asked for."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def subject(self) -> tuple[str, str]:
        """Table and identifier."""
    @property
    def unit(self) -> str | None:
        """Code of the lowest unit that holds all of it."""
    @property
    def from_(self) -> date | None:
        """First day; none if it is not a matter of days."""
    @property
    def to(self) -> date | None:
        """First day on which it no longer holds; none if it holds on `as_of`."""
    @property
    def present(self) -> bool: ...
    @property
    def params(self) -> Params: ...
    @property
    def basis(self) -> Basis | None:
        """The text that it rests on; none if it rests on the facts alone."""
    def text(self, locale: Locale = "vi", *, names: Names = "hidden") -> str:
        """The fact, one sentence."""
    def remedy(self, locale: Locale = "vi", *, names: Names = "hidden") -> str:
        """What mends it, one sentence."""
    def to_dict(self, locale: Locale | None = None, *, names: Names = "hidden") -> FindingData:
        """Plain data, with `text` and `remedy` where a locale is given."""

@final
class LunarDate:
    """A day of the Vietnamese lunar calendar (âm lịch), from 1900-01-31 to 2101-01-28. Days are ordered as they follow each other.

    >>> import cnscd
    >>> from datetime import date
    >>> cnscd.LunarDate(2022, 3, 10).date()
    datetime.date(2022, 4, 10)
    >>> cnscd.LunarDate.of(date(2023, 3, 22))
    LunarDate(2023, 2, 1, leap=True)
    """

    def __new__(cls, year: int, month: int, day: int, *, leap: bool = False) -> LunarDate:
        """`leap` says that the second month of this number (tháng nhuận) is meant. Raises `cnscd.Error` if there is no such day."""
    @staticmethod
    def of(date: date) -> LunarDate:
        """The lunar day of a date; of a datetime its own day counts, whatever its zone. Raises `cnscd.Error` outside the calendar."""
    def date(self) -> date: ...
    @property
    def year(self) -> int:
        """The year of its New Year's Day (Tết)."""
    @property
    def month(self) -> int: ...
    @property
    def leap(self) -> bool: ...
    @property
    def day(self) -> int: ...
    def text(self, locale: Locale) -> str:
        """In words: ``10/3 năm 2022 (âm lịch)``."""
    def __getnewargs_ex__(self) -> tuple[tuple[int, int, int], dict[str, bool]]: ...
    def __hash__(self) -> int: ...
    def __lt__(self, other: LunarDate, /) -> bool: ...
    def __le__(self, other: LunarDate, /) -> bool: ...
    def __gt__(self, other: LunarDate, /) -> bool: ...
    def __ge__(self, other: LunarDate, /) -> bool: ...

@final
class Period:
    """What a report is about (kỳ báo cáo), by its notation: ``2022-05``, ``2022-Q2``, ``2022-H1``, ``2022-9M``, ``2022``, ``2022-W18``,
    or ``2022-05-10/2022-06-09``.

    >>> import cnscd
    >>> from datetime import date
    >>> cnscd.Period.at("month", date(2022, 5, 17), "administrative")
    Period('2022-06')
    >>> cnscd.Period("2022-Q2").days("administrative")
    (datetime.date(2022, 3, 15), datetime.date(2022, 6, 14))
    """

    def __new__(cls, notation: str) -> Period:
        """Raises `cnscd.Error` if it is no period, with what is wrong."""
    @staticmethod
    def at(frequency: Frequency, date: date, scheme: Scheme) -> Period | None:
        """The period of a frequency that has a day; none if none of 1901 to 2199 has it. Of a datetime its own day counts."""
    @property
    def frequency(self) -> Frequency: ...
    def days(self, scheme: Scheme) -> tuple[date, date]:
        """The first day and the last, which is the cut-off."""
    def contains(self, date: date, scheme: Scheme) -> bool: ...
    def next(self) -> Period | None:
        """The one after it of the same frequency."""
    def previous(self) -> Period | None:
        """The one before it of the same frequency."""
    def through(self, last: Period) -> list[Period]:
        """The periods from this one to `last`; none if `last` lies before it or has another frequency. A span of days leads to itself alone."""
    def split(self, into: Frequency) -> list[Period]:
        """The periods of a frequency that it consists of. Raises `cnscd.Error` if such periods do not fill it."""
    def text(self, locale: Locale) -> str:
        """Its name: ``quý II/2022``."""
    def __getnewargs__(self) -> tuple[str]: ...
    def __hash__(self) -> int: ...

def explain(code: str) -> Rule:
    """The rule of a code or a name. Raises `cnscd.Error` if there is none."""

def reports_schema() -> str:
    """The JSON Schema (draft 2020-12) of a document of reports."""
def rules() -> list[str]:
    """The codes of all rules."""

def presets() -> list[str]:
    """The names of the presets."""

def search_key(text: str) -> str:
    """The key that finds a name however it is typed: ``"HẢI Dương"`` gives ``"hai duong"``."""

def compare_text(a: str, b: str) -> int:
    """Vietnamese alphabetical order: -1, 0 or 1, for `functools.cmp_to_key`."""

def json_schema() -> str:
    """The JSON Schema of a register."""

def policy_schema() -> str:
    """The JSON Schema of a policy."""

def version() -> str:
    """The version of this package."""
