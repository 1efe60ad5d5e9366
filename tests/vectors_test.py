"""Runs every file of `vectors/`: a case is a document, a call, and the answer word for word."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import cnscd
import pytest

FILES = sorted((Path(__file__).parent / "vectors").rglob("*.json"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in FILES
    for case in json.loads(file.read_text(encoding="utf-8"))["cases"]
]
INPUT = {"name", "lunar", "period", "register", "document", "policy", "as_of", "query", "agenda", "explain", "edits"}


def lunar(asked: dict[str, Any]) -> dict[str, object]:
    """The lunar day of a date, or of its numbers."""
    day = cnscd.LunarDate.of(date.fromisoformat(asked["date"])) if "date" in asked else cnscd.LunarDate(**asked)
    numbers = {"year": day.year, "month": day.month, "leap": day.leap, "day": day.day}
    return {"day": numbers, "date": day.date().isoformat(), "vi": day.text("vi"), "en": day.text("en")}


def period(asked: dict[str, Any]) -> dict[str, object]:
    """A period, or the period of a day."""
    scheme = asked["scheme"]
    if "at" in asked:
        found = cnscd.Period.at(asked["frequency"], date.fromisoformat(asked["at"]), scheme)
        return {"found": found and str(found)}
    own = cnscd.Period(asked["of"])
    first, last = own.days(scheme)
    names = {"next": own.next(), "previous": own.previous()}
    return {
        "frequency": own.frequency,
        "first": first.isoformat(),
        "last": last.isoformat(),
        **{key: other and str(other) for key, other in names.items()},
        "vi": own.text("vi"),
        "en": own.text("en"),
        **({"parts": [str(part) for part in own.split(asked["split"])]} if "split" in asked else {}),
    }


def answer(case: dict[str, Any]) -> dict[str, object]:
    """What the package says of a case."""
    try:
        if "lunar" in case:
            return lunar(case["lunar"])
        if "period" in case:
            return period(case["period"])
        register = cnscd.Register.from_json(case["document"] if "document" in case else json.dumps(case["register"]))
        policy = case["policy"] if isinstance(case["policy"], str) else cnscd.Policy.from_json(json.dumps(case["policy"]))
        checked = register.check(policy, as_of=date.fromisoformat(case["as_of"]))
        edited = [checked.edit(changes, locale="vi") for changes in case.get("edits", [])]
        findings = checked.findings(**case.get("query", {}))
        more: dict[str, object] = {"edited": edited} if edited else {}
        if "agenda" in case:
            more["duties"] = checked.agenda(**case["agenda"], locale="vi")
        if "explain" in case:
            unit, day = case["explain"]["unit"], date.fromisoformat(case["explain"]["day"])
            chosen = cnscd.Policy.preset(policy) if isinstance(policy, str) else policy
            more["explained"] = chosen.explain(register, unit, day)
    except cnscd.Error as error:
        if error.problems:
            return {"error": error.code, "problems": [vars(problem) for problem in error.problems]}
        return {"error": error.code, "message": str(error)}
    english = [{"text": finding["text"], "remedy": finding["remedy"]} for finding in findings.to_dicts("en")]
    return {"findings": findings.to_dicts("vi"), "en": english, **more}


@pytest.mark.parametrize("case", CASES)
def test_vector(case: dict[str, Any]) -> None:
    assert answer(case) == {key: value for key, value in case.items() if key not in INPUT}
