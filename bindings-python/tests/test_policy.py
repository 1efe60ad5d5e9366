"""Policies as documents, and the duties that they ask for."""

import importlib
import json
from datetime import date
from typing import Any

import cnscd
import pytest
from cnscd.types import Explained

pl: Any = importlib.import_module("polars")

BASIS = {"basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"}
DUTY = {
    "id": "set-up-teams", "name_vi": "Thành lập Tổ", "name_en": "Set up the teams", "level": "commune",
    "lead": "peoples_committee", "from": "2022-03-26", "due": "before", "day": "2022-04-30", "soon": 7, "adjust": "none", "test": "villages_covered",
    **BASIS,
}  # fmt: skip
OURS: dict[str, Any] = {
    "name": "ours",
    "extends": "national-2022",
    "settings": [
        {"key": "min_members", "of": "community", "value": 1, "from": "2022-05-01", "scope": "99001", **BASIS},
        {"key": "max_members", "of": "community", "value": 9, "scope": "98", **BASIS},
    ],
    "severities": [{"rule": "no-head", "severity": "off", **BASIS}],
    "obligations": [DUTY],
}
# Made up: one commune has done its duty, one has not, a third has another term.
DOCUMENT = {
    "units": [
        {"code": "990", "name": "Huyện Mẫu", "kind": "huyen", "level": "district"},
        *(
            row
            for n in (1, 2, 3)
            for row in (
                {"code": f"9900{n}", "name": f"Xã Mẫu {n}", "kind": "xa", "level": "commune", "parent": "990"},
                {"code": f"9900{n}-1", "name": "Thôn Đông", "kind": "thon", "level": "village", "parent": f"9900{n}"},
            )
        ),
    ],
    "teams": [{"id": "t", "kind": "community", "unit": "99001", "covers": ["99001-1"], "from": "2022-04-05"}],
    "excuses": [{"obligation": "set-up-teams", "unit": "99003", "day": "2022-04-20", "until": "2022-05-31", "document": "45/UBND-VX"}],
    "people": [{"id": "p", "name": "Trần Mẫu"}],
    "memberships": [{"team": "t", "person": "p", "role": "member", "from": "2022-04-05"}],
}
POLICY = cnscd.Policy.from_json(json.dumps(OURS))
REGISTER = cnscd.Register.from_json(json.dumps(DOCUMENT))
DAY = date(2022, 5, 17)
CHECKED = REGISTER.check(POLICY, as_of=DAY)


def test_documents() -> None:
    for name in cnscd.presets():
        preset = cnscd.Policy.preset(name)
        assert preset.name == name and cnscd.Policy.from_json(preset.to_json()).to_json() == preset.to_json()
        # A preset and its name are one.
        by_name = REGISTER.check(name, as_of=DAY).findings().to_dicts("vi")
        assert REGISTER.check(preset, as_of=DAY).findings().to_dicts("vi") == by_name
    assert json.loads(POLICY.to_json()) == OURS and POLICY.name == "ours" and repr(POLICY) == "<Policy ours>"
    assert cnscd.Policy.from_json("{}").name == "policy"
    assert list(REGISTER.check(cnscd.Policy.from_json("{}"), as_of=DAY).findings(severity="warning")) == []


def test_what_a_policy_asks() -> None:
    assert CHECKED.policy == "ours" and CHECKED.unknown_scopes == ["98"] and REGISTER.check("national-2022", as_of=DAY).unknown_scopes == []
    assert {"T005"} == {f.code for f in REGISTER.check("national-2022", as_of=DAY).findings(code="no-head")}
    assert len(CHECKED.findings(code="no-head")) == 0
    (few,) = CHECKED.findings(code="too-few-members")
    assert (few.from_, few.to) == (date(2022, 4, 5), date(2022, 5, 1))


def test_explain() -> None:
    def of(unit: str, day: date) -> list[Explained]:
        return [one for one in POLICY.explain(REGISTER, unit, day) if one["entry"].get("key") == "min_members"]

    ((before,), (since,), (elsewhere,)) = (of("99001-1", date(2022, 4, 30)), of("99001-1", date(2022, 5, 1)), of("99002", DAY))
    assert before == elsewhere and (before["entry"]["value"], before["entry"]["policy"], before["overrode"]) == (3, "national-2022", [])
    assert (since["entry"]["value"], since["entry"]["scope"], since["entry"]["from"]) == (1, "99001", "2022-05-01")
    assert since["overrode"] == [before["entry"]] and since["entry"]["basis"]["en"] == "An example"
    (off,) = (one for one in POLICY.explain(REGISTER, "990", DAY) if one["entry"].get("rule") == "no-head")
    assert off["entry"]["value"] == "off"
    (own,) = (one["entry"] for one in POLICY.explain(REGISTER, "990", DAY) if "obligation" in one["entry"])
    assert isinstance(own["value"], dict) and (own["obligation"], own["value"]["due"], own["value"]["day"]) == ("set-up-teams", "before", "2022-04-30")


def test_agenda() -> None:
    rows = CHECKED.agenda()
    assert [(row["unit"], row["state"], row["due"], row["done"], row["late"]) for row in rows] == [
        ("99001", "done_on_time", "2022-04-29", "2022-04-05", -24),
        ("99002", "overdue", "2022-04-29", None, 18),
        ("99003", "extended", "2022-05-31", None, -14),
    ]
    assert rows[2]["document"] == "45/UBND-VX" and "name" not in rows[0]
    vi, en = CHECKED.agenda(state="overdue", locale="vi"), CHECKED.agenda(state="overdue", locale="en")
    assert (vi[0]["name"], vi[0]["unit_name"], vi[0]["state_label"]) == ("Thành lập Tổ", "xã Mẫu 2", "Quá hạn, chưa hoàn thành")
    assert (en[0]["name"], en[0]["unit_name"], en[0]["state_label"]) == ("Set up the teams", "Mẫu 2 commune", "Overdue")
    assert CHECKED.agenda(unit="990") == CHECKED.agenda(obligation="set-up-teams") == rows
    assert CHECKED.agenda(unit="99003-1") == [] and CHECKED.agenda(unit="99003") == rows[2:]
    assert CHECKED.agenda(days=0) == rows[1:2] == CHECKED.agenda(days=13) and CHECKED.agenda(days=14) == rows[1:] == CHECKED.agenda(days=2**32 - 1)
    assert REGISTER.check("national-2022", as_of=DAY).agenda() == []
    assert CHECKED.roll_up(unit="990", level="district")[0]["duties_done"] == {"part": 1, "whole": 3}


def test_agenda_table() -> None:
    table = CHECKED.agenda_table()
    keys = ["obligation", "unit", "level", "team", "person", "period", "event", "state", "from", "due", "done", "remind", "published", "late", "late_working", "document"]
    assert table.columns == keys and len(table) == 3
    rows: Any = CHECKED.agenda()
    assert [{key: str(value) if isinstance(value, date) else value for key, value in row.items()} for row in pl.DataFrame(table).to_dicts()] == [
        {key: row[key] for key in keys} for row in rows
    ]
    assert len(CHECKED.agenda_table(unit="99003-1")) == 0 and len(CHECKED.agenda_table(state="overdue", days=0, obligation="set-up-teams")) == 1


PROBLEMS: list[tuple[dict[str, Any], str, str]] = [
    ({"settings": [{**OURS["settings"][0], "value": True}]}, "unfit", "settings[0].value"),
    ({"settings": [{"key": "min_members", "value": 1, **BASIS}]}, "unfit", "settings[0].of"),
    ({"settings": [{"key": "x", "value": 1, **BASIS}]}, "bad-choice", "settings[0].key"),
    ({"settings": 2 * [OURS["settings"][0]]}, "contradiction", "settings[1].key"),
    ({"severities": [{"rule": "no-legs", "severity": "off", **BASIS}]}, "unknown-rule", "severities[0].rule"),
    ({"severities": [{"rule": "no-head", "severity": "error", **BASIS}]}, "not-binding", "severities[0].severity"),
    ({"obligations": [DUTY, DUTY]}, "contradiction", "obligations[1].id"),
    ({"obligations": [{**DUTY, "due": "by"}]}, "bad-choice", "obligations[0].due"),
    ({"obligations": [{**DUTY, "due": "after"}]}, "unfit", "obligations[0].day"),
    ({"people": []}, "unknown-key", "document"),
]


@pytest.mark.parametrize(("document", "code", "place"), PROBLEMS)
def test_problems(document: dict[str, Any], code: str, place: str) -> None:
    with pytest.raises(cnscd.Error) as caught:
        cnscd.Policy.from_json(json.dumps(document))
    assert caught.value.code == "invalid" and [(one.code, one.place) for one in caught.value.problems] == [(code, place)]


def agenda(**query: Any) -> Any:
    return [CHECKED.agenda(**query), CHECKED.agenda_table(**query)]


@pytest.mark.parametrize(
    ("call", "code", "message"),
    [
        (lambda: cnscd.Policy.preset("Trần Mẫu"), "unknown-preset", "there is no preset `***`; the presets are `hai-duong-2022`, "),
        (lambda: cnscd.Policy.from_json('{"extends": "ours"}'), "unknown-preset", "there is no preset `ours`"),
        (lambda: cnscd.Policy.from_json("["), "syntax", "line 1, column 1: EOF"),
        (lambda: cnscd.Policy.from_json("\ud800"), "syntax", "the text holds half of a surrogate pair"),
        (lambda: POLICY.explain(REGISTER, "98", DAY), "unknown-unit", "there is no unit `98`"),
        (lambda: POLICY.explain(REGISTER, "99001", date(1899, 12, 31)), "bad-day", "`1899-12-31` is not a day"),
        (lambda: agenda(unit="98"), "unknown-unit", "there is no unit `98`"),
        (lambda: agenda(obligation="x"), "unknown-obligation", "the policy has no obligation `x`"),
        (lambda: agenda(obligation="Trần Mẫu"), "unknown-obligation", "the policy has no obligation `***`"),
        (lambda: agenda(state="late"), "bad-choice", "`late` is not one of `not_yet`, "),
        (lambda: CHECKED.agenda(locale="fr"), "bad-choice", "`fr` is not one of `"),  # type: ignore[arg-type]
    ],
)
def test_errors(call: Any, code: str, message: str) -> None:
    with pytest.raises(cnscd.Error) as caught:
        call()
    assert caught.value.code == code and str(caught.value).startswith(message) and caught.value.problems == ()


@pytest.mark.parametrize(
    ("call", "kind"),
    [
        (lambda wrong: cnscd.Policy.preset(wrong), TypeError),
        (lambda wrong: cnscd.Policy.from_json(wrong), TypeError),
        (lambda wrong: REGISTER.check(wrong, as_of=DAY), TypeError),
        (lambda wrong: POLICY.explain(wrong, "990", DAY), TypeError),
        (lambda wrong: POLICY.explain(REGISTER, wrong, DAY), TypeError),
        (lambda wrong: POLICY.explain(REGISTER, "990", wrong), TypeError),
        (lambda wrong: agenda(days=wrong), TypeError),
        (lambda wrong: agenda(obligation=wrong), TypeError),
    ],
)
@pytest.mark.parametrize("wrong", [b"{}", 1.5, [], {}, CHECKED, cnscd.Policy])
def test_wrong_types(call: Any, kind: type[Exception], wrong: object) -> None:
    with pytest.raises(kind):
        call(wrong)


@pytest.mark.parametrize("days", [-1, 2**32])
def test_days_out_of_range(days: int) -> None:
    with pytest.raises(OverflowError):
        CHECKED.agenda(days=days)
