"""Working days against a library of others, and against the decisions of each year; what differs is in docs/guide-days.md."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import cnscd
import holidays
import pytest

POLICY = cnscd.Policy.preset("national-2022")
FIRST, LAST = date(1995, 1, 1), date(2100, 12, 31)
# From this Saturday on Saturdays are free.
FREE_SATURDAY = date(1999, 10, 2)
GUIDES = {name: (Path(__file__).parents[1] / "docs" / name).read_text(encoding="utf-8") for name in ("guide-days.md", "guide-days.vi.md")}

# Each year as its decision and the law gave it, typed from the sources that the guide names: Mondays to Fridays off, Saturdays and Sundays worked.
YEARS = {
    2010: ("1/1 15/2 16/2 17/2 18/2 19/2 23/4 30/4 3/5 2/9 3/9", "27/2 11/9"),
    2011: ("3/1 31/1 1/2 2/2 3/2 4/2 7/2 11/4 12/4 2/5 3/5 2/9", "29/1 30/1 9/4"),
    2012: ("2/1 23/1 24/1 25/1 26/1 27/1 2/4 30/4 1/5 3/9 31/12", "4/2"),
    2013: ("1/1 11/2 12/2 13/2 14/2 15/2 19/4 29/4 30/4 1/5 2/9", "5/1 23/2 4/5"),
    2014: ("1/1 28/1 29/1 30/1 31/1 3/2 4/2 5/2 9/4 30/4 1/5 2/5 1/9 2/9", "25/1 8/2 26/4 6/9 27/12"),
    2015: ("1/1 2/1 16/2 17/2 18/2 19/2 20/2 23/2 28/4 29/4 30/4 1/5 2/9", "14/2 25/4"),
    2016: ("1/1 8/2 9/2 10/2 11/2 12/2 18/4 2/5 3/5 2/9", ""),
    2017: ("2/1 26/1 27/1 30/1 31/1 1/2 6/4 1/5 2/5 4/9", ""),
    2018: ("1/1 14/2 15/2 16/2 19/2 20/2 25/4 30/4 1/5 3/9 31/12", ""),
    2019: ("1/1 4/2 5/2 6/2 7/2 8/2 15/4 29/4 30/4 1/5 2/9", "5/1 4/5"),
    2020: ("1/1 23/1 24/1 27/1 28/1 29/1 2/4 30/4 1/5 2/9", ""),
    2021: ("1/1 10/2 11/2 12/2 15/2 16/2 21/4 30/4 3/5 2/9 3/9", ""),
    2022: ("3/1 31/1 1/2 2/2 3/2 4/2 11/4 2/5 3/5 1/9 2/9", ""),
    2023: ("2/1 20/1 23/1 24/1 25/1 26/1 1/5 2/5 3/5 1/9 4/9", ""),
    2024: ("1/1 8/2 9/2 12/2 13/2 14/2 18/4 29/4 30/4 1/5 2/9 3/9", "4/5"),
    2025: ("1/1 27/1 28/1 29/1 30/1 31/1 7/4 30/4 1/5 2/5 1/9 2/9", "26/4"),
    2026: ("1/1 2/1 16/2 17/2 18/2 19/2 20/2 27/4 30/4 1/5 31/8 1/9 2/9 24/11", "10/1 22/8"),
    2027: ("1/1 4/2 5/2 8/2 9/2 10/2 16/4 30/4 3/5 2/9 3/9 24/11", ""),
}


def days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(n) for n in range((last - first).days + 1))


def differences(guide: str) -> dict[date, bool]:
    """The single days of the guide's table, each with whether it is worked here."""
    words = {"worked": True, "off": False, "làm việc": True, "nghỉ": False}
    rows = re.findall(rf"^\| (\d{{4}}-\d\d-\d\d) \| ({'|'.join(words)}) \|", guide, re.MULTILINE)
    return {date.fromisoformat(day): words[word] for day, word in rows}


def swaps(guide: str) -> set[tuple[date, date]]:
    """The swaps of the guide's table of years: the day off and the day worked for it."""
    day = r"(\d+)/(\d+)(?:/(\d{4}))?"
    return {
        (date(int(own or year), int(month), int(number)), date(int(other or own or year), int(by_month), int(by_number)))
        for year, row in re.findall(r"^\| (\d{4}) \|(.*)$", guide, re.MULTILINE)
        for number, month, own, by_number, by_month, other in re.findall(f"{day} ⇄ {day}", row)
    }


def test_every_day() -> None:
    theirs = holidays.country_holidays("VN", years=range(FIRST.year, LAST.year + 1))
    differ = {day for day in days(FIRST, LAST) if POLICY.is_working(day) != theirs.is_working_day(day)}
    saturdays = {day for day in days(FIRST, FREE_SATURDAY - timedelta(1)) if day.weekday() == 5 and day not in theirs}
    assert len(saturdays) == 244
    in_lieu = {date(1995, 9, 4), date(1997, 2, 11), date(1999, 5, 3)}
    single = differences(GUIDES["guide-days.md"])
    culture_days = [date(year, 11, 24) for year in range(2026, 2101)]
    mondays = {day + timedelta(7 - day.weekday()) for day in culture_days if day.weekday() >= 5}
    assert min(mondays) == date(2029, 11, 26)
    assert differ == saturdays | in_lieu | single.keys() | mondays
    assert all(POLICY.is_working(day) for day in saturdays | in_lieu | mondays)


def test_the_pages_say_the_same() -> None:
    ours, theirs = (differences(guide) for guide in GUIDES.values())
    assert ours == theirs == {day: POLICY.is_working(day) for day in ours}
    english, vietnamese = (swaps(guide) for guide in GUIDES.values())
    assert english == vietnamese
    calendar = {}
    for day in days(date(2010, 1, 1), date(2027, 12, 31)):
        told = POLICY.day(day)
        if told["kind"] in ("swapped_day", "make_up_day"):
            calendar[day] = date.fromisoformat(told["reasons"][0]["of"] or "")
    assert calendar == {day: other for off, worked in english for day, other in ((off, worked), (worked, off))}


@pytest.mark.parametrize("year", YEARS)
def test_a_year_as_it_was_decided(year: int) -> None:
    off, worked = ({date(year, *map(int, day.split("/")[::-1])) for day in row.split()} for row in YEARS[year])
    assert all(day.weekday() < 5 for day in off) and all(day.weekday() >= 5 for day in worked)
    for day in days(date(year, 1, 1), date(year, 12, 31)):
        assert POLICY.is_working(day) == (day in worked or day.weekday() < 5 and day not in off), day
        assert POLICY.day(day)["published"]


@pytest.mark.parametrize("page", GUIDES)
def test_a_province_has_its_own_days(page: str) -> None:
    (example,) = re.findall(r"^```json\n([\s\S]*?)^```$", GUIDES[page], re.MULTILINE)
    ours = cnscd.Policy.from_json(example)
    (day,) = [day for day in days(FIRST, LAST) if ours.is_working(day) != POLICY.is_working(day)]
    assert day == date(2026, 10, 12) and ours.day(day)["kind"] == "day_off"
    friday = date(2026, 10, 9)
    assert (POLICY.add_working_days(friday, 5), ours.add_working_days(friday, 5)) == (date(2026, 10, 16), date(2026, 10, 19))
