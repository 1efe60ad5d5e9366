"""Answers as Rust does, word for word: `out/equal.jsonl`, which `make equal` writes, has 1,000 random registers with policies, reports and edits."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import cnscd

FILE = Path(__file__).resolve().parents[1] / "out" / "equal.jsonl"


def told(error: cnscd.Error) -> dict[str, object]:
    return {"error": error.code, "message": str(error), "problems": [vars(problem) for problem in error.problems]}


def look(checked: cnscd.Checked, names: Any, last: bool) -> dict[str, object]:
    findings = checked.findings()
    answers: dict[str, object] = {"vi": findings.to_dicts("vi", names=names), "roll_up": checked.roll_up()}
    if last:
        answers["en"] = [[finding.text("en", names=names), finding.remedy("en", names=names)] for finding in findings]
        answers |= {"agenda": checked.agenda(locale="vi", steps=True), "teams": checked.teams(), "unknown_scopes": checked.unknown_scopes, "unknown_attributes": checked.unknown_attributes}
        answers |= {"ahead": checked.agenda(days=45, locale="vi", steps=True), "completeness": checked.completeness()}
        answers["document"] = checked.register.to_json()
        answers["reports"] = checked.register.reports_to_json()
    return answers


def answers(case: dict[str, Any]) -> Iterator[object]:
    """One after the other; the first error ends them unless it is that of an edit."""
    as_of, names = date.fromisoformat(case["as_of"]), case["names"]
    try:
        register = cnscd.Register.from_json(case["document"])
        if case["reports"]:
            register = register.with_reports(cnscd.Reports.from_json(register, case["reports"]))
        own = case["policy"].startswith("{")
        policy = cnscd.Policy.from_json(case["policy"]) if own else cnscd.Policy.preset(case["policy"])
        checked = register.check(policy if own else case["policy"], as_of=as_of)
        yield look(checked, names, last=False)
        for changes in case["edits"]:
            try:
                yield checked.edit(changes, locale="vi", names=names)
            except cnscd.Error as error:
                yield told(error)
        yield look(checked, names, last=True)
        yield checked.register.erase("p0").to_json()
        if case["preview"]:
            yield checked.preview(case["preview"], locale="vi", names=names)
        if case["explain"]:
            yield policy.explain(register, case["explain"], as_of)
    except cnscd.Error as error:
        yield told(error)


def test_random_registers() -> None:
    with FILE.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            case = json.loads(line)
            for at, (got, wanted) in enumerate(zip(answers(case), case["answers"], strict=True)):
                assert got == wanted, f"line {number}, answer {at}"
    assert number == 1000
