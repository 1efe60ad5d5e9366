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

Rows = list[dict[str, Any]]
Document = dict[str, Rows]

SCHEMA = json.loads(cnscd.json_schema())["properties"]
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
CHECKED = REGISTER.check("national-2022", as_of=date(2022, 5, 17))
DAYS = {"from", "to", "day", "until", "born", "signed", "announced", "in_force"}


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
    "pandas": lambda table: pd.DataFrame.from_arrow(table).astype(object).to_dict("records"),
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


@pytest.mark.parametrize("through", [pl.DataFrame, pa.table, pd.DataFrame.from_arrow, lambda table: table], ids=["polars", "pyarrow", "pandas", "itself"])
def test_facts_come_back(through: Callable[[Any], Any]) -> None:
    tables = {name: through(REGISTER.table(name)) for name in TABLES}
    assert cnscd.Register.from_tables(note=NOTE, **tables).to_json() == REGISTER.to_json()


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
    assert said(pa.array([2**63 - 1], pa.timestamp("s"))) == "***"
    assert said(pa.array([-(2**31)], pa.date32())) == "***"


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
document = json.load(sys.stdin)
tables = {name: polars.DataFrame(rows, infer_schema_length=None) for name, rows in document.items()}
register = cnscd.Register.from_tables(**tables)
assert register.to_json() == cnscd.Register.from_json(json.dumps(document)).to_json()
again = {name: polars.DataFrame(register.table(name)) for name in tables}
assert cnscd.Register.from_tables(**again).to_json() == register.to_json()
checked = register.check("national-2022", as_of=date(2022, 5, 17))
assert len(polars.DataFrame(checked.findings())) == len(checked.findings()) > 0
assert polars.DataFrame(checked.roll_up_table())["unit"].to_list() == [row["unit"] for row in checked.roll_up()]
assert not {"pyarrow", "numpy", "pandas"} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], input=json.dumps(DOCUMENT), text=True, check=True)
