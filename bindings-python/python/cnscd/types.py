"""Types of the plain data that answers are made of. Keys are the same in every language."""

from __future__ import annotations

from typing import Literal, TypedDict

Severity = Literal["error", "warning", "info"]
Level = Literal["province", "district", "commune", "village"]
TeamKind = Literal["committee", "steering", "community"]
Locale = Literal["vi", "en"]
Names = Literal["hidden", "initials", "full"]
When = Literal["any", "present", "past"]
Params = dict[str, "int | str | list[str]"]
Grid = dict[Level, dict[TeamKind, int]]


class Basis(TypedDict):
    """What a finding rests on."""

    vi: str
    en: str
    force: Literal["binding", "recommended", "practice"]
    verified: bool


class Subject(TypedDict):
    """What a finding is about: a table and an identifier."""

    table: Literal["teams", "people", "units"]
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
