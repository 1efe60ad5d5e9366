"""Whatever comes in, an error with a place or an answer goes out."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import cnscd
import pytest

RULES = Path(__file__).resolve().parents[2] / "tests" / "vectors" / "rules"
CASES = [json.loads(file.read_text(encoding="utf-8"))["cases"][0] for file in sorted(RULES.iterdir())]
REGISTERS = [case["register"] for case in CASES]
REPORTED = [case for case in CASES if "reports" in case]
DOCUMENT = json.dumps(REGISTERS[0], ensure_ascii=False)
UNIT = {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"}
TEAM = {"kind": "community", "unit": "99001", "from": "2022-04-05"}


def look(document: str | bytes) -> cnscd.Error | None:
    """The error of a document; without one, everything is asked of the register."""
    try:
        register = cnscd.Register.from_json(document)
    except cnscd.Error as error:
        assert str(error) and (error.code == "syntax" or all(problem.place and problem.vi for problem in error.problems))
        return error
    checked = register.check("national-2022", as_of=date(2022, 12, 31))
    assert len(checked.findings().to_dicts("vi", names="full")) == len(checked.findings())
    checked.roll_up()
    return None


def code(document: str | bytes) -> str | None:
    error = look(document)
    return error.code if error else None


def problems(document: object) -> list[tuple[str, str]]:
    error = look(json.dumps(document))
    return [(problem.code, problem.place) for problem in error.problems] if error else []


def test_cut_off_anywhere() -> None:
    assert code(DOCUMENT) is None
    for cut in range(0, len(DOCUMENT), 7):
        assert code(DOCUMENT[:cut]) == "syntax"
    data = DOCUMENT.encode()
    assert {code(data[:cut]) for cut in range(0, len(data), 7)} == {"syntax"}


FRAMES = ["", '{"units": ', '{"units": [', '{"units": [{"code": ', '{"teams": [{"covers": [', '{"note": ', '{"other": ']


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
def test_nested_by_the_megabyte(frame: str, opening: str, closing: str) -> None:
    depth = 1 << 20
    assert code(frame + opening * depth) == "syntax"
    ends = "".join({"[": "]", "{": "}"}.get(letter, "") for letter in reversed(frame))
    assert code(frame + opening * depth + "1" + closing * depth + ends) in {"syntax", "invalid"}


def test_no_text() -> None:
    error = look(b'{\n"note": "\xff"}')
    assert str(error) == "line 2, column 10: invalid UTF-8"
    assert code(b"\xff\xfe{\0}\0") == code('{"note": "\\ud800"}') == "syntax"
    error = look('{"note": "\ud800"}')
    assert error is not None and error.code == "syntax" and "surrogate" in str(error)


def test_days_codes_and_keys() -> None:
    assert problems({"units": [{**UNIT, "from": "2022-02-30"}]}) == [("bad-day", "units[0].from")]
    assert problems({"units": [{**UNIT, "code": 99001}]}) == [("not-text", "units[0].code")]
    error = look('{"units": [{"code": "99001", "code": "99001", "name": "x", "kind": "xa", "level": "commune"}]}')
    assert error is not None and error.problems[0].code == "duplicate-key"


def test_parents_without_end() -> None:
    def chain(length: int, last: int) -> dict[str, Any]:
        teams = [{**TEAM, "id": f"t-{n}", "parent": f"t-{n + 1}"} for n in range(length)]
        return {"units": [UNIT], "teams": [*teams, {**TEAM, "id": f"t-{length}", "parent": f"t-{last}"}]}

    assert problems(chain(0, 0)) == problems(chain(999, 0)) == [("cycle", "teams[0].parent")]
    document = chain(999, 0)
    del document["teams"][999]["parent"]
    assert look(json.dumps(document)) is None


def test_a_crowd() -> None:
    people = [{"id": f"p-{n}", "name": f"Người {n}"} for n in range(1001)]
    members = [{"team": "t", "person": row["id"], "role": "member", "from": "2022-04-05"} for row in people]
    document = {"units": [UNIT], "teams": [{**TEAM, "id": "t"}], "people": people, "memberships": members}
    assert problems(document) == [("too-many", "memberships[1000].team")]
    members.pop()
    assert look(json.dumps(document)) is None


def changed(value: Any, bad: str) -> Iterator[Any]:
    """The value with each of its parts, in turn, replaced by a mark for `bad`."""
    yield bad
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else []
    for key in keys:
        for part in changed(value[key], bad):
            copy = value.copy()
            copy[key] = part
            yield copy


@pytest.mark.parametrize("bad", ["null", "true", "-1", "1e999", "99001", '""', "[]", "{}", '"2022-02-30"'])
@pytest.mark.parametrize("register", REGISTERS)
def test_wrong_values_everywhere(register: dict[str, Any], bad: str) -> None:
    for document in changed(register, "\0"):
        look(json.dumps(document).replace('"\\u0000"', bad))


class Reported:
    """A case with reports, in which others are looked at."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.register = cnscd.Register.from_json(json.dumps(case["register"]))
        policy = case["policy"]
        self.policy = policy if isinstance(policy, str) else cnscd.Policy.from_json(json.dumps(policy))
        self.reports = case["reports"]
        self.day = date.fromisoformat(case["as_of"])

    def look(self, document: str | bytes) -> cnscd.Error | None:
        """The error of a document of reports; without one, everything is asked of the register that has them."""
        try:
            reports = cnscd.Reports.from_json(self.register, document)
        except cnscd.Error as error:
            assert str(error) and (error.code == "syntax" or all(problem.place and problem.vi for problem in error.problems))
            return error
        beside = self.register.with_reports(reports)
        checked = beside.check(self.policy, as_of=self.day)
        assert len(checked.findings().to_dicts("vi", names="full")) == len(checked.findings())
        for form in cnscd.Policy.preset(checked.policy).forms() if isinstance(self.policy, str) else self.policy.forms():
            assert checked.departures(form["id"]).columns == ["report", "check"]
        text = beside.reports_to_json()
        assert text is not None and self.register.with_reports(cnscd.Reports.from_json(self.register, text)).reports_to_json() == text
        again = cnscd.Reports.from_table(self.register, beside.table("reports"), note=reports.note)
        assert len(again) == len(reports) == len(beside.table("reports"))
        for row in json.loads(text)["reports"]:
            preview = checked.preview(row, locale="vi")
            assert preview["period"] == row["period"] and preview["form"] == row["form"]
        return None


@pytest.mark.parametrize("bad", ["null", "true", "-1", "1e999", "99001", '""', "[]", "{}", '"2022-02-30"', '["a"]', '{"a": 1}', '"members"'])
@pytest.mark.parametrize("case", REPORTED, ids=[str(case["name"]) for case in REPORTED])
def test_wrong_values_everywhere_in_reports(case: dict[str, Any], bad: str) -> None:
    reported = Reported(case)
    assert reported.look(json.dumps(reported.reports)) is None
    for document in changed(reported.reports, "\0"):
        reported.look(json.dumps(document).replace('"\\u0000"', bad))


def test_reports_cut_off_and_mutated() -> None:
    random = Random(2022)
    pieces = [b'"', b"{", b"]", b",", b"null", b"-1", b"1e999", b'"2022-02-30"', b'"members"', b"\\u0000", b"\xff"]
    read = 0
    for case in REPORTED:
        reported = Reported(case)
        whole = json.dumps(reported.reports, ensure_ascii=False).encode()
        for cut in range(0, len(whole), 7):
            error = reported.look(whole[:cut])
            assert error is not None and error.code == "syntax"
        for _ in range(200):
            text = bytearray(whole)
            for _ in range(random.randint(1, 3)):
                at, length = random.randrange(len(text)), random.randrange(12)
                text[at : at + length] = random.choice([b"", random.choice(pieces), text[at : at + 2 * length], bytes([random.randrange(256)])])
            read += reported.look(bytes(text)) is None
    # Some still read, or nothing but the reader was tried.
    assert 30 < read < 180 * len(REPORTED), read


@pytest.mark.parametrize("document", [None, 1, bytearray(b"{}"), ["{}"]])
def test_neither_str_nor_bytes(document: Any) -> None:
    with pytest.raises(TypeError, match="a document is a str or bytes"):
        cnscd.Register.from_json(document)


def test_ten_thousand_mutations() -> None:
    random = Random(2022)
    texts = [json.dumps(register, ensure_ascii=False).encode() for register in REGISTERS]
    pieces = [b'"', b"{", b"]", b",", b"null", b"-1", b"1e999", b'"2022-02-30"', b'"99001"', b"\\u0000", b"\xff"]
    read = 0
    for _ in range(10_000):
        text = bytearray(random.choice(texts))
        for _ in range(random.randint(1, 3)):
            at, length = random.randrange(len(text)), random.randrange(12)
            text[at : at + length] = random.choice([b"", random.choice(pieces), text[at : at + 2 * length], bytes([random.randrange(256)])])
        read += look(bytes(text)) is None
    # Some still read, or nothing but the reader was tried.
    assert 200 < read < 9_000, read
