from collections.abc import Iterator
from datetime import date
from typing import final, overload

from cnscd.types import Basis, FindingData, Level, Locale, Names, Params, RollUpRow, Rule, Severity, TeamKind, TeamRow, When

__all__ = [
    "Checked",
    "Finding",
    "Findings",
    "Register",
    "compare_text",
    "explain",
    "json_schema",
    "presets",
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
    def to_json(self) -> str:
        """The document; reading it gives the same register."""
    @property
    def note(self) -> str | None:
        """The note of the document: where the facts come from, what in them is made up."""
    def counts(self) -> list[tuple[str, int]]:
        """How many rows each table has."""
    def check(self, policy: str, *, as_of: date) -> Checked:
        """Checks against a preset, as known on `as_of`. Raises `cnscd.Error` if there is no such preset."""

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
    def teams(self, *, unit: str | None = None, kind: TeamKind | None = None) -> list[TeamRow]:
        """Who is who: the teams in force on `as_of` of a unit and all below, of a kind; by unit, kind and identifier."""
    def roll_up(self, *, unit: str | None = None, level: Level | None = None) -> list[RollUpRow]:
        """Measures of units, each with all below it, on `as_of`; by level and code."""

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

def explain(code: str) -> Rule:
    """The rule of a code or a name. Raises `cnscd.Error` if there is none."""

def rules() -> list[str]:
    """The codes of all rules."""

def presets() -> list[str]:
    """The names of the presets."""

def search_key(text: str) -> str:
    """The key that finds a name however it is typed: ``"HẢI Dương"`` gives ``"hai duong"``."""

def compare_text(a: str, b: str) -> int:
    """Vietnamese alphabetical order: -1, 0 or 1, for `functools.cmp_to_key`."""

def json_schema() -> str:
    """The JSON Schema of a document."""

def version() -> str:
    """The version of this package."""
