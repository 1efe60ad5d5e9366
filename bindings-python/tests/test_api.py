"""Every public function, getter, filter and error."""

import functools
import importlib.metadata
import json
from datetime import date
from typing import Any

import cnscd
import pytest

SECRETS = ["Mật", "0990123456", "099190000001", "1990"]
DOCUMENT = {
    "note": "Không có thật.",
    "units": [
        {"code": "990", "name": "Huyện Mẫu", "kind": "huyen", "level": "district"},
        {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "parent": "990"},
        {"code": "99002", "name": "Xã Khác", "kind": "xa", "level": "commune", "parent": "990"},
    ],
    "teams": [
        {"id": "t-1", "kind": "community", "unit": "99001", "from": "2022-04-05"},
        {"id": "t-2", "kind": "community", "unit": "99002", "from": "2022-04-05", "to": "2022-05-01"},
    ],
    "people": [
        {"id": "p-1", "name": "Phạm Văn Mật", "sex": "male", "born": "1990-02-03", "phone": "0990123456"},
        {"id": "p-2", "name": "Lê Thị Mật", "sex": "female", "citizen_number": "099190000001"},
    ],
    "memberships": [
        {"team": "t-1", "person": "p-1", "role": "head", "from": "2022-04-05"},
        {"team": "t-1", "person": "p-2", "role": "head", "from": "2022-05-01"},
    ],
}
REGISTER = cnscd.Register.from_json(json.dumps(DOCUMENT))
RULES = ["too-few-members", "organisation-not-represented", "no-young-member", "villages-unknown"]
BASIS = {"basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"}
# Only what the tests are about.
POLICY = cnscd.Policy.from_json(
    json.dumps({"name": "ours", "extends": "national-2022", "severities": [{"rule": rule, "severity": "off", **BASIS} for rule in RULES]})
)
CHECKED = REGISTER.check(POLICY, as_of=date(2022, 5, 17))
T004, T001, PAST = CHECKED.findings()


def test_register() -> None:
    assert REGISTER.note == "Không có thật."
    assert cnscd.Register.from_json("{}").note is None
    assert REGISTER.counts()[:2] == [("units", 3), ("successions", 0)] and len(REGISTER.counts()) == 16
    assert {name for name, _ in REGISTER.counts()} <= json.loads(cnscd.json_schema())["properties"].keys()
    assert json.loads(REGISTER.to_json()) == DOCUMENT
    assert cnscd.Register.from_json(REGISTER.to_json().encode()).to_json() == REGISTER.to_json()
    assert (CHECKED.policy, CHECKED.as_of) == ("ours", date(2022, 5, 17))


def test_finding() -> None:
    assert (T004.code, T004.name, T004.severity) == ("T004", "two-heads", "error")
    assert (T004.subject, T004.unit, T004.present) == (("teams", "t-1"), "99001", True)
    assert (T004.from_, T004.to) == (date(2022, 5, 1), None)
    assert T004.params == {"n": 2, "people": ["p-1", "p-2"]} and T004.basis is None
    assert (PAST.from_, PAST.to, PAST.present) == (date(2022, 4, 5), date(2022, 5, 1), False)
    assert PAST.basis is not None and PAST.basis["force"] == "recommended" and PAST.basis["verified"]
    data = T004.to_dict()
    assert "text" not in data and data["from"] == "2022-05-01" and data["subject"] == {"table": "teams", "id": "t-1"}
    assert T004.to_dict("en") == {**data, "text": T004.text("en"), "remedy": T004.remedy("en")}


def test_names_are_asked_for() -> None:
    assert "người có mã p-1; người có mã p-2" in T004.text()
    assert "P.V.M. (p-1)" in T004.text("vi", names="initials")
    assert "ông Phạm Văn Mật; bà Lê Thị Mật" in T004.text("vi", names="full")
    assert "Phạm Văn Mật; Lê Thị Mật" in T004.to_dict("en", names="full")["text"]


def test_findings() -> None:
    findings = CHECKED.findings()
    assert len(findings) == 3 and [finding.code for finding in findings] == ["T004", "T001", "T001"]
    assert findings[-1].subject == findings[2].subject
    for index in (3, -4):
        with pytest.raises(IndexError):
            findings[index]
    assert findings.to_dicts("vi") == [finding.to_dict("vi") for finding in findings]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"unit": "990"}, 3),
        ({"unit": "99002"}, 1),
        ({"code": "T001"}, 2),
        ({"code": "two-heads"}, 1),
        ({"severity": "warning"}, 2),
        ({"severity": "info"}, 0),
        ({"when": "present"}, 2),
        ({"when": "past"}, 1),
        ({"unit": "99001", "code": "T001", "severity": "warning", "when": "present"}, 1),
    ],
)
def test_filters(query: dict[str, Any], count: int) -> None:
    assert len(CHECKED.findings(**query)) == count


def test_slices() -> None:
    findings = CHECKED.findings()
    codes = [finding.code for finding in findings]
    assert [finding.code for finding in findings[1:]] == codes[1:] and len(findings[:0]) == 0
    assert [finding.code for finding in findings[::-1]] == codes[::-1]


def test_teams() -> None:
    (team,) = CHECKED.teams()
    assert CHECKED.teams(unit="99001", kind="community") == [team] and CHECKED.teams(kind="steering") == []
    assert (team["unit"], team["kind"], team["parent"], team["suspended"]) == ("99001", "community", None, False)
    assert [member["role"] for member in team["members"]] == sorted(member["role"] for member in team["members"])
    assert team["members"] and set(team["members"][0]) == {"person", "role", "acting", "position"}


def test_roll_up() -> None:
    district, commune, other = CHECKED.roll_up()
    assert (district["unit"], commune["parent"], other["level"]) == ("990", "990", "commune")
    assert district["teams"] == {"commune": {"community": 1}} and district["villages_covered"] is None
    assert commune["sexes"] == {"male": 1, "female": 1, "unknown": 0} and commune["roles"]["head"] == 2
    assert CHECKED.roll_up(level="district") == [district]
    assert CHECKED.roll_up(unit="99002") == [other] == CHECKED.roll_up(unit="99002", level="commune")


@pytest.mark.parametrize(
    ("call", "code", "message"),
    [
        (lambda: REGISTER.check("x", as_of=date(2022, 1, 1)), "unknown-preset", "there is no preset `x`; the presets are"),
        (lambda: REGISTER.check("national-2022", as_of=date(1899, 1, 1)), "bad-day", "`1899-01-01` is not a day"),
        (lambda: CHECKED.findings(unit="98"), "unknown-unit", "there is no unit `98`"),
        (lambda: CHECKED.roll_up(unit="98"), "unknown-unit", "there is no unit `98`"),
        (lambda: CHECKED.findings(code="X"), "unknown-rule", "there is no rule `X`"),
        (lambda: cnscd.explain("X"), "unknown-rule", "there is no rule `X`"),
        (lambda: CHECKED.findings(severity="x"), "bad-choice", "`x` is not one of `"),  # type: ignore[arg-type]
        (lambda: CHECKED.findings(when="x"), "bad-choice", "`x` is not one of `"),  # type: ignore[arg-type]
        (lambda: CHECKED.roll_up(level="x"), "bad-choice", "`x` is not one of `"),  # type: ignore[arg-type]
        (lambda: T004.text("fr"), "bad-choice", "`fr` is not one of `"),  # type: ignore[arg-type]
        (lambda: T004.text(names="x"), "bad-choice", "`x` is not one of `"),  # type: ignore[arg-type]
        (lambda: T004.to_dict(names="x"), "bad-choice", "`x` is not one of `"),  # type: ignore[arg-type]
        (lambda: cnscd.Register.from_json("["), "syntax", "line 1, column 1: EOF"),
    ],
)
def test_errors(call: Any, code: str, message: str) -> None:
    with pytest.raises(cnscd.Error) as caught:
        call()
    assert caught.value.code == code and str(caught.value).startswith(message) and caught.value.problems == ()
    assert isinstance(caught.value, ValueError)


def test_problems() -> None:
    with pytest.raises(cnscd.Error, match="the document has 2 problems:\n") as caught:
        cnscd.Register.from_json('{"teams": [{"id": "t", "kind": "x", "unit": "1", "from": "2022-04-05"}]}')
    kind, unit = caught.value.problems
    assert (kind.code, kind.place, kind.table, kind.row, kind.column, kind.item) == (
        "bad-choice", "teams[0].kind", "teams", 0, "kind", None,
    )  # fmt: skip
    assert unit.text() == unit.vi == "không có `1` trong bảng `units`" and unit.text("en") == unit.en


def test_nothing_can_be_changed() -> None:
    finding: Any
    for finding in (REGISTER, POLICY, CHECKED, CHECKED.findings(), T004, cnscd.Problem("a", "b", None, None, None, None, "", "")):
        with pytest.raises(AttributeError):
            finding.code = "x"
    T004.params["n"] = 9
    assert T004.params["n"] == 2
    for made in (cnscd.Register, cnscd.Policy, cnscd.Checked, cnscd.Findings, cnscd.Finding):
        with pytest.raises(TypeError):
            made()


def test_no_repr_tells_a_secret() -> None:
    for shown in (REGISTER, POLICY, CHECKED, CHECKED.findings(), T004, CHECKED.findings().to_dicts("vi"), CHECKED.roll_up()):
        assert not any(secret in repr(shown) + str(shown) for secret in SECRETS)
    assert repr(T004) == "<Finding T004 two-heads t-1>" and repr(CHECKED.findings()) == "<Findings: 3>"


def test_functions() -> None:
    assert cnscd.presets() == ["hai-duong-2022", "national-2022", "team-report", "vietnam-calendar"] and cnscd.version() == importlib.metadata.version("cnscd")
    assert all(cnscd.explain(code) == cnscd.explain(cnscd.explain(code)["name"]) for code in cnscd.rules())
    assert cnscd.explain("T004")["title"] == {"vi": "Tổ có nhiều Tổ trưởng cùng lúc", "en": "Two heads at once"}
    assert cnscd.search_key("HẢI Dương") == "hai duong"
    words = sorted(["đa", "da", "ăn", "an", "ba"], key=functools.cmp_to_key(cnscd.compare_text))
    assert words == ["an", "ăn", "ba", "da", "đa"] and cnscd.compare_text("a", "a") == 0
    assert {"Reports", "reports_schema"} <= set(cnscd.__all__) <= set(dir(cnscd))
