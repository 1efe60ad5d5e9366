"""Types of the plain data that answers are made of. Keys are the same in every language."""

from __future__ import annotations

from datetime import date
from typing import Literal, Protocol, TypedDict

Severity = Literal["error", "warning", "info"]
Level = Literal["province", "district", "commune", "village"]
TeamKind = Literal["committee", "steering", "community"]
Locale = Literal["vi", "en"]
Names = Literal["hidden", "initials", "full"]
When = Literal["any", "present", "past"]
State = Literal[
    "not_yet", "open", "due_soon", "overdue", "done_on_time", "done_late", "extended", "excused", "not_bound"
]
Frequency = Literal["week", "month", "quarter", "half_year", "nine_months", "year", "custom"]
Scheme = Literal["administrative", "calendar"]
Params = dict[str, "int | str | list[str]"]
Grid = dict[Level, dict[TeamKind, int]]


class ArrowStream(Protocol):
    """Gives its rows in batches: pandas and polars frames, pyarrow tables, DuckDB relations, and the tables of this package."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """A capsule with a stream."""


class ArrowBatch(Protocol):
    """Gives its rows at once: pyarrow record batches."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        """Capsules with a schema and the rows."""


ArrowTable = ArrowStream | ArrowBatch


class Basis(TypedDict):
    """What a finding rests on."""

    vi: str
    en: str
    force: Literal["binding", "recommended", "practice"]
    verified: bool


class Subject(TypedDict):
    """What a finding is about: a table and an identifier."""

    table: Literal["teams", "people", "units", "decisions"]
    id: str


class FindingDataBase(TypedDict):
    """A finding as plain data; days are ``2022-05-17``."""

    code: str
    name: str
    severity: Severity
    subject: Subject
    unit: str | None
    to: str | None
    present: bool
    params: Params
    basis: Basis | None


# `from` is a keyword, so this part has no class syntax.
FindingDates = TypedDict("FindingDates", {"from": "str | None"})


class FindingData(FindingDataBase, FindingDates, total=False):
    """With text and remedy where a locale was given."""

    text: str
    remedy: str


class Member(TypedDict):
    """A person's part in a team."""

    person: str
    role: Literal["head", "standing_deputy", "deputy", "secretary", "member"]
    acting: bool
    position: str | None


# `from` is a keyword, so this part has no class syntax.
TeamDates = TypedDict("TeamDates", {"from": str, "to": "str | None"})


class TeamRow(TeamDates):
    """A team in force. ``parent`` is as stated, else the nearest steering team above on the day."""

    id: str
    name: str | None
    kind: TeamKind
    unit: str
    covers: list[str]
    parent: str | None
    committee: str | None
    decision: str | None
    suspended: bool
    members: list[Member]


class Share(TypedDict):
    """``part`` of ``whole``."""

    part: int
    whole: int


class RollUpRow(TypedDict):
    """Measures of a unit with all below it. Zeros are left out of the grids."""

    unit: str
    name: str
    level: Level
    parent: str | None
    units: dict[Level, int]
    units_with: Grid
    teams: Grid
    members: Grid
    required: dict[Level, Share]
    villages_covered: Share | None
    roles: dict[str, int]
    sexes: dict[Literal["male", "female", "unknown"], int]
    organisations: dict[str, int]
    findings: dict[Severity, int]
    duties_done: Share | None


Due = Literal["before", "on_or_before", "month_day", "month_end", "after"]
Counted = Literal["days", "working_days", "weeks", "months", "years"]
Adjust = Literal["none", "following", "preceding"]
DayKind = Literal["working_day", "rest_day", "holiday", "day_in_lieu", "swapped_day", "day_off", "make_up_day"]


class DayReason(TypedDict):
    """Why a day is what it is; ``of`` is the holiday in whose place it is free, or the day it is swapped with."""

    vi: str
    en: str
    of: str | None
    basis: Basis


class CalendarDayBase(TypedDict):
    """A day of a policy's calendar. Unless it is ``published`` it is only expected by rule."""

    date: str
    kind: DayKind
    working: bool
    published: bool
    reasons: list[DayReason]
    published_by: Basis | None


class CalendarDay(CalendarDayBase, total=False):
    """With its text where a locale was given."""

    text: str


class Steps(TypedDict):
    """How a due day comes about, a sentence a step."""

    vi: list[str]
    en: list[str]


class DueDay(TypedDict):
    """The last good day, whether it rests on published days alone, and its steps in both languages."""

    due: str
    published: bool
    vi: list[str]
    en: list[str]


# `from` is a keyword, so this part has no class syntax.
AgendaDates = TypedDict("AgendaDates", {"from": str, "due": str, "done": "str | None"})


class AgendaRowBase(AgendaDates):
    """A duty as it stands on ``as_of``. ``due`` is the last good day; ``late`` is in calendar days, ``late_working`` in working days,
    negative before it, none of what nobody owes."""

    obligation: str
    unit: str
    level: Level
    team: str | None
    person: str | None
    period: str | None
    event: str | None
    state: State
    remind: str | None
    published: bool
    late: int | None
    late_working: int | None
    document: str | None
    until: str | None
    lead: str
    supporting: list[str]
    basis: Basis


class AgendaRow(AgendaRowBase, total=False):
    """With names where a locale was given, and with steps where they were asked for."""

    name: str
    period_name: str | None
    unit_name: str
    team_name: str | None
    state_label: str
    lead_label: str
    supporting_labels: list[str]
    steps: Steps


class CompletenessRow(TypedDict):
    """Duties of a unit and all below it under one obligation, in one period where it comes back. Completeness is ``done`` of ``expected``,
    timeliness ``on_time`` of ``expected``; ``overdue`` are past their last good day and not done."""

    unit: str
    name: str
    level: Level
    obligation: str
    period: str | None
    expected: int
    done: int
    on_time: int
    overdue: int


# `from` is a keyword, so this part has no class syntax.
EntryDates = TypedDict("EntryDates", {"from": "str | None", "to": "str | None"})


class EntryBase(EntryDates):
    """An entry of a policy. A setting has ``key`` and ``of``, a severity has ``rule``, an obligation has ``obligation``."""

    value: bool | int | str | list[str] | ObligationValue | None
    scope: str | None
    policy: str
    basis: Basis


class Entry(EntryBase, total=False):
    """With what it sets."""

    key: str
    of: str | None
    rule: str
    obligation: str


class ObligationValue(TypedDict):
    """What has to be done: the columns of ``obligations``; what is absent is ``None``."""

    name_vi: str
    name_en: str
    level: Level
    kinds: list[str]
    who: Literal["unit", "team", "member"]
    teams: TeamKind | None
    every: Frequency | None
    scheme: Scheme | None
    on: Literal["appointment", "event"] | None
    gathers: str | None
    lead: str
    supporting: list[str]
    due: Due
    day: str | None
    count: int | None
    of: Counted | None
    months: int | None
    adjust: Adjust
    soon: int | None
    remind: int | None
    test: Literal["villages_covered", "decision_issued", "recorded", "reported"]
    form: str | None


class Explained(TypedDict):
    """The entry in force in a unit on a day, and those that it overrode, the next one first."""

    entry: Entry
    overrode: list[Entry]


Row = dict[str, "str | int | bool | date | list[str] | None"]


class Add(TypedDict):
    """A new row of a table."""

    add: str
    row: Row


class ChangeRow(TypedDict):
    """New values for the one row that has the values of ``where``."""

    change: str
    where: Row
    set: Row


class End(TypedDict):
    """An end, the first day on which it no longer holds, for the one row that has the values of ``where``."""

    end: str
    where: Row
    to: str | date


Change = Add | ChangeRow | End


class Edited(TypedDict):
    """What an edit changed."""

    gone: list[FindingData]
    new: list[FindingData]
    duties_gone: list[AgendaRow]
    duties_new: list[AgendaRow]


class Rule(TypedDict):
    """A rule, with its texts in both languages and its documentation in Markdown."""

    code: str
    name: str
    title: dict[Locale, str]
    severity: Severity
    policy: list[str]
    params: list[str]
    text: dict[Locale, str]
    remedy: dict[Locale, str]
    doc: str


class Report(TypedDict, total=False):
    """A row of ``reports``; days are dates or text. ``form`` and ``period`` are required, and one of ``team`` and ``unit``."""

    form: str
    version: int | None
    period: str
    unit: str | None
    team: str | None
    kind: Literal["periodic", "thematic", "ad_hoc"] | None
    revision: int | None
    sent: date | str | None
    received: date | str | None
    entered: date | str | None
    channel: str | None
    by: str | None
    state: Literal["draft", "submitted", "returned", "approved", "locked", "reopened"] | None
    figures: dict[str, int] | dict[str, int | None] | None
    not_applicable: list[str] | None
    estimates: list[str] | None
    confirmed: list[str] | None
    prose: dict[str, str] | dict[str, str | None] | None


Filler = Literal["team", "village", "commune", "district", "province"]


# `from` is a keyword, so this part has no class syntax.
FormDates = TypedDict("FormDates", {"from": "str | None", "to": "str | None"})


class FormVersion(FormDates):
    """One version of a form."""

    number: int
    name_vi: str
    name_en: str
    filled_by: list[Filler]
    teams: TeamKind | None
    every: Frequency
    scheme: Scheme
    basis: Basis


class FormPart(TypedDict):
    """What figures, texts and checks of a form have in common."""

    id: str
    since: int
    until: int | None
    filled_by: list[Filler]


class Indicator(FormPart):
    """A figure of a form."""

    label_vi: str
    label_en: str
    unit: str
    counts: Literal["in_period", "year_to_date", "at_cut_off"]
    over_units: Literal["sum", "maximum", "none"]
    over_periods: Literal["sum", "last", "none"]
    goal: str | None
    min: int | None
    max: int | None
    required: bool
    evidence_vi: str | None
    evidence_en: str | None
    basis: Basis


class ProseField(FormPart):
    """A part of a form that is written in words."""

    label_vi: str
    label_en: str
    required: bool


class FormCheck(FormPart):
    """What two sides of figures should be to each other."""

    left: str
    operator: str
    right: str
    left_missing: Literal["skip_if_any", "skip_if_all", "never_skip"]
    right_missing: Literal["skip_if_any", "skip_if_all", "never_skip"]
    tolerance: int
    severity: Literal["error", "warning", "info", "off"]
    message_vi: str
    message_en: str
    basis: Basis


class FormData(TypedDict):
    """A form of a policy, all versions together."""

    id: str
    versions: list[FormVersion]
    indicators: list[Indicator]
    prose: list[ProseField]
    checks: list[FormCheck]


class PreviewFieldBase(TypedDict):
    """A figure or a text that the form asks for."""

    id: str
    unit: str | None
    required: bool
    absent: bool
    figure: int | None
    previous: int | None
    counts: str | None
    min: int | None
    max: int | None


class PreviewField(PreviewFieldBase, total=False):
    """The same, with its label and what is kept as evidence where a locale was given."""

    label: str
    evidence: str | None


class PreviewFinding(TypedDict):
    """A finding and the fields that it is about."""

    fields: list[str]
    finding: FindingData


class NextPeriod(TypedDict):
    """The next period, and the last good day of its report."""

    period: str
    due: str | None


class PreviewData(TypedDict):
    """What is said of a report before it is kept."""

    form: str
    version: int | None
    period: str
    cut_off: str | None
    due: str | None
    next: NextPeriod | None
    fields: list[PreviewField]
    findings: list[PreviewFinding]
