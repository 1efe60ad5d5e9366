"""Errors: what the caller has to mend before there is an answer."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a document. Personal values in it are ``***``."""

    code: str
    """Kind of problem, such as ``bad-day``."""
    place: str
    """Where: ``people[7].born``, rows counted from 0."""
    table: str | None
    row: int | None
    column: str | None
    item: int | None
    vi: str
    """What is wrong and what would be right, in Vietnamese."""
    en: str
    """The same in English."""

    def text(self, locale: Literal["vi", "en"] = "vi") -> str:
        """What is wrong and what would be right, without the place."""
        return self.vi if locale == "vi" else self.en


class Error(ValueError):
    """Why there is no answer: ``code`` is the same in every language; a document that cannot become facts has ``problems``."""

    code: str
    problems: tuple[Problem, ...]

    def __init__(self, message: str, code: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.code = code
        self.problems = problems

    @classmethod
    def _from_native(cls, code: str, message: str, problems: str) -> Error:
        return cls(message, code, tuple(Problem(**problem) for problem in json.loads(problems)))
