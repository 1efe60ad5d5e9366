"""The lunar calendar against two libraries of others; what differs is in docs/guide-days.md."""

import copy
import pickle
from datetime import date, timedelta

import cnscd
import lunar_vn
import pytest
from holidays.calendars.chinese import VIETNAMESE_CALENDAR, _ChineseLunisolar

FIRST, LAST = date(1900, 1, 31), date(2101, 1, 28)


def test_new_year_and_the_day_of_the_hung_kings() -> None:
    theirs = _ChineseLunisolar()
    for year in range(1901, 2101):
        assert cnscd.LunarDate(year, 1, 1).date() == theirs.lunar_new_year_date(year, VIETNAMESE_CALENDAR)[0]
        assert cnscd.LunarDate(year, 3, 10).date() == theirs.hung_kings_date(year, VIETNAMESE_CALENDAR)[0]


def test_every_day() -> None:
    months = set()
    day = FIRST
    while day.year <= 2100:
        ours, theirs = cnscd.LunarDate.of(day), lunar_vn.solar_to_lunar(day)
        assert ours.date() == day
        if (ours.year, ours.month, ours.day, ours.leap) != (theirs.year, theirs.month, theirs.day, theirs.leap):
            months.add((day.year, day.month))
        day += timedelta(1)
    # A month that begins a day apart, from its first day to the last before the next.
    assert months == {(1944, 6), (1944, 7), (2072, 12), (2073, 1), (2085, 10), (2085, 11)}


def test_days_are_copied() -> None:
    for day in [cnscd.LunarDate(2022, 3, 10), cnscd.LunarDate(2023, 2, 1, leap=True)]:
        assert copy.deepcopy(day) == pickle.loads(pickle.dumps(day)) == day
    period = cnscd.Period("2022-Q2")
    assert copy.copy(period) == pickle.loads(pickle.dumps(period)) == period


def test_days_are_values() -> None:
    new_year = cnscd.LunarDate(2023, 1, 1)
    assert new_year == cnscd.LunarDate.of(date(2023, 1, 22)) and hash(new_year) == hash(cnscd.LunarDate(2023, 1, 1))
    assert cnscd.LunarDate(2023, 2, 30) < cnscd.LunarDate(2023, 2, 1, leap=True) < cnscd.LunarDate(2023, 3, 1)
    assert repr(cnscd.LunarDate(2023, 2, 1, leap=True)) == "LunarDate(2023, 2, 1, leap=True)"
    for year, month, number in [(2022, -1, 1), (2022, 1, -1), (2**31, 1, 1), (-1, 1, 1), (2022, 13, 1)]:
        with pytest.raises(cnscd.Error, match="is no day of the lunar calendar"):
            cnscd.LunarDate(year, month, number)
    for wrong in [FIRST - timedelta(1), LAST + timedelta(1), date.min, date.max]:
        with pytest.raises(cnscd.Error, match="it runs from 1900-01-31 to 2101-01-28"):
            cnscd.LunarDate.of(wrong)
