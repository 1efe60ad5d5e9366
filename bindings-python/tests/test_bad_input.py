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
REGISTERS = [json.loads(file.read_text(encoding="utf-8"))["cases"][0]["register"] for file in sorted(RULES.iterdir())]
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
