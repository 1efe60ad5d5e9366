"""The JSON Schemas, by an independent validator: what they refuse, the reader refuses; what the reader takes, they take."""

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
REPORTS_SCHEMA: dict[str, Any] = json.loads(cnscd.reports_schema())
REPORTS_VALIDATOR = Draft202012Validator(REPORTS_SCHEMA)
POLICY_SCHEMA: dict[str, Any] = json.loads(cnscd.policy_schema())
POLICY_VALIDATOR = Draft202012Validator(POLICY_SCHEMA)

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


# Every column; both spellings of a day; what is absent left out, or written as null or as an empty list.
GOOD_REPORTS: Document = {
    "note": "Made up.",
    "reports": [
        {
            "form": "sheet",
            "version": 65_535,
            "period": "2022-05",
            "team": "t1",
            "kind": "ad_hoc",
            "revision": 1,
            "sent": "2/6/2022",
            "received": "2022-06-03",
            "entered": "04/06/2022",
            "channel": "chat_group",
            "by": "p1",
            "state": "returned",
            "figures": {"members": 0, "people-guided": 2_147_483_647, "times_2": None},
            "not_applicable": ["households"],
            "estimates": ["members"],
            "confirmed": ["nothing-happened"],
            "prose": {"difficulties": "Mạng yếu", "proposals": None},
        },
        {"form": "sheet", "version": None, "period": "2022-W18", "unit": "99001-01", "figures": None, "not_applicable": [], "prose": {}},
        {"form": "other", "period": "2022-05-10/2022-06-09", "unit": "99001", "team": None, "sent": None, "kind": None, "confirmed": None},
    ],
}

BAD_REPORTS: list[tuple[str, str, Callable[[Document], object]]] = [
    ("unknown key", "unknown-key", lambda d: d["reports"][0].update(recieved="2022-06-03")),
    ("a column of a table", "unknown-key", lambda d: d["reports"][0].update({"figures.members": 5})),
    ("unknown table", "unknown-key", lambda d: d.update(units=[])),
    ("number for a note", "not-text", lambda d: d.update(note=1)),
    ("missing form", "missing", lambda d: d["reports"][0].pop("form")),
    ("required, but null", "missing", lambda d: d["reports"][0].update(period=None)),
    ("number for a form", "not-text", lambda d: d["reports"][0].update(form=1)),
    ("form that is no word", "bad-word", lambda d: d["reports"][0].update(form="Phiếu tháng")),
    ("number for a period", "not-text", lambda d: d["reports"][0].update(period=2022)),
    ("empty period", "empty-text", lambda d: d["reports"][0].update(period="")),
    ("number for a unit", "not-text", lambda d: d["reports"][1].update(unit=99001)),
    ("unit that is no code", "dangling", lambda d: d["reports"][1].update(unit="xã Mẫu")),
    ("team that is no id", "dangling", lambda d: d["reports"][0].update(team="tổ 1")),
    ("somebody by name", "dangling", lambda d: d["reports"][0].update(by="Nguyễn Văn Mẫu")),
    ("wrong kind", "bad-choice", lambda d: d["reports"][0].update(kind="monthly")),
    ("wrong state", "bad-choice", lambda d: d["reports"][0].update(state="sent")),
    ("revision 0", "bad-count", lambda d: d["reports"][0].update(revision=0)),
    ("revision above the most", "bad-count", lambda d: d["reports"][0].update(revision=65_536)),
    ("text for a version", "bad-count", lambda d: d["reports"][0].update(version="1")),
    ("bad day", "bad-day", lambda d: d["reports"][0].update(received="3.6.2022")),
    ("channel that is no word", "bad-word", lambda d: d["reports"][0].update(channel="Zalo")),
    ("list for figures", "not-an-object", lambda d: d["reports"][0].update(figures=[5])),
    ("negative figure", "bad-figure", lambda d: d["reports"][0]["figures"].update(members=-1)),
    ("figure above the most", "bad-figure", lambda d: d["reports"][0]["figures"].update(members=2**31)),
    ("figure with a fraction", "bad-figure", lambda d: d["reports"][0]["figures"].update(members=1.5)),
    ("text for a figure", "bad-figure", lambda d: d["reports"][0]["figures"].update(members="5")),
    ("flag for a figure", "bad-figure", lambda d: d["reports"][0]["figures"].update(members=True)),
    ("figure that is no word", "bad-word", lambda d: d["reports"][0]["figures"].update({"Số người": 5})),
    ("text for a list", "not-a-list", lambda d: d["reports"][0].update(not_applicable="households")),
    ("bad word in a list", "bad-word", lambda d: d["reports"][0].update(estimates=["Members"])),
    ("number in a list", "not-text", lambda d: d["reports"][0].update(confirmed=[1])),
    ("text for texts", "not-an-object", lambda d: d["reports"][0].update(prose="Mạng yếu")),
    ("empty text", "empty-text", lambda d: d["reports"][0]["prose"].update(difficulties="")),
    ("number for a text", "not-text", lambda d: d["reports"][0]["prose"].update(difficulties=5)),
    ("text that is no word", "bad-word", lambda d: d["reports"][0]["prose"].update({"Khó khăn": "Mạng yếu"})),
    ("row that is no object", "not-an-object", lambda d: d["reports"].append("t1")),
    ("rows that are no list", "not-a-list", lambda d: d.update(reports={})),
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


def cases(value: object) -> Iterator[Document]:
    """Every case of a vector with a register."""
    if isinstance(value, dict):
        if "register" in value:
            yield value
        for item in value.values():
            yield from cases(item)
    elif isinstance(value, list):
        for item in value:
            yield from cases(item)


def test_the_schema_is_valid() -> None:
    for schema in (SCHEMA, REPORTS_SCHEMA, POLICY_SCHEMA):
        assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
        Draft202012Validator.check_schema(schema)


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


def test_good_reports_pass() -> None:
    columns = set(REPORTS_SCHEMA["properties"]["reports"]["items"]["properties"])
    assert columns == {key for row in GOOD_REPORTS["reports"] for key in row}
    register = cnscd.Register.from_json(json.dumps(GOOD))
    read = register.with_reports(cnscd.Reports.from_json(register, json.dumps(GOOD_REPORTS))).reports_to_json()
    REPORTS_VALIDATOR.validate(GOOD_REPORTS)
    REPORTS_VALIDATOR.validate(json.loads(read or ""))
    nothing: Document
    for nothing in ({}, {"note": None}, {"reports": []}):
        REPORTS_VALIDATOR.validate(nothing)
        cnscd.Reports.from_json(register, json.dumps(nothing))


@pytest.mark.parametrize(("code", "spoil"), [bad[1:] for bad in BAD_REPORTS], ids=[bad[0] for bad in BAD_REPORTS])
def test_schema_and_reader_refuse_reports(code: str, spoil: Callable[[Document], object]) -> None:
    document = copy.deepcopy(GOOD_REPORTS)
    spoil(document)
    assert not REPORTS_VALIDATOR.is_valid(document)
    with pytest.raises(cnscd.Error) as caught:
        cnscd.Reports.from_json(cnscd.Register.from_json(json.dumps(GOOD)), json.dumps(document))
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


def test_reports_and_policies_that_the_reader_takes_pass() -> None:
    def text(document: object) -> str:
        return document if isinstance(document, str) else json.dumps(document)

    def errors(validator: Draft202012Validator, document: object) -> list[str]:
        return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(json.loads(text(document)))]

    found = {"reports": 0, "policy": 0}
    for path in sorted((ROOT / "tests" / "vectors").rglob("*.json")):
        for case in cases(json.loads(path.read_text(encoding="utf-8"))):
            for key, read, validator in (
                ("reports", lambda case=case: cnscd.Reports.from_json(cnscd.Register.from_json(text(case["register"])), text(case["reports"])), REPORTS_VALIDATOR),
                ("policy", lambda case=case: cnscd.Policy.from_json(text(case["policy"])), POLICY_VALIDATOR),
            ):
                # A policy may be the name of a preset.
                if key not in case or (key == "policy" and isinstance(case[key], str)):
                    continue
                try:
                    read()
                except cnscd.Error:
                    continue
                found[key] += 1
                assert not errors(validator, case[key]), (path.name, key, errors(validator, case[key]))
    assert all(found.values()), f"no vector holds what can be read: {found}"
    for name in cnscd.presets():
        assert not errors(POLICY_VALIDATOR, cnscd.Policy.preset(name).to_json())
