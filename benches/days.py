"""Counting and adding working days from 1901 to 2100, here and in two libraries of others, in one process: medians of seven runs, for the
report. Where the others can express the days at all, the answers are compared first. The rules are those of the country, as if they had
begun with the lunar table; the law that is known begins in 1995."""

import importlib
import json
import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import cnscd

numpy: Any = importlib.import_module("numpy")
holidays: Any = importlib.import_module("holidays")

ROOT = Path(__file__).resolve().parents[1]
preset = (ROOT / "core/presets/vietnam-calendar.json").read_text(encoding="utf-8")
policy = cnscd.Policy.from_json(preset.replace("1995-01-01", "1901-01-01"))
first, last = date(1901, 1, 1), date(2100, 12, 31)
days = [first + timedelta(n) for n in range((last - first).days + 1)]
pairs = [(days[n * 7919 % len(days)], days[n * 104729 % len(days)]) for n in range(10_000)]

# numpy knows a mask of the week and a list of days off, and no Saturday that is worked.
off = [day for day in days if day.weekday() < 5 and not policy.is_working(day)]
worked = [day for day in days if day.weekday() >= 5 and policy.is_working(day)]
busday = numpy.busdaycalendar(weekmask="1111100", holidays=off)
step = timedelta(1)
for start, end in pairs[:200]:
    low, high = sorted((start, end))
    theirs = int(numpy.busday_count(low + step, high + step, busdaycal=busday))
    assert policy.count_working_days(low, high) == theirs + sum(low < day <= high for day in worked)
vietnam = holidays.country_holidays("VN", years=range(1901, 2101))
froms = numpy.array([start for start, _ in pairs], dtype="datetime64[D]")
tos = numpy.array([end for _, end in pairs], dtype="datetime64[D]")
some = pairs[:20]


def times(calls: dict[str, tuple[int, Callable[[], object]]]) -> dict[str, float]:
    """The median in nanoseconds a day counted or added of each call; they take turns."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(7):
        for name, (count, call) in calls.items():
            start = time.perf_counter()
            call()
            taken[name].append(1e9 * (time.perf_counter() - start) / count)
    return {name: statistics.median(each) for name, each in taken.items()}


result = times(
    {
        "count": (len(pairs), lambda: [policy.count_working_days(start, end) for start, end in pairs]),
        "count_numpy": (len(pairs), lambda: [numpy.busday_count(start, end, busdaycal=busday) for start, end in pairs]),
        "count_numpy_array": (len(pairs), lambda: numpy.busday_count(froms, tos, busdaycal=busday)),
        "count_holidays": (len(some), lambda: [vietnam.get_working_days_count(start, end) for start, end in some]),
        "add": (len(pairs), lambda: [policy.add_working_days(start, 250) for start, _ in pairs if start.year < 2099]),
        "add_numpy": (
            len(pairs),
            lambda: [numpy.busday_offset(start, 250, roll="backward", busdaycal=busday) for start, _ in pairs],
        ),
        "add_numpy_array": (len(pairs), lambda: numpy.busday_offset(froms, 250, roll="backward", busdaycal=busday)),
        "add_holidays": (len(some), lambda: [vietnam.get_nth_working_day(start, 250) for start, _ in some]),
    }
)
Path(ROOT / "target/bench").mkdir(parents=True, exist_ok=True)
(ROOT / "target/bench/days.json").write_text(json.dumps(result))
print(result, file=sys.stderr)
