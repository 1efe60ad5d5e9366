"""Runs every file of `vectors/`: a case is a document, a call, and the answer word for word."""

import importlib
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cnscd
import pytest

if TYPE_CHECKING:
    from cnscd.types import DueDay

# Its own types are of no use here.
pyarrow: Any = importlib.import_module("pyarrow")
FILES = sorted((Path(__file__).parent / "vectors").rglob("*.json"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in FILES
    for case in json.loads(file.read_text(encoding="utf-8"))["cases"]
]
INPUT = {"name", "lunar", "period", "calendar", "due_rule", "register", "document", "policy", "as_of", "query", "agenda", "completeness", "explain", "edits", "reports", "preview", "departures"}


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
        **({"through": [str(other) for other in own.through(cnscd.Period(asked["through"]))]} if "through" in asked else {}),
        **({"has": [own.contains(date.fromisoformat(day), scheme) for day in asked["has"]]} if "has" in asked else {}),
    }


def calendar(asked: dict[str, Any], policy: cnscd.Policy) -> dict[str, object]:
    """What the calendar of a policy says."""
    dates = {key: date.fromisoformat(asked[key]) for key in ("day", "from", "to") if key in asked}
    if "day" in asked:
        return {"day": policy.day(dates["day"], locale="vi"), "en": policy.day(dates["day"], locale="en")["text"]}
    if "adjust" in asked:
        return {"date": policy.adjust(dates["from"], asked["adjust"]).isoformat()}
    if "add" in asked:
        return {"date": policy.add_working_days(dates["from"], asked["add"]).isoformat()}
    return {"count": policy.count_working_days(dates["from"], dates["to"])}


def due(asked: dict[str, Any], policy: cnscd.Policy) -> "DueDay":
    """The due day of a rule."""
    if "obligation" in asked:
        return policy.due_of(asked["obligation"])
    rule = {**asked, **({"day": date.fromisoformat(asked["day"])} if "day" in asked else {})}
    if "start" in asked:
        rule["start"] = cnscd.Period(asked["start"]) if "scheme" in asked else date.fromisoformat(asked["start"])
    return policy.due(**rule)


def chosen(policy: str | dict[str, Any]) -> cnscd.Policy:
    """The preset of a name, or the policy of a document."""
    return cnscd.Policy.preset(policy) if isinstance(policy, str) else cnscd.Policy.from_json(json.dumps(policy))


def answer(case: dict[str, Any]) -> dict[str, object]:
    """What the package says of a case."""
    try:
        if "lunar" in case:
            return lunar(case["lunar"])
        if "period" in case:
            return period(case["period"])
        if "calendar" in case:
            return calendar(case["calendar"], chosen(case["policy"]))
        if "due_rule" in case:
            return dict(due(case["due_rule"], chosen(case["policy"])))
        register = cnscd.Register.from_json(case["document"] if "document" in case else json.dumps(case["register"]))
        if "reports" in case:
            reports = case["reports"] if isinstance(case["reports"], str) else json.dumps(case["reports"])
            register = register.with_reports(cnscd.Reports.from_json(register, reports))
        policy = case["policy"] if isinstance(case["policy"], str) else chosen(case["policy"])
        checked = register.check(policy, as_of=date.fromisoformat(case["as_of"]))
        edited = [checked.edit(changes, locale="vi") for changes in case.get("edits", [])]
        findings = checked.findings(**case.get("query", {}))
        more: dict[str, object] = {"edited": edited} if edited else {}
        if "agenda" in case:
            query = dict(case["agenda"])
            first, last = [date.fromisoformat(day) if day else None for day in (query.pop("from", None), query.pop("until", None))]
            more["duties"] = checked.agenda(**query, from_=first, until=last, locale="vi")
        if "completeness" in case:
            more["counts"] = checked.completeness(**case["completeness"])
        if "preview" in case:
            more["previewed"] = checked.preview(case["preview"], locale="vi")
        if "departures" in case:
            more["departed"] = pyarrow.table(checked.departures(case["departures"])).to_pylist()
        if "explain" in case:
            unit, day = case["explain"]["unit"], date.fromisoformat(case["explain"]["day"])
            more["explained"] = chosen(case["policy"]).explain(register, unit, day)
    except cnscd.Error as error:
        if error.problems:
            return {"error": error.code, "problems": [vars(problem) for problem in error.problems]}
        return {"error": error.code, "message": str(error)}
    english = [{"text": finding["text"], "remedy": finding["remedy"]} for finding in findings.to_dicts("en")]
    return {"findings": findings.to_dicts("vi"), "en": english, **more}


@pytest.mark.parametrize("case", CASES)
def test_vector(case: dict[str, Any]) -> None:
    assert answer(case) == {key: value for key, value in case.items() if key not in INPUT}
