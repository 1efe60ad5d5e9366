"""25 checks over a year of reports of the country, here, by hand in Polars and in plain Python over pydantic, in one run: medians for the
report. The pairs of report and check that come out are compared first. With `polars` as its argument it measures Polars alone, with as many
threads as its environment says."""

import ctypes
import gc
import importlib
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import cnscd

polars: Any = importlib.import_module("polars")
pydantic: Any = importlib.import_module("pydantic")
pl = polars

ROOT = Path(__file__).resolve().parents[1]
ONCE = ROOT / "target/release/once"
OUT = ROOT / "target/bench"
FORM = "team-monthly"
AS_OF = date(2025, 1, 31)
RUNS = 7


def before(name: str) -> Any:
    """The figure of the month before; rows stand by team and month."""
    return pl.when("first").then(None).otherwise(pl.col(name).shift(1))


def col(name: str) -> Any:
    """A figure."""
    return pl.col(name).cast(pl.Int64)


# The checks of benches/data/year-policy.json: what departs.
POLARS: dict[str, Any] = {
    "young": pl.col("members_young") > pl.col("members"),
    "trained": pl.col("members_trained") > pl.col("members"),
    "times": pl.col("people_guided") > pl.col("guidance_occurrences"),
    "services": pl.col("people_guided_public_service") > pl.col("people_guided"),
    "vulnerable": pl.col("vulnerable_guided") > pl.col("people_guided"),
    "sessions": (pl.col("outreach_sessions") <= 0) & (pl.col("outreach_attendance") != 0),
    "audience": pl.col("outreach_attendance") < pl.col("outreach_sessions"),
    "files": (pl.col("people_guided_public_service") <= 0) & (pl.col("online_files_assisted") != 0),
    "resolved": pl.col("feedback_resolved") > pl.col("feedback_received"),
    "households": pl.col("households_guided") < before("households_guided"),
    "halved": col("members") * 2 < before("members"),
    "doubled": col("members") > before("members") * 2,
    "activated": pl.col("eid_activated") > col("people_guided") + pl.col("outreach_attendance"),
    "accounts": col("epayment_accounts") + pl.col("ecommerce_accounts") > col("people_guided") + pl.col("outreach_attendance"),
    "stalls": pl.col("digital_stalls") > pl.col("households_guided"),
    "safety": pl.col("online_safety_guidance") > col("guidance_occurrences") + pl.col("outreach_attendance"),
    "app": pl.col("province_app_accounts") < before("province_app_accounts"),
    "skills": pl.col("adults_digital_skills") < before("adults_digital_skills"),
    "crowd": pl.col("outreach_attendance") > col("outreach_sessions") * 500,
    "reach": col("people_guided") + pl.col("outreach_attendance") > 5000,
    "moved": (col("members") - before("members")).abs() > 5,
    # Nothing is said where one of the two is not known.
    "most": (pl.max_horizontal("eid_activated", "epayment_accounts") > col("guidance_occurrences") + pl.col("outreach_attendance"))
    & pl.col("eid_activated").is_not_null()
    & pl.col("epayment_accounts").is_not_null(),
    "few": pl.col("members") < 3,
    "pair": pl.col("online_files_assisted").is_null() != pl.col("people_guided_public_service").is_null(),
    "share": (pl.col("guidance_occurrences") > 0) & (col("people_guided") * 100 / pl.col("guidance_occurrences") < 5),
}


def by_polars(frame: Any) -> dict[str, Any]:
    """The rows that depart from each check."""
    found = frame.select(**POLARS)
    return {name: found[name].arg_true() for name in POLARS}


Row = dict[str, int | None]
Check = Callable[[Row, Row], bool | None]


def plain(row: Row, last: Row) -> list[str]:
    """The same in plain Python for one report, with the one of the month before."""

    def has(*names: str) -> bool:
        return all(row[name] is not None for name in names)

    def n(name: str) -> int:
        value = row[name]
        return 0 if value is None else value

    def above(left: str, right: str) -> bool:
        return has(left, right) and n(left) > n(right)

    def fell(name: str) -> bool:
        old = last.get(name)
        return has(name) and old is not None and n(name) < old

    audience, times, people = "outreach_attendance", "guidance_occurrences", "people_guided"
    old = last.get("members")
    found = {
        "young": above("members_young", "members"),
        "trained": above("members_trained", "members"),
        "times": above(people, times),
        "services": above("people_guided_public_service", people),
        "vulnerable": above("vulnerable_guided", people),
        "sessions": has("outreach_sessions", audience) and n("outreach_sessions") <= 0 and n(audience) != 0,
        "audience": has(audience, "outreach_sessions") and n(audience) < n("outreach_sessions"),
        "files": has("people_guided_public_service", "online_files_assisted")
        and n("people_guided_public_service") <= 0
        and n("online_files_assisted") != 0,
        "resolved": above("feedback_resolved", "feedback_received"),
        "households": fell("households_guided"),
        "halved": has("members") and old is not None and n("members") * 2 < old,
        "doubled": has("members") and old is not None and n("members") > old * 2,
        "activated": has("eid_activated", people, audience) and n("eid_activated") > n(people) + n(audience),
        "accounts": has("epayment_accounts", "ecommerce_accounts", people, audience)
        and n("epayment_accounts") + n("ecommerce_accounts") > n(people) + n(audience),
        "stalls": above("digital_stalls", "households_guided"),
        "safety": has("online_safety_guidance", times, audience) and n("online_safety_guidance") > n(times) + n(audience),
        "app": fell("province_app_accounts"),
        "skills": fell("adults_digital_skills"),
        "crowd": has(audience, "outreach_sessions") and n(audience) > n("outreach_sessions") * 500,
        "reach": has(people, audience) and n(people) + n(audience) > 5000,
        "moved": has("members") and old is not None and abs(n("members") - old) > 5,
        "most": has("eid_activated", "epayment_accounts", times, audience)
        and max(n("eid_activated"), n("epayment_accounts")) > n(times) + n(audience),
        "few": has("members") and n("members") < 3,
        "pair": (row["online_files_assisted"] is None) != (row["people_guided_public_service"] is None),
        "share": has(people, times) and n(times) > 0 and n(people) * 100 / n(times) < 5,
    }
    return [name for name, departs in found.items() if departs]


def median(call: Callable[[], object], runs: int = RUNS) -> float:
    """Milliseconds of a call."""
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        made = call()
        taken.append(1000 * (time.perf_counter() - start))
        del made
    return statistics.median(taken)


def resident() -> float:
    """Megabytes that this process holds, what its allocator keeps for later aside."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1]) / 1024


def figures(path: Path) -> Any:
    """The frame of the year, its rows by team and month as they come."""
    frame = pl.read_parquet(path)
    return frame.with_columns(first=(pl.col("team") != pl.col("team").shift(1)).fill_null(True))


def main() -> None:
    """Measures."""
    OUT.mkdir(parents=True, exist_ok=True)
    parquet = OUT / "reports.parquet"
    if sys.argv[1:] == ["polars"]:
        frame = figures(parquet)
        by_polars(frame)
        print(json.dumps({"time": median(lambda: by_polars(frame)), "threads": pl.thread_pool_size()}))
        return
    csv = OUT / "reports.csv"
    with csv.open("wb") as out:
        subprocess.run([ONCE, "reports"], stdout=out, check=True)
    flat = pl.read_csv(csv, schema_overrides={"received": pl.String, "period": pl.String})
    flat = flat.select(column.name for column in flat if column.null_count() < flat.height)
    names = [name.removeprefix("figures.") for name in flat.columns if name.startswith("figures.")]
    flat = flat.with_columns(pl.col("^figures\\..*$").cast(pl.Int32))
    flat.rename({f"figures.{name}": name for name in names}).write_parquet(parquet)
    csv.unlink()
    document = subprocess.run([ONCE, "print"], stdout=subprocess.PIPE, check=True).stdout
    register = cnscd.Register.from_json(document)
    del document
    reports = cnscd.Reports.from_table(register, flat)
    # What reading takes beside is there already.
    held = resident()
    again = cnscd.Reports.from_table(register, flat)
    result: dict[str, float] = {"memory": resident() - held, "reports": len(again)}
    del again
    policy = cnscd.Policy.from_json((ROOT / "benches/data/year-policy.json").read_text(encoding="utf-8"))
    checked = register.with_reports(reports).check(policy, as_of=AS_OF)

    frame = figures(parquet)
    theirs = by_polars(frame)
    ours = pl.DataFrame(checked.departures(FORM))
    for name, rows in theirs.items():
        assert sorted(ours.filter(pl.col("check") == name)["report"]) == rows.sort().to_list(), name
    result["departures"] = ours.height
    result["ours"] = median(lambda: checked.departures(FORM))
    for threads in (1, os.cpu_count() or 1):
        environment = {**os.environ, "POLARS_MAX_THREADS": str(threads)}
        printed = subprocess.run([sys.executable, __file__, "polars"], env=environment, stdout=subprocess.PIPE, check=True).stdout
        result["polars_one" if threads == 1 else "polars_all"] = json.loads(printed)["time"]

    # A hundredth of the rows, whole teams.
    part = flat.head(flat.height // 1200 * 12)
    few = cnscd.Reports.from_table(register, part)
    text = register.with_reports(few).reports_to_json()
    assert text is not None
    few_checked = register.with_reports(few).check(policy, as_of=AS_OF)
    fields: dict[str, Any] = {name: (int | None, None) for name in names}
    figures_model = pydantic.create_model("Figures", **fields)
    model: Any = pydantic.create_model("Report", form=(str, ...), period=(str, ...), team=(str, ...), received=(date, ...), figures=(figures_model, ...))
    document_model = pydantic.create_model("Document", reports=(list.__class_getitem__(model), ...))
    read = document_model.model_validate_json(text)

    def by_hand() -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        last: tuple[str, Row] = ("", {})
        for at, report in enumerate(read.reports):
            row = report.figures.__dict__
            found.extend((at, name) for name in plain(row, last[1] if last[0] == report.team else {}))
            last = (report.team, row)
        return found

    own = pl.DataFrame(few_checked.departures(FORM))
    assert sorted(zip(own["report"], own["check"], strict=True)) == sorted(by_hand())
    result["few"] = len(few)
    result["few_ours"] = median(lambda: few_checked.departures(FORM), 51)
    result["few_plain"] = median(by_hand)
    result["few_read"] = median(lambda: cnscd.Reports.from_json(register, text))
    result["few_pydantic"] = median(lambda: document_model.model_validate_json(text))

    report: Any = {"form": FORM, "team": flat["team"][0], "period": "2025-01", "figures": {name: flat[f"figures.{name}"][11] for name in names}}
    taken = []
    for _ in range(2000):
        start = time.perf_counter()
        checked.preview(report)
        taken.append(1000 * (time.perf_counter() - start))
    taken.sort()
    result["preview"], result["preview99"] = taken[1000], taken[1980]
    (OUT / "reports.json").write_text(json.dumps(result))
    print(result, file=sys.stderr)


main()
