"""Edits of a checked register, and the erasure of a person."""

import importlib
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import cnscd
import pytest
from cnscd.types import Change

pl: Any = importlib.import_module("polars")

DAY = date(2022, 5, 17)
# Made up. Every personal value holds one of these.
MARKS = ["Mật", "0990123456", "099090000001", "1990", "99002"]
DOCUMENT = {
    "units": [
        {"code": "990", "name": "Huyện Mẫu", "kind": "huyen", "level": "district"},
        {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "parent": "990"},
        {"code": "99002", "name": "Xã Khác", "kind": "xa", "level": "commune", "parent": "990"},
    ],
    "teams": [{"id": "t", "kind": "community", "unit": "99001", "from": "2022-04-05"}],
    "people": [
        {"id": "p-1", "name": "Phạm Văn Mật", "born": "1990-02-03", "sex": "male", "phone": "0990123456x", "citizen_number": "099090000001"},
        {"id": "p-2", "name": "Lê Thị Mẫu", "sex": "female"},
    ],
    "residences": [{"person": "p-1", "unit": "99002"}, {"person": "p-2", "unit": "99001"}],
    "memberships": [
        {"team": "t", "person": "p-1", "role": "head", "position": "village_head", "from": "2022-04-05"},
        {"team": "t", "person": "p-2", "role": "member", "from": "2022-04-05"},
    ],
}
REGISTER = cnscd.Register.from_json(json.dumps(DOCUMENT))


def check() -> cnscd.Checked:
    return REGISTER.check("hai-duong-2022", as_of=DAY)


def codes(findings: Any) -> list[str]:
    return [finding["code"] for finding in findings]


def test_a_change_and_a_list_of_changes() -> None:
    checked = check()
    head: Change = {"add": "memberships", "row": {"team": "t", "person": "p-2", "role": "head", "from": date(2022, 5, 1)}}
    edited = checked.edit(head)
    assert set(codes(edited["new"])) == {"M002", "M005", "T004"}
    assert edited["gone"] == [] == edited["duties_gone"] == edited["duties_new"] and "text" not in edited["new"][0]
    back: Change = {"end": "memberships", "where": {"person": "p-2", "role": "head", "from": "01/5/2022"}, "to": date(2022, 5, 2)}
    people: list[Change] = [{"add": "people", "row": {"id": "p-3", "name": "Đỗ Mẫu", "born": "1980-01-01"}}, back]
    assert {finding["to"] for finding in checked.edit(people)["new"]} == {"2022-05-02"}
    assert checked.edit(tuple(people[:0])) == checked.edit([]) == {"gone": [], "new": [], "duties_gone": [], "duties_new": []}
    # The answers are those of a check of the edited facts.
    fresh = checked.register.check("hai-duong-2022", as_of=DAY)
    assert fresh.findings().to_dicts("vi") == checked.findings().to_dicts("vi") and fresh.roll_up() == checked.roll_up()
    assert fresh.agenda() == checked.agenda() and fresh.teams() == checked.teams()


def test_texts() -> None:
    change: Change = {"change": "people", "where": {"id": "p-1"}, "set": {"phone": "0990 123 456"}}
    (gone,) = check().edit(change, locale="vi")["gone"]
    assert gone["code"] == "P004" and gone["text"].startswith("Số điện thoại của người có mã p-1")
    (gone,) = check().edit(change, locale="en", names="full")["gone"]
    assert "Phạm Văn Mật" in gone["text"] and gone["remedy"]


def test_duties() -> None:
    checked = check()
    (before,) = checked.agenda(state="overdue", unit="99001")
    extension: list[Change] = [
        {"add": "excuses", "row": {"obligation": "issue-decision", "unit": "99001", "day": date(2022, 5, 1), "until": date(2022, 5, 31), "document": "45/UBND-VX"}}
    ]
    edited = checked.edit(extension, locale="vi")
    assert [row["state"] for row in edited["duties_gone"]] == ["overdue"] and edited["duties_new"] == checked.agenda(unit="99001", locale="vi")
    assert edited["duties_new"][0]["until"] == "2022-05-31" and codes(edited["gone"]) == ["O001"]
    assert {**edited["duties_gone"][0], **before} == edited["duties_gone"][0]


def test_what_was_taken_before_stays() -> None:
    checked = check()
    findings, register, texts = checked.findings(), checked.register, checked.findings().to_dicts("vi")
    first = findings[0]
    told = first.to_dict("vi")
    checked.edit([{"change": "teams", "where": {"id": "t"}, "set": {"name": "Tổ khác", "unit": "99002"}}])
    assert findings.to_dicts("vi") == texts != checked.findings().to_dicts("vi") and first.to_dict("vi") == told
    assert register.to_json() == REGISTER.to_json() != checked.register.to_json()
    assert json.loads(checked.register.to_json())["teams"][0]["unit"] == "99002" and checked.teams()[0]["name"] == "Tổ khác"
    assert pl.DataFrame(checked.register.table("teams"))["name"].to_list() == ["Tổ khác"]
    # A register is checked anew, and that is no edit of it.
    assert REGISTER.check("hai-duong-2022", as_of=DAY).findings().to_dicts("vi") == texts


def test_an_error_changes_nothing() -> None:
    checked = check()
    before = (checked.register.to_json(), checked.findings().to_dicts("vi"), checked.agenda(), checked.roll_up())
    changes: list[Change] = [
        {"add": "people", "row": {"id": "p-3", "name": "Đỗ Mẫu"}},
        {"change": "people", "where": {"id": "p-1"}, "set": {"name": "Phạm Mẫu"}},
        {"add": "memberships", "row": {"team": "t-9", "person": "p-3", "role": "nobody", "from": "2022-05-01"}},
    ]
    with pytest.raises(cnscd.Error, match=r"changes\[2\]\.team: ") as caught:
        checked.edit(changes)
    assert [(one.code, one.table, one.row, one.column) for one in caught.value.problems] == [
        ("dangling", "changes", 2, "team"), ("bad-choice", "changes", 2, "role"),
    ]  # fmt: skip
    assert (checked.register.to_json(), checked.findings().to_dicts("vi"), checked.agenda(), checked.roll_up()) == before


BAD: list[tuple[Any, str, str]] = [
    ({"add": "units", "row": {}}, "not-editable", "changes[0].add"),
    ({"change": "people", "where": {"id": "p-9"}, "set": {}}, "no-row", "changes[0]"),
    ({"end": "memberships", "where": {"team": "t"}, "to": "2022-05-01"}, "several-rows", "changes[0]"),
    ({"change": "teams", "where": {"id": "t"}, "set": {"id": "t-2"}}, "fixed", "changes[0].id"),
    ({"add": "people", "row": {"id": "p-3", "name": "A", "born": datetime(2022, 1, 1, 8)}}, "bad-day", "changes[0].born"),
    ({"remove": "people"}, "unknown-key", "changes[0]"),
    ("people", "not-an-object", "changes[0]"),
    (None, "not-an-object", "changes[0]"),
    ([[]], "not-an-object", "changes[0]"),
    ({"add": "people", "row": {1: 2}}, "unknown-key", "changes[0].row"),
]


@pytest.mark.parametrize(("changes", "code", "place"), BAD)
def test_changes_that_cannot_be_made(changes: Any, code: str, place: str) -> None:
    with pytest.raises(cnscd.Error) as caught:
        check().edit(changes)
    assert [(one.code, one.place) for one in caught.value.problems] == [(code, place)]


@pytest.mark.parametrize("bad", [{1}, object(), b"[]", iter([]), 1j, cnscd.Policy, {("a",): 1}, {"add": "people", "row": {"name": object()}}])
def test_what_json_does_not_have(bad: Any) -> None:
    with pytest.raises(TypeError):
        check().edit(bad)


def test_other_nonsense() -> None:
    nested: Any = []
    for _ in range(500):
        nested = [nested]
    circle: Any = []
    circle.append(circle)
    for bad, error in [(float("nan"), cnscd.Error), ("\ud800", cnscd.Error), (nested, cnscd.Error), (circle, ValueError)]:
        with pytest.raises(error):
            check().edit({"add": "people", "row": {"id": "p-3", "name": bad}})
    options: Any
    for options in ({"locale": "fr"}, {"names": "x"}):
        with pytest.raises(cnscd.Error, match="is not one of"):
            check().edit([], **options)
    with pytest.raises(AttributeError):
        setattr(check(), "register", REGISTER)


# ---- erasure


def said(register: cnscd.Register) -> Iterator[str]:
    """All that can be asked of a register, with full names."""
    yield register.to_json() + repr(register)
    for table, _ in register.counts():
        yield str(pl.DataFrame(register.table(table)).to_dicts())
    checked = register.check("hai-duong-2022", as_of=DAY)
    for locale in ("vi", "en"):
        yield str(checked.findings().to_dicts(locale, names="full")) + str(pl.DataFrame(checked.findings().table(locale, names="full")).to_dicts())
        for finding in checked.findings():
            yield finding.text(locale, names="full") + finding.remedy(locale, names="initials") + repr(finding)
    yield str(checked.roll_up()) + str(checked.teams()) + str(checked.agenda(locale="vi"))


def test_erase() -> None:
    erased = REGISTER.erase("p-1")
    marks = [mark for mark in MARKS if mark != "99002"]
    assert all(any(mark in text for text in said(REGISTER)) for mark in marks)
    assert not [mark for text in said(erased) for mark in marks if mark in text]
    document = json.loads(erased.to_json())
    assert document["people"] == [{"id": "p-1", "name": "p-1", "sex": "male"}, DOCUMENT["people"][1]]
    assert document["residences"] == DOCUMENT["residences"][1:] and document["memberships"] == DOCUMENT["memberships"]
    before, after = (register.check("hai-duong-2022", as_of=DAY).roll_up() for register in (REGISTER, erased))
    counts = ("units", "teams", "members", "roles", "sexes", "organisations", "villages_covered", "duties_done")
    assert [[row[key] for key in counts] for row in before] == [[row[key] for key in counts] for row in after]  # type: ignore[literal-required]
    assert erased.erase("p-1").to_json() == erased.to_json() and json.loads(REGISTER.to_json()) == DOCUMENT


def test_erase_after_an_edit() -> None:
    checked = check()
    checked.edit({"change": "people", "where": {"id": "p-2"}, "set": {"name": "Lê Thị Mật", "phone": "0990123456"}})
    erased = checked.register.erase("p-2").erase("p-1")
    assert not [mark for text in said(erased) for mark in MARKS[:4] if mark in text]


@pytest.mark.parametrize("person", ["p-9", "", "Phạm Văn Mật", "0990123456"])
def test_erase_nobody(person: str) -> None:
    with pytest.raises(cnscd.Error) as caught:
        REGISTER.erase(person)
    assert caught.value.code == "unknown-person" and str(caught.value) == "nobody in the register has this identifier"


@pytest.mark.parametrize("person", [None, 1, b"p-1", ["p-1"]])
def test_erase_wrong_types(person: Any) -> None:
    with pytest.raises(TypeError):
        REGISTER.erase(person)
