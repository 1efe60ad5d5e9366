"""The JSON Schema, by an independent validator: what it refuses, the reader refuses; what the reader takes, it takes."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cnscd
import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).resolve().parents[2]
SCHEMA: dict[str, Any] = json.loads(cnscd.json_schema())
VALIDATOR = Draft202012Validator(SCHEMA)

Document = dict[str, Any]

# Made up. At least one row of every table, both spellings of a day, an absent value written as null.
GOOD: Document = {
    "note": "Made up.",
    "units": [
        {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "to": "2025-07-01"},
        {"code": "99001", "name": "Xã Mẫu Mới", "kind": "xa", "level": "commune", "from": "1/7/2025", "parent": None},
        {"code": "99001-01", "name": "Thôn Đông", "kind": "thon", "level": "village", "parent": "99001"},
    ],
    "successions": [{"day": "2025-07-01", "old": "99001", "new": "99001", "extent": "continues", "share": 1000}],
    "attributes": [{"unit": "99001-01", "attribute": "households", "from": "2022-01-01", "value": 0}],
    "bodies": [{"id": "ubnd", "name": "UBND xã Mẫu", "kind": "peoples_committee", "unit": "99001"}],
    "decisions": [
        {
            "id": "d1",
            "number": "01/QĐ-UBND",
            "body": "ubnd",
            "signed": "5/4/2022",
            "kind": "establish",
            "attached_list": ["99001-01"],
        }
    ],
    "teams": [
        {
            "id": "t1",
            "kind": "community",
            "unit": "99001",
            "covers": ["99001-01"],
            "decision": "d1",
            "mandates": ["de_an_06"],
            "from": "2022-04-05",
        }
    ],
    "suspensions": [{"team": "t1", "from": "2022-06-01", "to": "2022-07-01"}],
    "declarations": [{"team": "t1", "from": "2022-04-05", "members": 3}],
    "people": [{"id": "p1", "name": "Nguyễn Văn Mẫu", "born": "1990-02-03", "sex": None, "phone": "0000000000"}],
    "residences": [{"person": "p1", "unit": "99001-01"}],
    "affiliations": [{"person": "p1", "organisation": "youth_union"}],
    "positions": [{"person": "p1", "kind": "village_head", "unit": "99001-01", "from": "2020-01-01", "acting": False}],
    "memberships": [{"team": "t1", "person": "p1", "role": "head", "from": "2022-04-05", "position": "village_head"}],
    "events": [{"id": "e1", "obligation": "answer", "unit": "99001", "day": "28/4/2022"}],
    "excuses": [{"obligation": "set-up-teams", "unit": "99001", "period": None, "day": "28/4/2022", "until": None, "document": "45/UBND-VX"}],
    "completions": [{"obligation": "answer", "unit": "99001", "event": "e1", "day": "29/4/2022", "period": None}],
}

# A name, the code of the problem that the reader finds, and how to spoil the good document.
BAD: list[tuple[str, str, Callable[[Document], object]]] = [
    ("unknown key", "unknown-key", lambda d: d["teams"][0].update(head="p1")),
    ("unknown table", "unknown-key", lambda d: d.update(reports=[])),
    ("number for a code", "not-text", lambda d: d["units"][0].update(code=99001)),
    ("missing required", "missing", lambda d: d["people"][0].pop("name")),
    ("required, but null", "missing", lambda d: d["memberships"][0].update(role=None)),
    ("wrong choice", "bad-choice", lambda d: d["memberships"][0].update(role="boss")),
    ("bad word", "bad-word", lambda d: d["affiliations"][0].update(organisation="Youth Union")),
    ("bad word in a list", "bad-word", lambda d: d["teams"][0].update(mandates=["Đề án 06"])),
    ("bad id", "bad-id", lambda d: d["suspensions"].clear() or d["memberships"].clear() or d["teams"][0].update(id="tổ 1")),
    ("bad code", "bad-code", lambda d: d["units"].append({**d["units"][2], "code": "99001-Đông"})),
    ("bad day", "bad-day", lambda d: d["decisions"][0].update(signed="5.4.2022")),
    ("negative count", "bad-count", lambda d: d["attributes"][0].update(value=-1)),
    ("share above the whole", "bad-count", lambda d: d["successions"][0].update(share=1001)),
    ("fraction", "bad-count", lambda d: d["attributes"][0].update(value=1.5)),
    ("text for a flag", "bad-flag", lambda d: d["positions"][0].update(acting="yes")),
    ("text for a list", "not-a-list", lambda d: d["teams"][0].update(covers="99001-01")),
    ("empty text", "empty-text", lambda d: d["bodies"][0].update(name="")),
    ("row that is no object", "not-an-object", lambda d: d["units"].append("99001")),
]


def registers(value: object) -> Iterator[object]:
    """Every register in a vector, as data or as the text of a document."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key in ("register", "document"):
                yield item
            else:
                yield from registers(item)
    elif isinstance(value, list):
        for item in value:
            yield from registers(item)


def test_the_schema_is_valid() -> None:
    assert SCHEMA["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    Draft202012Validator.check_schema(SCHEMA)


def test_a_good_document_passes() -> None:
    read = cnscd.Register.from_json(json.dumps(GOOD))
    assert [table for table, rows in read.counts() if rows == 0] == []
    VALIDATOR.validate(GOOD)
    VALIDATOR.validate(json.loads(read.to_json()))


@pytest.mark.parametrize(("code", "spoil"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_schema_and_reader_refuse(code: str, spoil: Callable[[Document], object]) -> None:
    document = copy.deepcopy(GOOD)
    spoil(document)
    assert not VALIDATOR.is_valid(document)
    with pytest.raises(cnscd.Error) as caught:
        cnscd.Register.from_json(json.dumps(document))
    assert code in [problem.code for problem in caught.value.problems]


def test_what_the_reader_takes_passes() -> None:
    found = 0
    for path in sorted((ROOT / "tests" / "vectors").rglob("*.json")):
        for register in registers(json.loads(path.read_text(encoding="utf-8"))):
            text = register if isinstance(register, str) else json.dumps(register)
            try:
                cnscd.Register.from_json(text)
            except cnscd.Error:
                continue
            found += 1
            errors = [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(json.loads(text))]
            assert not errors, (path.name, errors)
    assert found, "no vector holds a register that can be read"
