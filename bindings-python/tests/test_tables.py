"""Tables in and out: every library gives the register that JSON gives, and takes what comes out."""

import ast
import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, timezone
from pathlib import Path
from typing import Any

import cnscd
import pytest

# Their own types are of no use here, and not all of them have any.
duckdb: Any = importlib.import_module("duckdb")
pa: Any = importlib.import_module("pyarrow")
pd: Any = importlib.import_module("pandas")
pl: Any = importlib.import_module("polars")


def to_pandas(table: Any) -> Any:
    """A frame of pandas: before version 3 by way of pyarrow."""
    return pd.DataFrame.from_arrow(table) if hasattr(pd.DataFrame, "from_arrow") else pa.table(table).to_pandas()


Rows = list[dict[str, Any]]
Document = dict[str, Rows]

SCHEMA = json.loads(cnscd.json_schema())["properties"]
REPORT_COLUMNS = [
    "form", "version", "period", "unit", "team", "kind", "revision", "sent", "received", "entered", "channel", "by", "state", "figures",
    "not_applicable", "estimates", "confirmed", "prose",
]  # fmt: skip
TABLES = [name for name, _ in cnscd.Register.from_json("{}").counts()]
NOTE = "Không có thật."
# Made up; every table and every kind of column.
DOCUMENT: Document = {
    "units": [
        {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune", "to": "2025-07-01"},
        {"code": "99001", "name": "Xã Mẫu Mới", "kind": "xa", "level": "commune", "from": "2025-07-01", "keep_capital": True},
        {"code": "99001-01", "name": "Thôn Đông", "kind": "thon", "level": "village", "parent": "99001"},
        {"code": "99001-02", "name": "Thôn Tây", "kind": "thon", "level": "village", "parent": "99001"},
    ],
    "successions": [
        {"day": "2025-07-01", "old": "99001", "new": "99001", "extent": "continues", "share": 1000},
        {"day": "2025-07-01", "old": "99001-02", "new": "99001-01", "extent": "unknown", "basis": "Nghị quyết"},
    ],
    "attributes": [{"unit": "99001-01", "attribute": "households", "from": "2022-01-01", "value": 4_000_000_000}],
    "bodies": [{"id": "ubnd", "name": "UBND xã Mẫu", "kind": "peoples_committee", "unit": "99001"}],
    "decisions": [
        {"id": "d1", "number": "01/QĐ-UBND", "body": "ubnd", "signed": "2022-04-05", "kind": "establish", "attached_list": ["99001-01", "99001-02"]},
        {"id": "d2", "number": "02/QĐ-UBND", "body": "ubnd", "signed": "2022-05-05", "kind": "reconstitute", "amends": ["d1"]},
    ],
    "teams": [
        {"id": "t1", "kind": "community", "unit": "99001", "covers": ["99001-01"], "mandates": ["de_an_06", "xa_y"], "from": "2022-04-05"},
        {"id": "t2", "kind": "community", "unit": "99001", "covers": ["99001-02"], "decision": "d1", "from": "2022-04-05", "to": "2022-05-01"},
    ],
    "suspensions": [{"team": "t1", "from": "2022-06-01", "to": "2022-07-01"}],
    "declarations": [{"team": "t1", "from": "2022-04-05", "members": 3}],
    "people": [
        {"id": "p1", "name": "Nguyễn Văn Mẫu", "born": "1960-02-03", "sex": "male", "phone": "0000000000"},
        {"id": "p2", "name": "Trần Thị Mẫu"},
        {"id": "p3", "name": 'Lê "Ba", Mẫu', "sex": "female"},
    ],
    "residences": [{"person": "p1", "unit": "99001-01"}],
    "affiliations": [{"person": "p1", "organisation": "youth_union"}],
    "positions": [{"person": "p1", "kind": "village_head", "unit": "99001-01", "from": "2020-01-01", "acting": True}],
    "memberships": [
        {"team": "t1", "person": "p1", "role": "head", "from": "2022-04-05", "position": "village_head"},
        {"team": "t1", "person": "p2", "role": "head", "acting": True, "from": "2022-05-01"},
        {"team": "t2", "person": "p3", "role": "member", "from": "2022-04-05", "to": "2022-05-01", "end_reason": "left"},
    ],
    "events": [{"id": "e1", "obligation": "answer", "team": "t1", "day": "2022-04-28", "document": "05/KN"}],
    "excuses": [
        {"obligation": "issue-decision", "unit": "99001", "day": "2022-04-28", "until": "2022-05-20", "document": "45/UBND-VX"},
        {"obligation": "set-up-teams", "unit": "99001", "day": "2022-04-29", "document": "46/UBND-VX"},
    ],
    "completions": [
        {"obligation": "report-team", "team": "t1", "period": "2022-05", "day": "2022-05-16"},
        {"obligation": "answer", "team": "t1", "person": "p1", "event": "e1", "day": "2022-05-02", "document": "07/UBND"},
    ],
}
REGISTER = cnscd.Register.from_json(json.dumps({"note": NOTE, **DOCUMENT}))
# As a table has them; every column, two forms, and neither by reporter nor by period.
REPORTS: Rows = [
    {
        "form": "team-monthly", "version": 1, "period": "2022-05", "team": "t1", "kind": "periodic", "revision": 2, "sent": "2022-06-02", "received": "2022-06-03",
        "entered": "2022-06-04", "channel": "paper", "by": "p1", "state": "approved", "figures.members": 5, "figures.people_guided": 0, "figures.feedback_received": 12,
        "not_applicable": ["digital_stalls", "qr_businesses"], "estimates": ["members", "people_guided"], "confirmed": ["nothing-happened"],
        "prose.difficulties": 'Chưa có "máy"; mạng yếu, chậm\nvà hay mất',
    },
    {"form": "sheet", "period": "2022-Q2", "unit": "99001-02", "figures.households": 2_147_483_647},
    {"form": "team-monthly", "period": "2022-04", "team": "t1", "received": "2022-05-03", "figures.people_guided": 7, "prose.proposals": "Thêm tập huấn"},
    {"form": "team-monthly", "period": "2025-08", "unit": "99001", "kind": "ad_hoc", "state": "draft", "estimates": ["members"], "figures.members": 3},
    {"form": "sheet", "period": "2022-05-10/2022-06-09", "team": "t2", "channel": "chat_group", "not_applicable": ["households"]},
]  # fmt: skip
CHECKED = REGISTER.check("national-2022", as_of=date(2022, 5, 17))
DAYS = {"from", "to", "day", "until", "born", "signed", "announced", "in_force", "sent", "received", "entered"}


def reports_json(rows: Rows) -> str:
    """The document of such rows."""
    reports: Rows = []
    for row in rows:
        report: dict[str, Any] = {}
        for name, value in row.items():
            column, _, key = name.partition(".")
            if key:
                report.setdefault(column, {})[key] = value
            else:
                report[column] = value
        reports.append(report)
    return json.dumps({"note": NOTE, "reports": reports})


def reported(reports: cnscd.Reports) -> Any:
    """What the document of these reports says."""
    return json.loads(REGISTER.with_reports(reports).reports_to_json() or "null")


BESIDE = REGISTER.with_reports(cnscd.Reports.from_json(REGISTER, reports_json(REPORTS)))


def dated(rows: Rows) -> Rows:
    """The same rows with days as dates."""
    return [{key: date.fromisoformat(value) if key in DAYS else value for key, value in row.items()} for row in rows]


def listed(rows: Rows) -> Rows:
    """The same rows with lists as text."""
    return [{key: " ; ".join(value) if isinstance(value, list) else value for key, value in row.items()} for row in rows]


def spelt(rows: Rows) -> Rows:
    """The same rows with text only."""
    return [{key: value if isinstance(value, str) else str(value) for key, value in row.items()} for row in listed(rows)]


def arrow(rows: Rows) -> Any:
    """A pyarrow table; one made of rows has only the keys of the first."""
    keys = {key: None for row in rows for key in row}
    return pa.Table.from_pylist([{key: row.get(key) for key in keys} for row in rows])


def chunked(rows: Rows) -> Any:
    return pa.concat_tables([arrow(rows).slice(n, 1) for n in range(len(rows))])


def cast(text: Any, day: Any, lists: Callable[[Any], Any], whole: Any) -> Callable[[Rows], Any]:
    """Tables with other types of the same values."""

    def one(field: Any) -> Any:
        if field.type == pa.string():
            return text
        if field.type == pa.date32():
            return day
        if pa.types.is_list(field.type):
            return lists(text)
        return whole if field.type == pa.int64() else field.type

    def made(rows: Rows) -> Any:
        table = arrow(dated(rows))
        return table.cast(pa.schema([pa.field(field.name, one(field)) for field in table.schema]))

    return made


def coded(rows: Rows) -> Any:
    """Every column that can be dictionary-encoded is."""
    table = arrow(dated(rows))
    columns = [column if pa.types.is_nested(column.type) else column.dictionary_encode() for column in table.columns]
    return pa.table(columns, names=table.column_names)


def relation(rows: Rows) -> Any:
    """Of one connection, in which only one answer is open at a time."""
    frame = arrow(dated(rows))
    return CONNECTION.from_arrow(frame)


CONNECTION = duckdb.connect()
FRAMES: dict[str, Callable[[Rows], Any]] = {
    "pandas": lambda rows: pd.DataFrame(dated(rows)),
    "pandas, text": lambda rows: pd.DataFrame(rows),
    "pandas, all text": lambda rows: pd.DataFrame(spelt(rows)),
    "pandas, datetimes": lambda rows: pd.DataFrame(rows).apply(lambda c: pd.to_datetime(c) if c.name in DAYS else c),
    "pandas, objects": lambda rows: pd.DataFrame(dated(rows)).astype(object),
    "pandas, categories": lambda rows: pd.DataFrame(listed(rows)).astype("category"),
    "pandas, a part": lambda rows: pd.DataFrame([{}, *dated(rows)]).loc[1:],
    "polars": lambda rows: pl.DataFrame(dated(rows), infer_schema_length=None),
    "polars, text": lambda rows: pl.DataFrame(rows, infer_schema_length=None),
    "polars, all text": lambda rows: pl.DataFrame(spelt(rows), infer_schema_length=None),
    "polars, chunks": lambda rows: pl.concat([pl.DataFrame(dated(rows), infer_schema_length=None)[n : n + 1] for n in range(len(rows))], rechunk=False),
    "polars, categories": lambda rows: pl.DataFrame(listed(rows), infer_schema_length=None).cast({pl.String: pl.Categorical}),
    "polars, datetimes": lambda rows: pl.DataFrame(dated(rows), infer_schema_length=None).cast({pl.Date: pl.Datetime("ns")}),
    "pyarrow": lambda rows: arrow(dated(rows)),
    "pyarrow, text": arrow,
    "pyarrow, chunks": chunked,
    "pyarrow, a batch": lambda rows: arrow(rows).to_batches()[0],
    "pyarrow, a slice": lambda rows: arrow([*rows, *rows]).slice(len(rows)),
    "pyarrow, coded": coded,
    "pyarrow, large": cast(pa.large_string(), pa.date64(), pa.large_list, pa.uint64()),
    "pyarrow, views": cast(pa.string_view(), pa.timestamp("us"), pa.list_, pa.uint32()),
    "pyarrow, floats": cast(pa.string(), pa.timestamp("s"), pa.list_, pa.float64()),
    "pyarrow, decimals": cast(pa.string(), pa.timestamp("ms"), pa.list_, pa.decimal128(38, 0)),
    "pyarrow, a reader": lambda rows: arrow(rows).to_reader(max_chunksize=1),
    "duckdb": relation,
}


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_every_frame_gives_the_register_of_json(frame: Callable[[Rows], Any]) -> None:
    tables = {name: frame(DOCUMENT[name]) for name in reversed(TABLES)}
    assert cnscd.Register.from_tables(note=NOTE, **tables).to_json() == REGISTER.to_json()


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES.keys())
def test_every_frame_gives_the_reports_of_json(frame: Callable[[Rows], Any]) -> None:
    reports = cnscd.Reports.from_table(REGISTER, frame(REPORTS), note=NOTE)
    assert reported(reports) == json.loads(reports_json(REPORTS)) and (len(reports), reports.note) == (5, NOTE)


def test_the_reports_of_json_come_back() -> None:
    assert json.loads(BESIDE.reports_to_json() or "") == json.loads(reports_json(REPORTS))
    again = cnscd.Reports.from_json(REGISTER, BESIDE.reports_to_json() or "")
    assert REGISTER.with_reports(again).reports_to_json() == BESIDE.reports_to_json()


def test_an_empty_frame_of_reports() -> None:
    wanted = REGISTER.with_reports(cnscd.Reports.from_json(REGISTER, "{}")).reports_to_json()
    empty = pl.DataFrame(schema=["form", "figures.members", "prose.difficulties"])
    for frame in (pd.DataFrame(), pl.DataFrame(), pa.table({"form": pa.nulls(0)}), empty, empty.to_pandas(), REGISTER.table("reports")):
        reports = cnscd.Reports.from_table(REGISTER, frame)
        assert (len(reports), reports.note, reports.forms()) == (0, None, []) and REGISTER.with_reports(reports).reports_to_json() == wanted


def test_absent_tables_are_empty() -> None:
    assert cnscd.Register.from_tables().to_json() == cnscd.Register.from_tables(units=None).to_json() == cnscd.Register.from_json("{}").to_json()
    for empty in (pd.DataFrame(), pl.DataFrame(), pa.table({"id": pa.nulls(0)}), pl.DataFrame(schema=["id", "name"])):
        assert cnscd.Register.from_tables(bodies=empty).to_json() == cnscd.Register.from_json("{}").to_json()


def test_the_stub_names_every_table() -> None:
    tree = ast.parse((Path(cnscd.__file__).parent / "_native.pyi").read_text(encoding="utf-8"))
    (made,) = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name == "from_tables")
    assert [arg.arg for arg in made.args.kwonlyargs] == ["note", *TABLES]


# ---- what comes out


def duck(it: Any) -> Rows:
    """What a query finds that names the variable."""
    found = duckdb.sql("select * from it")
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


TAKERS: dict[str, Callable[[Any], Rows]] = {
    "pandas": lambda table: to_pandas(table).astype(object).to_dict("records"),
    "polars": lambda table: pl.DataFrame(table).to_dicts(),
    "pyarrow": lambda table: pa.table(table).to_pylist(),
    "duckdb": duck,
}


def told(value: Any) -> Any:
    """A value as JSON has it; what is missing is none in any library."""
    if isinstance(value, (date, datetime)):
        return value.strftime("%Y-%m-%d")
    if hasattr(value, "tolist"):
        value = value.tolist()
    return None if value != value else value


@pytest.mark.parametrize("take", TAKERS.values(), ids=TAKERS.keys())
@pytest.mark.parametrize("name", TABLES)
def test_facts_are_taken(take: Callable[[Any], Rows], name: str) -> None:
    table = REGISTER.table(name)
    wanted = DOCUMENT[name]
    assert set(table.columns) == set(SCHEMA[name]["items"]["properties"]) and len(table) == len(wanted)
    taken = [{key: told(value) for key, value in row.items()} for row in take(table)]
    assert [{key: value for key, value in row.items() if value not in (None, False, [])} for row in taken] == wanted
    assert all(list(row) == table.columns for row in taken)


@pytest.mark.parametrize("through", [pl.DataFrame, pa.table, to_pandas, lambda table: table], ids=["polars", "pyarrow", "pandas", "itself"])
def test_facts_come_back(through: Callable[[Any], Any]) -> None:
    tables = {name: through(REGISTER.table(name)) for name in TABLES}
    assert cnscd.Register.from_tables(note=NOTE, **tables).to_json() == REGISTER.to_json()


@pytest.mark.parametrize("take", TAKERS.values(), ids=TAKERS.keys())
def test_reports_are_taken(take: Callable[[Any], Rows]) -> None:
    table = BESIDE.table("reports")
    own = [column for column in REPORT_COLUMNS if column not in ("figures", "prose")]
    figures = ["members", "people_guided", "feedback_received", "digital_stalls", "qr_businesses", "households"]
    assert set(table.columns) == {*own, *(f"figures.{key}" for key in figures), "prose.difficulties", "prose.proposals"} and len(table) == 5
    # Those of a map stand where the map stands.
    assert [name.split(".")[0] for name in table.columns] == [
        *own[: own.index("not_applicable")], *["figures"] * 6, *own[own.index("not_applicable") :], "prose", "prose",
    ]  # fmt: skip
    taken = [{key: told(value) for key, value in row.items()} for row in take(table)]
    assert [{key: value for key, value in row.items() if value is not None and value != []} for row in taken] == REPORTS
    assert all(list(row) == table.columns for row in taken)


THROUGH: dict[str, Callable[[Any], Any]] = {
    "itself": lambda table: table,
    "polars": pl.DataFrame,
    "pyarrow": pa.table,
    "pyarrow, chunks": lambda table: pa.concat_tables([pa.table(table).slice(n, 1) for n in range(len(table))]),
    "pandas": to_pandas,
    "pandas, floats and objects": lambda table: pa.table(table).to_pandas(),
    "duckdb": lambda it: duckdb.sql("select * from it"),
    "duckdb, stored": lambda it: CONNECTION.execute("create or replace table kept as select * from it").table("kept"),
}


@pytest.mark.parametrize("through", THROUGH.values(), ids=THROUGH.keys())
def test_reports_come_back(through: Callable[[Any], Any]) -> None:
    again = cnscd.Reports.from_table(REGISTER, through(BESIDE.table("reports")), note=NOTE)
    assert reported(again) == json.loads(reports_json(REPORTS))
    assert REGISTER.with_reports(again).table("reports").columns == BESIDE.table("reports").columns


def test_the_types_of_reports() -> None:
    types = dict(zip(BESIDE.table("reports").columns, pa.schema(BESIDE.table("reports")), strict=True))
    for name in ("revision", "version", "figures.members", "figures.digital_stalls"):
        assert types[name].type == pa.uint32() and types[name].nullable
    assert types["received"].type == pa.date32() and types["prose.proposals"].type == pa.large_string()
    assert types["confirmed"].type == pa.large_list(pa.large_string()) and not types["confirmed"].nullable
    assert [name for name, field in types.items() if not field.nullable] == ["form", "period", "not_applicable", "estimates", "confirmed"]
    schema: Any = json.loads(cnscd.reports_schema())["properties"]["reports"]["items"]["properties"]
    assert set(REPORT_COLUMNS) == set(schema)
    # Without reports nothing is known of the keys of maps.
    nothing = REGISTER.with_reports(cnscd.Reports.from_json(REGISTER, "{}")).table("reports")
    assert REGISTER.table("reports").columns == nothing.columns and len(REGISTER.table("reports")) == 0
    assert nothing.columns == [name for name in REPORT_COLUMNS if name not in ("figures", "prose")]
    assert {field.type for field in pa.schema(nothing)} <= {field.type for field in types.values()}


@pytest.mark.parametrize("take", TAKERS.values(), ids=TAKERS.keys())
def test_findings_are_taken(take: Callable[[Any], Rows]) -> None:
    findings = CHECKED.findings()
    assert len(findings) > 2
    for table, locale in [(findings, None), (findings.table(), None), (findings.table("vi", names="full"), "vi")]:
        taken = [{key: told(value) for key, value in row.items()} for row in take(table)]
        wanted: Rows = []
        for data in findings.to_dicts("vi" if locale else None, names="full"):
            subject, params, texts = data["subject"], data["params"], {key: data.get(key) for key in ("text", "remedy") if locale}
            row = {key: data.get(key) for key in ("code", "name", "severity", "unit", "from", "to", "present")}
            wanted.append({**row, "subject_table": subject["table"], "subject": subject["id"], "params": params, **texts})
        assert [{**row, "params": json.loads(row["params"])} for row in taken] == wanted
    assert len(findings[:0].table()) == 0 == len(pl.DataFrame(findings[:0]))
    assert pl.DataFrame(findings[:1])["code"].to_list() == [findings[0].code]


@pytest.mark.parametrize("take", TAKERS.values(), ids=TAKERS.keys())
def test_roll_ups_are_taken(take: Callable[[Any], Rows]) -> None:
    taken = take(CHECKED.roll_up_table())
    for row, flat in zip(CHECKED.roll_up(), taken, strict=True):
        wanted: dict[str, Any] = {key: row[key] for key in ("unit", "name", "level", "parent")}
        wanted |= {f"units_{level}": count for level, count in row["units"].items()}
        for grid in ("units_with", "teams", "members"):
            counts: Any = row[grid]
            for level in row["units"]:
                for kind in ("committee", "steering", "community"):
                    wanted[f"{grid}_{level}_{kind}"] = counts.get(level, {}).get(kind, 0)
        def shared(shares: dict[str, Any]) -> Rows:
            return [{f"{name}_part": share and share["part"], f"{name}_whole": share and share["whole"]} for name, share in shares.items()]

        required = {f"required_{level}": row["required"].get(level) for level in row["units"]}
        for columns in shared(required | {"villages_covered": row["villages_covered"]}):
            wanted |= columns
        for name, open_counts in (("roles", row["roles"]), ("sexes", row["sexes"]), ("findings", row["findings"])):
            wanted |= {f"{name}_{word}": count for word, count in open_counts.items()}
        wanted |= shared({"duties_done": row["duties_done"]})[0]
        got = {key: told(value) for key, value in flat.items()}
        assert json.loads(got.pop("organisations")) == row["organisations"]
        assert list(got.items()) == list(wanted.items())
    villages = CHECKED.roll_up_table(unit="99001", level="village")
    assert pl.DataFrame(villages)["unit"].to_list() == ["99001-01", "99001-02"]


def test_schemas() -> None:
    table = REGISTER.table("people")
    assert pa.schema(table) == pa.table(table).schema and pa.schema(CHECKED.findings()).names[0] == "code"
    # The consumer makes another schema of it, if it wants one.
    wanted = pa.schema([pa.field(name, pa.string()) for name in table.columns])
    taken = pa.RecordBatchReader.from_stream(table).read_all().cast(wanted)
    assert taken["born"].to_pylist() == ["1960-02-03", None, None]
    capsule: Any = table.__arrow_c_stream__(wanted.__arrow_c_schema__())
    assert pa.RecordBatchReader._import_from_c_capsule(capsule).read_all() == pa.table(table)


# ---- what is wrong

UNIT = DOCUMENT["units"][0]


def problems(**tables: Any) -> list[str]:
    with pytest.raises(cnscd.Error) as caught:
        cnscd.Register.from_tables(**tables)
    assert caught.value.code == "invalid" and all(problem.vi for problem in caught.value.problems)
    return [f"{problem.code} {problem.place}" for problem in caught.value.problems]


def test_places() -> None:
    units = pa.concat_tables([arrow([UNIT]), arrow([{**UNIT, "level": "x", "code": "99002"}]), arrow([{**UNIT, "to": "2022-02-30", "code": "99003"}])])
    assert problems(units=units) == ["bad-choice units[1].level", "bad-day units[2].to"]
    teams = arrow([{"id": "t", "kind": "community", "unit": "99001", "from": "2022-04-05", "covers": ["99001-01", None, ""]}])
    assert problems(units=arrow([UNIT]), teams=teams) == [
        "dangling teams[0].covers[0]",
        "not-text teams[0].covers[1]",
        "empty-text teams[0].covers[2]",
    ]
    assert problems(units=pa.concat_tables([arrow([UNIT])] * 2)) == ["overlap units[1].from"]


def test_names_of_columns_and_tables() -> None:
    assert problems(unit=arrow([UNIT])) == ["unknown-key document"]
    with pytest.raises(cnscd.Error, match="there is no key `unit`; use `units`"):
        cnscd.Register.from_tables(**{"unit": None})
    with pytest.raises(cnscd.Error, match="units: there is no key `nmae`; use `name`"):
        cnscd.Register.from_tables(units=arrow([{**UNIT, "nmae": "x"}]))
    twice = pa.table([pa.array(["p1"])] * 3, names=["id", "name", "name"])
    assert problems(people=twice) == ["duplicate-key people"]
    assert problems(units=arrow([{"code": "99001"}, {"code": "99002"}])) == ["missing units.name", "missing units.kind", "missing units.level"]
    # What refers to such a row is not called dangling.
    assert problems(units=arrow([{**UNIT, "name": None}]).drop_columns("name"), bodies=arrow(DOCUMENT["bodies"])) == ["missing units.name"]
    assert problems(units=arrow([{**UNIT, "name": None}, UNIT])) == ["missing units[0].name"]


@pytest.mark.parametrize(
    ("column", "values", "code"),
    [
        ("code", pa.array([99001, 99002]), "not-text"),
        ("code", pa.array([99001.0, None]), "not-text"),
        ("code", pa.array([99001, 99002]).dictionary_encode(), "not-text"),
        ("kind", pa.array([b"xa", b"xa"]), "not-text"),
        ("level", pa.array([{"x": 1}, None]), "not-text"),
        ("from", pa.array([19000, 19001]), "bad-day"),
        ("from", pa.array([datetime(2022, 1, 1, tzinfo=timezone.utc), None]), "bad-day"),
        ("from", pa.array([["2022-01-01"], None]), "bad-day"),
        ("keep_capital", pa.array([1, 0]), "bad-flag"),
        ("name", pa.array([["x"], ["y"]]), "not-text"),
    ],
)
def test_a_column_of_another_type_is_one_problem(column: str, values: Any, code: str) -> None:
    units = arrow([UNIT, {**UNIT, "code": "99002"}])
    units = units.set_column(units.column_names.index(column), column, values) if column in units.column_names else units.append_column(column, values)
    for table in (units, pa.concat_tables([units.slice(1), units.slice(0, 1)])):
        rows = [row for row, value in enumerate(table[column].to_pylist()) if value is None and column != "from"]
        assert problems(units=table) == [f"{code} units.{column}", *(f"missing units[{row}].{column}" for row in rows)]


def test_lists_of_another_type() -> None:
    team = {"id": "t", "kind": "community", "unit": "99001", "from": "2022-04-05"}
    wrong: list[tuple[Any, str]] = [([[1], [2]], "not-text"), ([[], [2]], "not-text"), ([1, 2], "not-a-list"), ([None, True], "not-a-list")]
    for covers, code in wrong:
        teams = arrow([team, {**team, "id": "t2"}]).append_column("covers", pa.array(covers))
        assert problems(units=arrow([UNIT]), teams=teams) == [f"{code} teams.covers"]
    none = pa.array([[], None], pa.list_(pa.null()))
    cnscd.Register.from_tables(units=arrow([UNIT]), teams=arrow([team, {**team, "id": "t2"}]).append_column("covers", none))


@pytest.mark.parametrize("kind", [pa.int8(), pa.int32(), pa.float16(), pa.float32(), pa.float64(), pa.null(), pa.binary()])
def test_a_column_without_a_value_is_absent(kind: Any) -> None:
    units = arrow([UNIT]).append_column("from", pa.nulls(1, kind)).append_column("parent", pa.nulls(1, kind))
    assert cnscd.Register.from_tables(units=units).to_json() == cnscd.Register.from_json(json.dumps({"units": [UNIT]})).to_json()


@pytest.mark.parametrize("made", [pl.DataFrame, pd.DataFrame, arrow])
def test_columns_of_nothing(made: Callable[[Rows], Any]) -> None:
    units = made([{**UNIT, "parent": None, "from": None}])
    teams = made([{"id": "t", "kind": "community", "unit": "99001", "covers": [], "mandates": None, "from": "2022-04-05"}])
    assert cnscd.Register.from_tables(units=units, teams=teams).counts()[5] == ("teams", 1)
    assert problems(units=made([{**UNIT, "name": None}])) == ["missing units[0].name"]


def test_nan_is_absent() -> None:
    units = pd.DataFrame([UNIT]).assign(parent=float("nan"), **{"from": float("nan")})
    assert cnscd.Register.from_tables(units=units).counts()[0] == ("units", 1)
    raw = arrow([UNIT]).append_column("parent", pa.array([float("nan")]))
    assert cnscd.Register.from_tables(units=raw).counts()[0] == ("units", 1)


@pytest.mark.parametrize(("value", "good"), [(0, True), (5.0, True), (-1, False), (1.5, False), (2**32, False), (-0.5, False), (1e300, False), (float("inf"), False)])
def test_counts(value: float, good: bool) -> None:
    attributes = arrow([{"unit": "99001", "attribute": "people", "from": "2022-01-01", "value": value}])
    if good:
        register = cnscd.Register.from_tables(units=arrow([UNIT]), attributes=attributes)
        assert f'"value":{value:.0f}' in register.to_json()
    else:
        assert problems(units=arrow([UNIT]), attributes=attributes) == ["bad-count attributes[0].value"]


# Two rows to spoil.
KEYS: dict[str, Any] = {"form": ["sheet", "sheet"], "period": ["2022-05", "2022-06"], "team": ["t1", "t1"]}


def report_problems(columns: dict[str, Any] | Any) -> list[str]:
    """Those of a table, which are those of its rows in two batches, too."""
    told = []
    table = pa.table(columns)
    for frame in (table, pa.concat_tables([table.slice(0, 1), table.slice(1)])):
        with pytest.raises(cnscd.Error) as caught:
            cnscd.Reports.from_table(REGISTER, frame)
        assert caught.value.code == "invalid" and all(problem.vi and problem.table == "reports" for problem in caught.value.problems)
        told.append([f"{problem.code} {problem.place}" for problem in caught.value.problems])
    assert told[0] == told[1]
    return told[0]


@pytest.mark.parametrize(
    ("column", "values", "wanted"),
    [
        ("team", ["t1", "t9"], ["dangling reports[1].team"]),
        ("team", ["t1", None], ["no-reporter reports[1].team"]),
        ("unit", ["99001", None], ["no-reporter reports[0].team"]),
        ("by", [None, "p9"], ["dangling reports[1].by"]),
        ("form", ["sheet", "Phiếu"], ["bad-word reports[1].form"]),
        ("form", [None, "sheet"], ["missing reports[0].form"]),
        ("period", ["5/2022", "2022-13"], ["bad-period reports[0].period", "bad-period reports[1].period"]),
        ("kind", ["weekly", None], ["bad-choice reports[0].kind"]),
        ("state", [None, "sent"], ["bad-choice reports[1].state"]),
        ("revision", [0, 65_536], ["bad-count reports[0].revision", "bad-count reports[1].revision"]),
        ("version", ["1", "1,0"], ["bad-count reports[1].version"]),
        ("received", ["2022-02-30", datetime(2022, 6, 2).strftime("%d.%m.%Y")], ["bad-day reports[0].received", "bad-day reports[1].received"]),
        ("received", [datetime(2022, 6, 2, 8), datetime(2022, 6, 2)], ["bad-day reports[0].received"]),
        ("channel", ["Zalo", "chat_group"], ["bad-word reports[0].channel"]),
        ("figures.members", [-1, 5], ["bad-figure reports[0].figures"]),
        ("figures.members", [2**31, 2**31 - 1], ["bad-figure reports[0].figures"]),
        ("figures.members", pa.array([2**63, 5], pa.uint64()), ["bad-figure reports[0].figures"]),
        ("figures.members", [1.5, 5.0], ["bad-figure reports[0].figures"]),
        ("figures.members", [3e9, float("inf")], ["bad-figure reports[0].figures", "bad-figure reports[1].figures"]),
        ("figures.members", ["5", "5,0"], ["bad-figure reports[1].figures"]),
        ("figures.members", ["", " 5"], ["bad-figure reports[0].figures", "bad-figure reports[1].figures"]),
        ("figures.số", [None, 5], ["bad-word reports.figures"]),
        ("figures.a.b", [5, None], ["bad-word reports.figures"]),
        ("figures.", [5, None], ["bad-word reports.figures"]),
        ("prose.difficulties", ["", "x"], ["empty-text reports[0].prose"]),
        ("prose.Khó", ["x", None], ["bad-word reports.prose"]),
        ("not_applicable", [["members"], ["members", "members"]], ["figure-twice reports[1].not_applicable"]),
        ("not_applicable", ["members;", None], ["empty-text reports[0].not_applicable[1]"]),
        ("estimates", [["members", "members"], []], ["duplicate-key reports[0].estimates"]),
        ("estimates", [["members"], [None]], ["not-text reports[1].estimates[0]"]),
        ("confirmed", ["nothing-happened; R 7", ""], ["bad-word reports[0].confirmed[1]"]),
    ],
)
def test_places_in_reports(column: str, values: Any, wanted: list[str]) -> None:
    assert report_problems({**KEYS, column: values}) == wanted


@pytest.mark.parametrize(
    ("column", "values", "wanted"),
    [
        ("form", pa.array([1, 2]), "not-text reports.form"),
        ("period", pa.array([2022, 2023]), "not-text reports.period"),
        ("period", pa.array([date(2022, 5, 1), date(2022, 6, 1)]), "not-text reports.period"),
        ("team", pa.array([1, 2]).dictionary_encode(), "not-text reports.team"),
        ("received", pa.array([19000, 19001]), "bad-day reports.received"),
        ("received", pa.array([datetime(2022, 1, 1, tzinfo=timezone.utc)] * 2), "bad-day reports.received"),
        ("revision", pa.array([True, False]), "bad-count reports.revision"),
        ("figures.members", pa.array([True, False]), "bad-figure reports.figures"),
        ("figures.members", pa.array([[5], [6]]), "bad-figure reports.figures"),
        ("figures.members", pa.array([date(2022, 1, 1)] * 2), "bad-figure reports.figures"),
        ("figures", pa.array([{"members": 5}, {"members": 6}]), "unknown-key reports"),
        ("not_applicable", pa.array([1, 2]), "not-a-list reports.not_applicable"),
        ("estimates", pa.array([[1], [2]]), "not-text reports.estimates"),
        pytest.param("prose.difficulties", pa.array([1, 2]), "not-text reports.prose"),
        pytest.param("figures.Số", pa.array([True, False]), "bad-word reports.figures"),
        pytest.param("figures.Số", pa.array([1, 2]), "bad-word reports.figures"),
        pytest.param("figures", pa.array([1, 2]), "unknown-key reports"),
        pytest.param("prose", pa.array(["x", "y"]), "unknown-key reports"),
    ],
)
def test_a_column_of_another_type_of_reports_is_one_problem(column: str, values: Any, wanted: str) -> None:
    assert report_problems({**KEYS, column: values}) == [wanted]
    # What is wrong with another column has its row all the same.
    if not column.startswith("figures"):
        assert wanted in report_problems({**KEYS, column: values, "figures.times": [1, -1]})
        assert "bad-figure reports[1].figures" in report_problems({**KEYS, column: values, "figures.times": [1, -1]})


@pytest.mark.parametrize(("whole", "part"), [("figures", "figures.members"), ("prose", "prose.difficulties")])
def test_a_map_as_a_column_of_its_own_is_not_forgotten(whole: str, part: str) -> None:
    values: dict[str, Any] = {"figures": [7, 8], "figures.members": [5, 6], "prose": ["a", "b"], "prose.difficulties": ["c", "d"]}
    assert report_problems({**KEYS, whole: values[whole], part: values[part]}) != []


def test_names_of_columns_of_reports() -> None:
    def named(names: list[str]) -> list[str]:
        return report_problems(pa.table([*KEYS.values(), *([[5, 6]] * len(names))], names=[*KEYS, *names]))

    assert named(["figures.members", "figures.members"]) == ["duplicate-key reports"]
    assert named(["figures.times", "figures.members", "figures.times", "figures.members"]) == ["duplicate-key reports"] * 2
    assert report_problems(pa.table([*KEYS.values(), KEYS["team"]], names=[*KEYS, "team"])) == ["duplicate-key reports"]
    assert named(["members"]) == named(["figure.members"]) == named(["channel.members"]) == named(["Figures.members"]) == ["unknown-key reports"]
    for name, wanted in [("recieved", "use `received`"), ("team_id", "use `form`, "), ("figure.members", "`figure.members`"), ("Họ tên", "no key `***`")]:
        with pytest.raises(cnscd.Error) as caught:
            cnscd.Reports.from_table(REGISTER, pa.table({**KEYS, name: [5, 6]}))
        assert wanted in str(caught.value)
    # The same key in two maps is no problem.
    both = cnscd.Reports.from_table(REGISTER, pa.table({**KEYS, "figures.difficulties": [1, 2], "prose.difficulties": ["a", "b"]}))
    assert reported(both)["reports"][1]["prose"] == {"difficulties": "b"}


def test_columns_of_reports_that_are_not_there() -> None:
    for lacking in (["form"], ["period"], ["form", "period"]):
        columns = {name: values for name, values in KEYS.items() if name not in lacking}
        assert report_problems(columns) == [f"missing reports.{name}" for name in lacking]
    # Nobody is a reporter.
    assert report_problems({**KEYS, "team": pa.nulls(2)}) == ["no-reporter reports[0].team", "no-reporter reports[1].team"]
    assert report_problems({name: KEYS[name] for name in ("form", "period")}) == ["no-reporter reports[0].team", "no-reporter reports[1].team"]


@pytest.mark.parametrize("kind", [pa.int8(), pa.int32(), pa.float16(), pa.float64(), pa.null(), pa.binary(), pa.string()])
def test_a_column_of_reports_without_a_value_is_absent(kind: Any) -> None:
    empty = {name: pa.nulls(2, kind) for name in ("unit", "received", "figures.members", "prose.difficulties", "not_applicable", "figures")}
    reports = cnscd.Reports.from_table(REGISTER, pa.table({**KEYS, **empty}))
    assert reported(reports)["reports"][0] == {"form": "sheet", "period": "2022-05", "team": "t1"} and reports.forms() == [("sheet", [])]


@pytest.mark.parametrize("made", [pl.DataFrame, pd.DataFrame, pa.table])
def test_columns_of_nothing_in_reports(made: Callable[[Any], Any]) -> None:
    nothing = {"figures.members": [None, None], "prose.difficulties": [None, None], "estimates": [[], []], "confirmed": [None, None], "revision": [None, None]}
    reports = cnscd.Reports.from_table(REGISTER, made({**KEYS, **nothing}))
    assert reported(reports)["reports"][1] == {"form": "sheet", "period": "2022-06", "team": "t1"}


def test_sums_of_a_database() -> None:
    rows = pa.table({**KEYS, "day": [date(2022, 5, 7), date(2022, 6, 7)], "times": [3, 4], "nobody": pa.nulls(2, pa.int32())})
    query = """
        select form, period, team, sum(times) as "figures.times", count(*) as "figures.days", count(nobody) as "figures.people", sum(nobody) as "figures.none",
               max(day) as received, list(distinct 'members') as estimates
        from rows group by form, period, team order by period
    """
    read = reported(cnscd.Reports.from_table(REGISTER, duckdb.sql(query)))["reports"]
    assert rows.num_rows == 2 and [row["figures"] for row in read] == [{"times": 3, "days": 1, "people": 0}, {"times": 4, "days": 1, "people": 0}]
    assert [(row["received"], row["estimates"]) for row in read] == [("2022-05-07", ["members"]), ("2022-06-07", ["members"])]


def test_missing_figures_and_none() -> None:
    frame = pd.DataFrame({**KEYS, "figures.members": [5, None], "figures.times": [float("nan"), 0.0]})
    assert str(frame["figures.members"].dtype) == "float64"
    assert [row["figures"] for row in reported(cnscd.Reports.from_table(REGISTER, frame))["reports"]] == [{"members": 5}, {"times": 0}]


def test_days_that_are_none() -> None:
    def said(day: Any) -> str:
        with pytest.raises(cnscd.Error) as caught:
            cnscd.Register.from_tables(units=pa.table({**{key: [UNIT[key]] for key in ("code", "name", "kind", "level")}, "from": day}))
        (problem,) = caught.value.problems
        assert (problem.code, problem.place) == ("bad-day", "units[0].from")
        return problem.en.split("`")[1]

    assert said([datetime(2022, 5, 17, 10, 30)]) == "2022-05-17T103000"
    assert said(pa.array([1], pa.timestamp("ns"))) == "1970-01-01T000000"
    assert said(pa.array([-1], pa.timestamp("ns"))) == "1969-12-31T235959"
    assert said([date(1899, 12, 31)]) == "1899-12-31"
    assert said([date(2200, 1, 1)]) == "2200-01-01"
    assert said(pa.array([2**63 - 1], pa.timestamp("s"))) == "?"
    assert said(pa.array([-(2**31)], pa.date32())) == "?"


def test_personal_values_are_masked() -> None:
    secrets = ["Mật", "0990123456", "1990", "Nguyễn"]
    people = arrow([
        {"id": "Nguyễn Mật", "name": "Nguyễn Mật", "born": "1990-02-30", "sex": "0990123456", "phone": "0990123456"},
        {"id": "p1", "name": "", "born": "30/02/1990", "sex": "Nguyễn", "phone": ""},
    ])
    moments = arrow([{"id": "p1", "name": "Mật", "born": datetime(1990, 2, 3, 4)}])
    for table in (people, moments, arrow([{"Nguyễn Mật": 1, "id": "p", "name": "Mật"}]), arrow([{"id": 990123456, "name": "Mật"}])):
        with pytest.raises(cnscd.Error) as caught:
            cnscd.Register.from_tables(people=table)
        shown = str(caught.value) + repr([vars(problem) for problem in caught.value.problems])
        assert not [secret for secret in secrets if secret in shown], shown
    table = REGISTER.table("people")
    assert repr(table) == "<Table: 3 rows, 6 columns>"
    texts = pl.DataFrame(CHECKED.findings().table("vi"))["text"].to_list()
    assert not [text for text in texts if "Nguyễn" in text]


def test_personal_values_in_reports_are_masked() -> None:
    secrets = ["Mật", "0990123456", "1990", "Nguyễn"]
    kept = set()
    for value in ("Nguyễn Mật", "0990123456", "Nguyễn 03/02/1990", "990123456"):
        for column in REPORT_COLUMNS:
            # A text of its own may hold anything, and is never shown.
            for name in ((f"{column}.x", f"{column}.{value}") if column in ("figures", "prose") else (column, value, f"figures.{value}")):
                frame = pa.table({**KEYS, name: [value, value]})
                try:
                    reports = cnscd.Reports.from_table(REGISTER, frame)
                except cnscd.Error as error:
                    shown = str(error) + repr(error) + repr([vars(problem) for problem in error.problems])
                    assert not [secret for secret in secrets if secret in shown], shown
                    continue
                kept.add(name)
                beside = REGISTER.with_reports(reports)
                found = beside.check("national-2022", as_of=date(2022, 12, 31)).findings()
                shown = repr(reports) + repr(beside) + repr(beside.table("reports")) + str(found.to_dicts("vi")) + str(reports.forms())
                assert not [secret for secret in secrets if secret in shown], shown
    # Digits alone are a figure like any other.
    assert kept == {"prose.x", "figures.x"}
    table = BESIDE.table("reports")
    assert repr(table) == f"<Table: 5 rows, {len(table.columns)} columns>"


@pytest.mark.parametrize("frame", [1, "reports", [KEYS], KEYS, None])
def test_no_tables_of_reports(frame: Any) -> None:
    with pytest.raises(TypeError, match="`reports` is a .*; a table has `__arrow_c_stream__` or `__arrow_c_array__`"):
        cnscd.Reports.from_table(REGISTER, frame)


def test_tables_of_reports_that_break() -> None:
    def batches() -> Any:
        yield pa.table(KEYS).to_batches()[0]
        raise OSError("gone")

    reader = pa.RecordBatchReader.from_batches(pa.table(KEYS).schema, batches())
    with pytest.raises(RuntimeError, match="`reports` cannot be read: .*gone"):
        cnscd.Reports.from_table(REGISTER, reader)
    bad = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")])
    with pytest.raises(RuntimeError, match="`reports` cannot be read: .*UTF"):
        cnscd.Reports.from_table(REGISTER, pa.table({"form": bad}))


@pytest.mark.parametrize("frame", [1, "units", [UNIT], {"code": ["99001"]}])
def test_no_tables(frame: Any) -> None:
    with pytest.raises(TypeError, match="`units` is a .*; a table has `__arrow_c_stream__` or `__arrow_c_array__`"):
        cnscd.Register.from_tables(units=frame)


def test_tables_that_break() -> None:
    with pytest.raises(ValueError, match="truct"):
        cnscd.Register.from_tables(units=pa.chunked_array([["99001"]]))
    with pytest.raises(ValueError):
        cnscd.Register.from_tables(units=pa.array(["99001"]))

    def batches() -> Any:
        yield arrow([UNIT]).to_batches()[0]
        raise OSError("gone")

    reader = pa.RecordBatchReader.from_batches(arrow([UNIT]).schema, batches())
    with pytest.raises(RuntimeError, match="`units` cannot be read: .*gone"):
        cnscd.Register.from_tables(units=reader)
    bad = pa.Array.from_buffers(pa.string(), 1, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0"), pa.py_buffer(b"\xff\xfe")])
    with pytest.raises(RuntimeError, match="`units` cannot be read: .*UTF"):
        cnscd.Register.from_tables(units=pa.table({"code": bad}))


def test_unknown_words() -> None:
    with pytest.raises(cnscd.Error, match="`x` is not one of `units`, ") as caught:
        REGISTER.table("x")
    assert caught.value.code == "bad-choice"
    with pytest.raises(cnscd.Error, match="there is no unit `98`"):
        CHECKED.roll_up_table(unit="98")


def test_without_pyarrow() -> None:
    """polars in and out, where neither pyarrow nor numpy nor pandas is installed."""
    code = """
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in ("pyarrow", "numpy", "pandas"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Missing())
import json
from datetime import date
import cnscd, polars
document, rows, reports = json.load(sys.stdin)
tables = {name: polars.DataFrame(rows, infer_schema_length=None) for name, rows in document.items()}
register = cnscd.Register.from_tables(**tables)
assert register.to_json() == cnscd.Register.from_json(json.dumps(document)).to_json()
again = {name: polars.DataFrame(register.table(name)) for name in tables}
assert cnscd.Register.from_tables(**again).to_json() == register.to_json()
checked = register.check("national-2022", as_of=date(2022, 5, 17))
assert len(polars.DataFrame(checked.findings())) == len(checked.findings()) > 0
assert polars.DataFrame(checked.roll_up_table())["unit"].to_list() == [row["unit"] for row in checked.roll_up()]
reports = cnscd.Reports.from_json(register, reports)
beside = register.with_reports(cnscd.Reports.from_table(register, polars.DataFrame(rows, infer_schema_length=None), note=reports.note))
assert beside.reports_to_json() == register.with_reports(reports).reports_to_json()
again = cnscd.Reports.from_table(register, polars.DataFrame(beside.table("reports")))
assert len(again) == len(rows) == len(reports)
departures = beside.check("national-2022", as_of=date(2022, 6, 30)).departures("team-monthly")
assert polars.DataFrame(departures).columns == ["report", "check"]
assert not {"pyarrow", "numpy", "pandas"} & set(sys.modules)
"""
    given = json.dumps([DOCUMENT, REPORTS, reports_json(REPORTS)])
    subprocess.run([sys.executable, "-c", code], input=given, text=True, check=True)
