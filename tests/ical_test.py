"""The agenda as iCalendar, read back by an independent parser (the package `icalendar`)."""

import importlib
import json
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cnscd
import pytest

if TYPE_CHECKING:
    from cnscd.types import AgendaRow

icalendar: Any = importlib.import_module("icalendar")

DATA = Path(__file__).resolve().parents[1] / "benches/data"
REGISTER = cnscd.Register.from_json((DATA / "nam-sach-2025.json").read_text(encoding="utf-8"))
POLICY = cnscd.Policy.from_json((DATA / "reports-policy.json").read_text(encoding="utf-8"))


def events(text: str) -> dict[str, Any]:
    """The events of a calendar by their UIDs, each of which is there once."""
    found = {str(event["UID"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}
    assert len(found) == text.count("BEGIN:VEVENT")
    return found


def of(as_of: date, **query: Any) -> tuple[dict[str, Any], "list[AgendaRow]"]:
    """The events and the rows of an agenda."""
    checked = REGISTER.check(POLICY, as_of=as_of)
    return events(checked.to_ical(**query)), checked.agenda(**query, locale="vi")


@pytest.mark.parametrize("days", [None, 60])
def test_every_duty_is_an_event_on_its_last_good_day(days: int | None) -> None:
    found, rows = of(date(2025, 7, 21), days=days)
    assert len(found) == len(rows) > 5
    named = {(str(event["SUMMARY"]), event["DTSTART"].dt, event["DTEND"].dt) for event in found.values()}
    assert named == {
        (f"{row['name']}{', ' + row['period_name'] if row['period_name'] else ''}: {row['team_name'] or row['unit_name']}", due, due + timedelta(days=1))
        for row in rows
        for due in [date.fromisoformat(row["due"])]
    }
    for event in found.values():
        assert event["DTSTART"].params["VALUE"] == "DATE" and event["TRANSP"] == "TRANSPARENT"
        assert event["DTSTAMP"].dt.isoformat() == "2025-07-21T00:00:00+00:00"
        assert "Căn cứ: Giả định" in event["DESCRIPTION"]


def test_what_is_left_to_do_has_an_alarm_and_its_steps() -> None:
    found, rows = of(date(2025, 7, 21), until=date(2025, 12, 31))
    assert {row["state"] for row in rows} > {"done_late", "overdue", "open", "not_yet"}
    alarms = 0
    steps = REGISTER.check(POLICY, as_of=date(2025, 7, 21)).agenda(until=date(2025, 12, 31), steps=True)
    for row, event, more in zip(rows, found.values(), steps, strict=True):
        is_ahead = row["state"] in ("not_yet", "open", "due_soon", "extended") and row["remind"] is not None
        own = event.walk("VALARM")
        assert len(own) == is_ahead
        for alarm in own:
            alarms += 1
            remind = event["DTSTART"].dt + alarm["TRIGGER"].dt // timedelta(days=1) * timedelta(days=1)
            assert remind.isoformat() == row["remind"] and alarm["TRIGGER"].dt % timedelta(days=1) == timedelta(hours=8)
        assert all(step in event["DESCRIPTION"] for step in more["steps"]["vi"])
    assert alarms > 5


def test_control_characters_do_not_reach_a_calendar() -> None:
    rows = json.loads(POLICY.to_json())
    for row in rows["obligations"]:
        row["name_vi"] = "Báo\u0001 cáo\u007f"
    policy = cnscd.Policy.from_json(json.dumps(rows))
    text = REGISTER.check(policy, as_of=date(2025, 7, 21)).to_ical()
    assert "SUMMARY:Báo cáo" in text and not set(text) & {"\u0001", "\u007f"}


def test_reading_a_later_calendar_updates_the_events() -> None:
    first, _ = of(date(2025, 7, 10))
    later, _ = of(date(2025, 7, 21))
    assert first.keys() < later.keys()
    changed = {uid for uid in first if first[uid]["DESCRIPTION"] != later[uid]["DESCRIPTION"]}
    assert "report-team+10606+2025-07-01+to-1+2025-07@cnscd" in changed
    assert all(first[uid]["DTSTAMP"].dt < later[uid]["DTSTAMP"].dt for uid in first)
    checked = REGISTER.check(POLICY, as_of=date(2025, 7, 21))
    assert checked.to_ical() == checked.to_ical() != checked.to_ical(locale="en")


def test_a_code_given_to_another_unit_is_another_duty() -> None:
    # 10621 was Thanh Quang until 1/7/2025; Quốc Tuấn, until then 10624, goes on under it.
    unit = {"kind": "xa", "level": "commune"}
    register = {
        "units": [
            {**unit, "code": "10621", "name": "Xã Thanh Quang", "to": "2025-07-01"},
            {**unit, "code": "10624", "name": "Xã Quốc Tuấn", "to": "2025-07-01"},
            {**unit, "code": "10621", "name": "Xã Quốc Tuấn", "from": "2025-07-01"},
            {**unit, "code": "10627", "name": "Xã Mẫu", "from": "2025-07-01"},
        ],
        "successions": [
            {"day": "2025-07-01", "old": "10624", "new": "10621", "extent": "continues"},
            {"day": "2025-07-01", "old": "10621", "new": "10621", "extent": "whole"},
        ],
    }
    obligation = {
        "id": "o", "name_vi": "Ví dụ", "name_en": "An example", "level": "commune", "lead": "division", "from": "2025-05-01", "every": "month",
        "scheme": "calendar", "due": "after", "count": 5, "of": "days", "adjust": "none", "test": "recorded", "force": "practice",
        "basis_vi": "Ví dụ", "basis_en": "An example",
    }  # fmt: skip
    policy = cnscd.Policy.from_json(json.dumps({"extends": "vietnam-calendar", "obligations": [obligation]}))
    checked = cnscd.Register.from_json(json.dumps(register)).check(policy, as_of=date(2025, 8, 10))
    rows = checked.agenda()
    text = checked.to_ical().replace("\r\n ", "")
    uids = [line for line in text.split("\r\n") if line.startswith("UID:")]
    assert len(uids) == len(rows) == len(set(uids)) > 6
    assert {"UID:o+10621+2025-06@cnscd", "UID:o+10624+2025-07@cnscd", "UID:o+10627+2025-07-01+2025-07@cnscd"} < set(uids)


def test_lines_are_short_and_texts_are_escaped() -> None:
    text = REGISTER.check(POLICY, as_of=date(2025, 7, 21)).to_ical()
    # RFC 5545 advises 75; the library does not count the blank of a folded line.
    assert all(len(line.encode()) <= 76 for line in text.split("\r\n"))
    assert text.startswith("BEGIN:VCALENDAR\r\n") and text.endswith("END:VCALENDAR\r\n")
    assert "Hải Phòng" in text.replace("\r\n ", "") and "\\nCăn cứ" in text.replace("\r\n ", "")
