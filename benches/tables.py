"""Reading the country from data frames and from JSON, in one process: medians of seven runs, for the report."""

import importlib
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import cnscd

polars: Any = importlib.import_module("polars")
pyarrow: Any = importlib.import_module("pyarrow")

ROOT = Path(__file__).resolve().parents[1]
TABLES = [name for name, _ in cnscd.Register.from_json("{}").counts()]

document = subprocess.run([ROOT / "target/release/once", "print"], stdout=subprocess.PIPE, check=True).stdout
register = cnscd.Register.from_json(document)
polars_frames: dict[str, Any] = {name: polars.DataFrame(register.table(name)) for name in TABLES}
arrow_frames: dict[str, Any] = {name: pyarrow.table(register.table(name)) for name in TABLES}


def times(calls: dict[str, Callable[[], cnscd.Register]]) -> dict[str, float]:
    """The median in milliseconds of each call; they take turns, so that a slow moment of the machine meets all of them."""
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(7):
        for name, call in calls.items():
            start = time.perf_counter()
            made = call()
            taken[name].append(1000 * (time.perf_counter() - start))
            del made
    return {name: statistics.median(each) for name, each in taken.items()}


for frames in (polars_frames, arrow_frames):
    assert cnscd.Register.from_tables(note=register.note, **frames).to_json() == register.to_json()
result = times(
    {
        "json": lambda: cnscd.Register.from_json(document),
        "polars": lambda: cnscd.Register.from_tables(**polars_frames),
        "pyarrow": lambda: cnscd.Register.from_tables(**arrow_frames),
    }
)
Path(ROOT / "target/bench").mkdir(parents=True, exist_ok=True)
(ROOT / "target/bench/tables.json").write_text(json.dumps(result))
print(result, file=sys.stderr)
