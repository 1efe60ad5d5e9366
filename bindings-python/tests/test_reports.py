"""Reports beside a register: what is read, what is said of them, and what is said before they are kept."""

import copy
import gc
import importlib
import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any, get_args, get_origin, get_type_hints

import cnscd
import pytest
from cnscd import types
from cnscd.types import Report

pd: Any = importlib.import_module("pandas")
pl: Any = importlib.import_module("polars")

BASIS = {"basis_vi": "Ví dụ", "basis_en": "An example", "force": "practice"}


def indicator(name: str, vi: str, en: str, unit: str, **more: object) -> dict[str, object]:
    row = {"form": "sheet", "id": name, "label_vi": vi, "label_en": en, "unit": unit, "counts": "in_period", "over_units": "sum", "over_periods": "none"}
    return {**row, **BASIS, **more}


OURS: dict[str, Any] = {
    "name": "ours",
    "extends": "vietnam-calendar",
    "forms": [{"id": "sheet", "name_vi": "Phiếu tháng", "name_en": "Monthly sheet", "filled_by": ["team", "commune"], "every": "month", "scheme": "calendar", **BASIS}],
    "indicators": [
        indicator("members", "Số thành viên", "Members", "person", counts="at_cut_off", over_periods="last", min=1, max=60, required=True),
        indicator("people", "Số người", "People guided", "person", required=True, evidence_vi="Sổ ghi", evidence_en="Register of guidance"),
        indicator("times", "Số lượt", "Times guided", "occurrence", over_periods="sum"),
    ],
    "prose": [{"form": "sheet", "id": "difficulties", "label_vi": "Khó khăn", "label_en": "Difficulties"}],
    "checks": [
        {
            "form": "sheet", "id": "people-within-times", "left": "people", "operator": "<=", "right": "times", "severity": "error",
            "message_vi": "số người ({left}) lớn hơn số lượt ({right})", "message_en": "the number of people ({left}) is greater than that of times ({right})", **BASIS,
        },
        {
            "form": "sheet", "id": "members-within-area", "left": "members", "operator": "<=", "right": "10", "severity": "warning",
            "message_vi": "hơn mười", "message_en": "more than ten", **BASIS,
        },
    ],
    "obligations": [
        {
            "id": "report-sheet", "name_vi": "Gửi phiếu", "name_en": "Send the sheet", "level": "commune", "who": "team", "lead": "peoples_committee",
            "from": "2022-05-01", "every": "month", "scheme": "calendar", "due": "after", "count": 3, "of": "working_days", "adjust": "none",
            "test": "reported", "form": "sheet", **BASIS,
        },
    ],
}  # fmt: skip
# Made up. Every personal value holds one of these.
SECRETS = ["Mật", "0990123456", "099190000001", "1990"]
DOCUMENT: dict[str, Any] = {
    "units": [
        {"code": "99001", "name": "Xã Mẫu", "kind": "xa", "level": "commune"},
        {"code": "99002", "name": "Xã Khác", "kind": "xa", "level": "commune"},
    ],
    "teams": [
        {"id": "t-1", "kind": "community", "unit": "99001", "from": "2022-04-05"},
        {"id": "t-2", "kind": "community", "unit": "99002", "from": "2022-04-05"},
    ],
    "people": [{"id": "p-1", "name": "Phạm Văn Mật", "born": "1990-02-03", "sex": "male", "phone": "0990123456", "citizen_number": "099190000001"}],
    "memberships": [{"team": "t-1", "person": "p-1", "role": "head", "from": "2022-04-05"}],
}
MAY: dict[str, Any] = {
    "form": "sheet", "period": "2022-05", "team": "t-1", "received": "2022-06-02", "by": "p-1", "figures": {"members": 12, "people": 9, "times": 7},
    "prose": {"difficulties": "Ông Mật, 0990123456: mạng yếu"},
}  # fmt: skip
ROWS: list[dict[str, Any]] = [
    {"form": "sheet", "period": "2022-05", "team": "t-2", "received": "2022-06-07", "figures": {"members": 5, "people": 3, "times": 3}},
    MAY,
    {"form": "other", "period": "2022-Q2", "unit": "99001", "figures": {"houses": 0}},
]
POLICY = cnscd.Policy.from_json(json.dumps(OURS))
REGISTER = cnscd.Register.from_json(json.dumps(DOCUMENT))


def read(*rows: dict[str, Any], note: str | None = None, register: cnscd.Register = REGISTER) -> cnscd.Reports:
    return cnscd.Reports.from_json(register, json.dumps({"note": note, "reports": rows}))


REPORTS = read(*ROWS, note="Không có thật.")
BESIDE = REGISTER.with_reports(REPORTS)
DAY = date(2022, 6, 10)
CHECKED = BESIDE.check(POLICY, as_of=DAY)


def names(checked: cnscd.Checked) -> list[tuple[str, str | None]]:
    return [(finding.name, finding.unit) for finding in checked.findings() if finding.code.startswith("R")]


# ---- in and out


def test_what_was_read() -> None:
    assert (len(REPORTS), REPORTS.note, repr(REPORTS)) == (3, "Không có thật.", "<Reports (3)>")
    assert REPORTS.forms() == [("sheet", ["members", "people", "times"]), ("other", ["houses"])]
    assert BESIDE.reports is not None and BESIDE.reports.forms() == REPORTS.forms() and len(BESIDE.reports) == 3
    text = BESIDE.reports_to_json()
    assert text is not None and json.loads(text) == {"note": "Không có thật.", "reports": ROWS}
    for same in (text, text.encode(), " " + text):
        assert REGISTER.with_reports(cnscd.Reports.from_json(REGISTER, same)).reports_to_json() == text
    empty = cnscd.Reports.from_json(REGISTER, "{}")
    assert (len(empty), empty.note, empty.forms(), bool(empty)) == (0, None, [], False)
    nothing = REGISTER.with_reports(empty)
    assert nothing.reports is not None and json.loads(nothing.reports_to_json() or "") == {"reports": []}


def test_absent_is_not_zero() -> None:
    row = {**MAY, "version": None, "sent": None, "figures": {"members": 0, "people": None}, "not_applicable": ["times"], "estimates": [], "prose": {"difficulties": None}}
    given = REGISTER.with_reports(read(row, {**MAY, "figures": None, "prose": None, "not_applicable": None})).reports_to_json()
    bare = {key: MAY[key] for key in ("form", "period", "team", "received", "by")}
    assert json.loads(given or "")["reports"] == [{**bare, "figures": {"members": 0}, "not_applicable": ["times"]}, bare]


def test_a_register_without_reports() -> None:
    assert (REGISTER.reports, REGISTER.reports_to_json()) == (None, None)
    checked = REGISTER.check(POLICY, as_of=DAY)
    assert names(checked) == [] and len(checked.departures("sheet")) == 0 and checked.register.reports is None
    assert {row["state"] for row in checked.agenda() if row["period"] == "2022-05"} == {"overdue"}
    assert checked.preview({"form": "sheet", "period": "2022-05", "team": "t-1"})["fields"][0]["previous"] is None


def test_a_register_with_reports_is_another_object() -> None:
    assert REGISTER.reports is None and BESIDE.to_json() == REGISTER.to_json() and BESIDE.counts() == REGISTER.counts()
    # The last ones take the place of all before.
    june = BESIDE.with_reports(read({**MAY, "period": "2022-06"}))
    assert june.reports is not None and len(june.reports) == 1 and len(BESIDE.reports or "") == 3
    # What a check gave is the same register.
    assert CHECKED.register.with_reports(REPORTS).reports_to_json() == BESIDE.reports_to_json()
    taken = CHECKED.register.reports
    assert taken is not None and REGISTER.with_reports(taken).reports_to_json() == BESIDE.reports_to_json()


def refused(register: cnscd.Register, reports: cnscd.Reports) -> bool:
    try:
        register.with_reports(reports)
    except cnscd.Error as error:
        assert error.code == "other-register" and error.problems == () and str(error)
        return True
    return False


def test_reports_of_another_register() -> None:
    same = cnscd.Register.from_json(json.dumps(DOCUMENT))
    assert refused(same, REPORTS) and refused(REGISTER, read(MAY, register=same)) and not refused(same, read(MAY, register=same))
    assert refused(cnscd.Register.from_json("{}"), REPORTS)


def test_reports_of_a_register_that_is_gone() -> None:
    for _ in range(50):
        gone = cnscd.Register.from_json(json.dumps(DOCUMENT))
        reports = read(MAY, register=gone)
        del gone
        gc.collect()
        assert refused(cnscd.Register.from_json(json.dumps(DOCUMENT)), reports) and len(reports) == 1 and repr(reports) == "<Reports (1)>"


def test_an_edit_carries_them_along() -> None:
    checked = BESIDE.check(POLICY, as_of=DAY)
    before, findings = checked.register, checked.findings().to_dicts("vi")
    assert not refused(before, REPORTS)
    checked.edit({"change": "teams", "where": {"id": "t-1"}, "set": {"name": "Tổ Đông"}})
    edited = checked.register
    assert refused(edited, REPORTS) and not refused(before, REPORTS)
    assert edited.reports_to_json() == BESIDE.reports_to_json() and edited.reports is not None and not refused(edited, edited.reports)
    assert refused(before, edited.reports)
    fresh = edited.check(POLICY, as_of=DAY)
    assert fresh.findings().to_dicts("vi") == checked.findings().to_dicts("vi") and names(checked) == names(CHECKED) and len(findings) > 0
    assert pl.DataFrame(checked.departures("sheet")).rows() == pl.DataFrame(CHECKED.departures("sheet")).rows()
    # A team that goes to another commune takes its reports along.
    edit = checked.edit({"change": "teams", "where": {"id": "t-1"}, "set": {"unit": "99002"}})
    assert {finding["unit"] for finding in edit["gone"] if finding["name"] == "figures-depart"} == {"99001"}
    assert checked.findings().to_dicts("vi") == checked.register.check(POLICY, as_of=DAY).findings().to_dicts("vi")
    assert REGISTER.with_reports(REPORTS).reports_to_json() == BESIDE.reports_to_json()


def test_erasing_keeps_them_and_who_made_them_out() -> None:
    erased = BESIDE.erase("p-1")
    assert refused(erased, REPORTS) and erased.reports is not None and not refused(erased, erased.reports)
    assert erased.reports_to_json() == BESIDE.reports_to_json() and REGISTER.erase("p-1").reports is None
    rows = json.loads(erased.reports_to_json() or "")["reports"]
    assert rows[1]["by"] == "p-1" and "Phạm" not in erased.to_json()
    assert names(erased.check(POLICY, as_of=DAY)) == names(CHECKED)


def test_what_is_found() -> None:
    assert names(CHECKED) == [("figures-depart", "99001"), ("figures-depart", "99001")]
    one, two = CHECKED.findings(code="R001")
    assert (one.severity, two.severity) == ("error", "warning") and "số người (9) lớn hơn số lượt (7)" in one.text()
    assert "the number of people (9) is greater than that of times (7)" in one.text("en")
    done = {row["team"]: (row["state"], row["done"]) for row in CHECKED.agenda() if row["period"] == "2022-05"}
    assert done == {"t-1": ("done_on_time", "2022-06-02"), "t-2": ("done_late", "2022-06-07")}
    # Before they came nothing was known of them.
    earlier = BESIDE.check(POLICY, as_of=date(2022, 6, 1))
    assert names(earlier) == [] and len(earlier.departures("sheet")) == 0
    assert {row["state"] for row in earlier.agenda() if row["period"] == "2022-05"} == {"open"}


# ---- a form and its checks


def test_departures() -> None:
    table = CHECKED.departures("sheet")
    assert repr(table) == "<Table: 2 rows, 2 columns>" and table.columns == ["report", "check"]
    wanted = {(1, "people-within-times"), (1, "members-within-area")}
    assert set(pl.DataFrame(table).rows()) == wanted == set(pd.DataFrame.from_arrow(table).itertuples(index=False, name=None))
    rows = json.loads(BESIDE.reports_to_json() or "")["reports"]
    assert [rows[at]["figures"]["times"] for at in pl.DataFrame(table)["report"].unique()] == [7]
    assert pl.DataFrame(REGISTER.check(POLICY, as_of=DAY).departures("sheet")).rows() == []
    for wrong, shown in [("other", "other"), ("", "***"), ("Phiếu Mật", "***"), ("0990123456", "***")]:
        with pytest.raises(cnscd.Error) as caught:
            CHECKED.departures(wrong)
        assert caught.value.code == "unknown-form" and f"`{shown}`" in str(caught.value) and caught.value.problems == ()
    for nothing in (None, 1, b"sheet", ["sheet"]):
        with pytest.raises(TypeError):
            CHECKED.departures(nothing)  # type: ignore[arg-type]


def fits(value: Any, kind: Any) -> bool:
    """Whether a value is what its type says, no key less and none more."""
    if isinstance(kind, type) and hasattr(kind, "__required_keys__"):
        required: Any = kind
        hints = get_type_hints(kind)
        own = isinstance(value, dict) and required.__required_keys__ <= value.keys() <= hints.keys()
        return own and all(fits(part, hints[key]) for key, part in value.items())
    origin, args = get_origin(kind), get_args(kind)
    if origin is list:
        return isinstance(value, list) and all(fits(part, args[0]) for part in value)
    if origin is dict:
        return isinstance(value, dict) and all(fits(part, args[1]) for part in value.values())
    if str(origin) == "typing.Literal":
        return value in args
    if args:
        return any(fits(value, arg) for arg in args)
    # A flag is no number.
    return type(value) is kind


def test_forms() -> None:
    assert cnscd.Policy.from_json("{}").forms() == [] == cnscd.Policy.preset("vietnam-calendar").forms()
    (form,) = POLICY.forms()
    assert form["id"] == "sheet" and [row["id"] for row in form["indicators"]] == ["members", "people", "times"]
    (version,) = form["versions"]
    assert (version["number"], version["name_en"], version["filled_by"], version["teams"], version["every"]) == (1, "Monthly sheet", ["team", "commune"], None, "month")
    assert (version["from"], version["to"], version["basis"]["en"]) == (None, None, "An example")
    members, people, _ = form["indicators"]
    assert (members["counts"], members["min"], members["max"], members["since"], members["until"]) == ("at_cut_off", 1, 60, 1, None)
    assert (people["evidence_vi"], people["required"], members["evidence_en"], people["goal"]) == ("Sổ ghi", True, None, None)
    check = form["checks"][0]
    assert (check["left"], check["operator"], check["right"], check["severity"], check["tolerance"]) == ("people", "<=", "times", "error", 0)
    for name in cnscd.presets():
        assert all(fits(form, types.FormData) for form in cnscd.Policy.preset(name).forms())
    assert fits(form, types.FormData) and [form["id"] for form in cnscd.Policy.preset("national-2022").forms()] == ["team-monthly"]
    form["checks"].clear()
    assert POLICY.forms()[0]["checks"]


# ---- before it is kept

JUNE: Report = {"form": "sheet", "period": "2022-06", "team": "t-1", "received": "2022-06-08", "figures": {"members": 5, "people": 30, "times": 21}}


def test_preview() -> None:
    preview = CHECKED.preview(JUNE)
    assert fits(preview, types.PreviewData) and (preview["form"], preview["version"], preview["period"]) == ("sheet", 1, "2022-06")
    assert (preview["cut_off"], preview["due"], preview["next"]) == ("2022-06-30", "2022-07-05", {"period": "2022-07", "due": "2022-08-03"})
    assert [(row["id"], row["unit"], row["required"], row["absent"], row["figure"], row["previous"]) for row in preview["fields"]] == [
        ("members", "person", True, False, 5, 12), ("people", "person", True, False, 30, 9), ("times", "occurrence", False, False, 21, 7),
        ("difficulties", None, False, True, None, None),
    ]  # fmt: skip
    found = [(row["finding"]["severity"], row["finding"]["name"], row["fields"]) for row in preview["findings"]]
    assert found == [("error", "figures-depart", ["people", "times"]), ("warning", "received-before-period-ended", ["members", "people", "times"])]
    assert "label" not in preview["fields"][0] and "text" not in preview["findings"][0]["finding"]
    # Nothing was changed.
    assert CHECKED.register.reports_to_json() == BESIDE.reports_to_json() and names(CHECKED) == names(BESIDE.check(POLICY, as_of=DAY))


def test_preview_in_both_languages() -> None:
    for locale, label, evidence, text in (("vi", "Số người", "Sổ ghi", "số người (30) lớn hơn số lượt (21)"), ("en", "People guided", "Register of guidance", "the number of people (30)")):
        for name in ("hidden", "initials", "full"):
            preview: Any = CHECKED.preview(JUNE, locale=locale, names=name)  # type: ignore[arg-type]
            assert fits(preview, types.PreviewData) and [row["label"] for row in preview["fields"]][1] == label
            assert [row["evidence"] for row in preview["fields"]] == [None, evidence, None, None]
            finding = preview["findings"][0]["finding"]
            assert text in finding["text"] and finding["remedy"] and all("text" in row["finding"] for row in preview["findings"])
    assert CHECKED.preview(JUNE, names="full") == CHECKED.preview(JUNE)


def test_a_dict_of_whole_figures_is_a_report() -> None:
    figures = {"members": 5, "people": 30, "times": 21}
    texts = {"difficulties": "Không"}
    report: Report = {**JUNE, "figures": figures, "prose": texts}
    nothing: Report = {**JUNE, "figures": None, "prose": None, "not_applicable": None, "estimates": None, "confirmed": None}
    assert CHECKED.preview(report)["findings"] == CHECKED.preview(JUNE)["findings"]
    assert [row["absent"] for row in CHECKED.preview(nothing)["fields"]] == [True] * 4


def test_days_of_a_preview() -> None:
    dated: Report = {**JUNE, "sent": date(2022, 6, 7), "received": date(2022, 6, 8), "entered": date(2022, 6, 9)}
    text: Report = {**JUNE, "sent": "7/6/2022", "received": "08/06/2022", "entered": "2022-06-09"}
    assert CHECKED.preview(dated) == CHECKED.preview(text) == CHECKED.preview(JUNE)
    # Without a day it is taken as received on the day of the check, and so is one of later.
    bare: Report = {key: value for key, value in JUNE.items() if key != "received"}  # type: ignore[assignment]
    assert CHECKED.preview(bare) == CHECKED.preview({**JUNE, "received": None}) == CHECKED.preview({**JUNE, "received": date(2030, 1, 1)})
    whole = {"version": 1, "kind": "periodic", "revision": 1, "channel": "paper", "by": "p-1", "state": "draft", "estimates": ["members", "people", "times"]}
    marked: Any = {**JUNE, **whole, "not_applicable": [], "confirmed": ["people-within-times"], "prose": {"difficulties": "Không"}}
    preview = CHECKED.preview(marked)
    # What it is sure of stays an error; what it marks as estimates came early.
    assert [row["finding"]["severity"] for row in preview["findings"]] == ["error"] and preview["fields"][3]["absent"] is False


def test_a_preview_of_what_no_form_asks() -> None:
    preview = CHECKED.preview({"form": "none", "period": "2022-Q2", "unit": "99001", "figures": {"x": 1}})
    assert fits(preview, types.PreviewData) and (preview["version"], preview["due"], preview["cut_off"], preview["fields"]) == (None, None, None, [])
    assert [row["finding"]["name"] for row in preview["findings"]] == ["form-unknown"]
    unknown = CHECKED.preview({**JUNE, "figures": {"membres": 5}}, locale="en")
    assert {row["finding"]["name"] for row in unknown["findings"]} >= {"indicator-unknown", "report-incomplete"}
    incomplete = next(row for row in unknown["findings"] if row["finding"]["name"] == "report-incomplete")
    assert incomplete["fields"] == ["members", "people"]
    assert CHECKED.preview({"form": "sheet", "period": "2199", "unit": "99001"})["next"] is None


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"team": "t-9"}, "dangling", "reports[0].team"),
    ({"team": None}, "no-reporter", "reports[0].team"),
    ({"unit": "99001"}, "no-reporter", "reports[0].team"),
    ({"by": "p-9"}, "dangling", "reports[0].by"),
    ({"form": None}, "missing", "reports[0].form"),
    ({"form": 1}, "not-text", "reports[0].form"),
    ({"period": "5/2022"}, "bad-period", "reports[0].period"),
    ({"period": date(2022, 5, 1)}, "bad-period", "reports[0].period"),
    ({"received": datetime(2022, 6, 2, 8)}, "bad-day", "reports[0].received"),
    ({"received": 20220602}, "not-text", "reports[0].received"),
    ({"revision": 0}, "bad-count", "reports[0].revision"),
    ({"revision": True}, "bad-count", "reports[0].revision"),
    ({"kind": "weekly"}, "bad-choice", "reports[0].kind"),
    ({"figures": [5]}, "not-an-object", "reports[0].figures"),
    ({"figures": {"members": -1}}, "bad-figure", "reports[0].figures"),
    ({"figures": {"members": 5.5}}, "bad-figure", "reports[0].figures"),
    ({"figures": {"members": "5"}}, "bad-figure", "reports[0].figures"),
    ({"figures": {"members": True}}, "bad-figure", "reports[0].figures"),
    ({"figures": {"members": date(2022, 1, 1)}}, "bad-figure", "reports[0].figures"),
    ({"figures": {"members": 2**31}}, "bad-figure", "reports[0].figures"),
    ({"figures": {"members": 10**30}}, "bad-figure", "reports[0].figures"),
    ({"figures": {"Số người": 5}}, "bad-word", "reports[0].figures"),
    ({"figures": {1: 5}}, "bad-word", "reports[0].figures"),
    ({"not_applicable": ["members"]}, "figure-twice", "reports[0].not_applicable"),
    ({"not_applicable": "times"}, "not-a-list", "reports[0].not_applicable"),
    ({"estimates": ["members", "members"]}, "duplicate-key", "reports[0].estimates"),
    ({"confirmed": ["R 1"]}, "bad-word", "reports[0].confirmed[0]"),
    ({"prose": {"difficulties": ""}}, "empty-text", "reports[0].prose"),
    ({"prose": {"difficulties": 5}}, "not-text", "reports[0].prose"),
    ({"recieved": "2022-06-02"}, "unknown-key", "reports[0]"),
    ({"figures.members": 5}, "unknown-key", "reports[0]"),
]


@pytest.mark.parametrize(("wrong", "code", "place"), WRONG)
def test_previews_that_cannot_be_made(wrong: dict[str, Any], code: str, place: str) -> None:
    report: Any = {**JUNE, **wrong}
    with pytest.raises(cnscd.Error) as caught:
        CHECKED.preview(report)
    assert caught.value.code == "invalid" and [(one.code, one.place) for one in caught.value.problems] == [(code, place)]
    assert all(problem.vi and problem.en for problem in caught.value.problems)


@pytest.mark.parametrize(("wrong", "code", "place"), WRONG)
def test_documents_that_cannot_be_read(wrong: dict[str, Any], code: str, place: str) -> None:
    bad = json.dumps({"reports": [MAY, {**JUNE, **wrong}]}, default=str)
    with pytest.raises(cnscd.Error) as caught:
        cnscd.Reports.from_json(REGISTER, bad)
    assert [(one.code, one.place) for one in caught.value.problems] == [(code, place.replace("[0]", "[1]", 1))]


def test_every_problem_at_once() -> None:
    report: Any = {**JUNE, "team": "t-9", "period": "x", "kind": "y", "figures": {"members": -1, "people": -2}}
    with pytest.raises(cnscd.Error) as caught:
        CHECKED.preview(report)
    assert [one.place for one in caught.value.problems] == ["reports[0].period", "reports[0].team", "reports[0].kind", "reports[0].figures", "reports[0].figures"]
    assert len(caught.value.problems) == 5 and (caught.value.problems[3].table, caught.value.problems[3].row, caught.value.problems[3].column) == ("reports", 0, "figures")


@pytest.mark.parametrize("report", [None, 1, True, "sheet", [], [JUNE], 1.5, date(2022, 1, 1)])
def test_no_report(report: Any) -> None:
    with pytest.raises(cnscd.Error) as caught:
        CHECKED.preview(report)
    assert [(one.code, one.place) for one in caught.value.problems] == [("not-an-object", "reports[0]")]


@pytest.mark.parametrize("bad", [{1}, object(), b"{}", iter([]), 1j, POLICY, REPORTS, {("a",): 1}, {"form": object()}, {"figures": {"members": {5}}}])
def test_what_json_does_not_have(bad: Any) -> None:
    with pytest.raises(TypeError):
        CHECKED.preview(bad)


def test_other_nonsense() -> None:
    circle: Any = {}
    circle["figures"] = circle
    nested: Any = {}
    for _ in range(500):
        nested = {"figures": nested}
    for bad, error in [(circle, ValueError), (nested, cnscd.Error), ({"prose": {"x": "\ud800"}}, cnscd.Error), ({"figures": {"members": float("nan")}}, cnscd.Error)]:
        with pytest.raises(error):
            CHECKED.preview({**JUNE, **bad})
    options: Any
    for options in ({"locale": "fr"}, {"names": "x"}, {"locale": "", "names": "full"}):
        with pytest.raises(cnscd.Error, match="is not one of") as caught:
            CHECKED.preview(JUNE, **options)
        assert caught.value.code == "bad-choice"
    for options in ({"locale": 1}, {"names": None}, {"day": DAY}):
        with pytest.raises(TypeError):
            CHECKED.preview(JUNE, **options)


# ---- wrong arguments


@pytest.mark.parametrize("document", [None, 1, bytearray(b"{}"), {"reports": []}, [MAY]])
def test_neither_str_nor_bytes(document: Any) -> None:
    with pytest.raises(TypeError, match="a document is a str or bytes"):
        cnscd.Reports.from_json(REGISTER, document)


@pytest.mark.parametrize("wrong", [None, 1, "{}", POLICY, CHECKED, REPORTS, cnscd.Register])
def test_wrong_types(wrong: Any) -> None:
    frame = pl.DataFrame({"form": ["sheet"]})
    with pytest.raises(TypeError):
        cnscd.Reports.from_json(wrong, "{}")
    with pytest.raises(TypeError):
        cnscd.Reports.from_table(wrong, frame)
    if wrong is not REPORTS:
        with pytest.raises(TypeError):
            REGISTER.with_reports(wrong)


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ("", "line 1, column 1: EOF"),
        ('{"reports": [', "line 1, column 13: EOF"),
        (b'{\n"note": "\xff"}', "line 2, column 10: invalid UTF-8"),
        ("\ud800", "the text holds half of a surrogate pair"),
        ('{"reports": ' + "[" * 100_000, "line 1, column "),
        ('{"reports": [{"figures": ' + '{"a":' * 100_000, "line 1, column "),
    ],
)
def test_no_json(document: str | bytes, message: str) -> None:
    with pytest.raises(cnscd.Error) as caught:
        cnscd.Reports.from_json(REGISTER, document)
    assert caught.value.code == "syntax" and str(caught.value).startswith(message) and caught.value.problems == ()


@pytest.mark.parametrize(
    ("document", "code", "place"),
    [
        ({"report": []}, "unknown-key", "document"),
        ({"units": []}, "unknown-key", "document"),
        ({"note": 1}, "not-text", "document"),
        ({"reports": {}}, "not-a-list", "reports"),
        ({"reports": [[]]}, "not-an-object", "reports[0]"),
        ([], "not-an-object", "document"),
    ],
)
def test_no_document_of_reports(document: Any, code: str, place: str) -> None:
    with pytest.raises(cnscd.Error) as caught:
        cnscd.Reports.from_json(REGISTER, json.dumps(document))
    assert [(one.code, one.place) for one in caught.value.problems] == [(code, place)]


def test_notes_of_tables() -> None:
    frame = pl.DataFrame({"form": ["sheet"], "period": ["2022-05"], "team": ["t-1"]})
    assert cnscd.Reports.from_table(REGISTER, frame, note="Ghi chú").note == "Ghi chú"
    with pytest.raises(cnscd.Error) as caught:
        cnscd.Reports.from_table(REGISTER, frame, note="")
    assert [(one.code, one.place) for one in caught.value.problems] == [("not-text", "document")]
    with pytest.raises(cnscd.Error, match="surrogate"):
        cnscd.Reports.from_table(REGISTER, frame, note="\ud800")
    note: Any
    for note in (1, b"x", ["x"]):
        with pytest.raises(TypeError):
            cnscd.Reports.from_table(REGISTER, frame, note=note)
    with pytest.raises(TypeError):
        cnscd.Reports.from_table(REGISTER, frame, "Ghi chú")  # type: ignore[call-arg]


def test_nothing_can_be_made_or_changed() -> None:
    with pytest.raises(TypeError):
        cnscd.Reports()
    with pytest.raises(TypeError):
        type("Own", (cnscd.Reports,), {})
    reports: Any = REPORTS
    for name in ("note", "forms", "other"):
        with pytest.raises(AttributeError):
            setattr(reports, name, None)
    with pytest.raises(AttributeError):
        setattr(REGISTER, "reports", REPORTS)
    REPORTS.forms().clear()
    assert REPORTS.forms()
    nonsense: list[Callable[[], object]] = [lambda: reports[0], lambda: iter(reports), lambda: copy.deepcopy(reports)]
    for call in nonsense:
        with pytest.raises(TypeError):
            call()


def test_attributes_that_nobody_has_are_told() -> None:
    policy = json.loads(POLICY.to_json())
    policy["checks"] = [{**policy["checks"][0], "id": "slip", "left": "people", "right": "unit.housholds + unit.households", "since": None}]
    register = json.loads(REGISTER.to_json())
    register["attributes"] = [{"unit": "99001", "attribute": "households", "from": "2022-01-01", "value": 120}]
    mine = cnscd.Policy.from_json(json.dumps(policy))
    assert cnscd.Register.from_json(json.dumps(register)).check(mine, as_of=DAY).unknown_attributes == ["housholds"]
    register["attributes"][0]["from"] = "2099-01-01"
    assert cnscd.Register.from_json(json.dumps(register)).check(mine, as_of=DAY).unknown_attributes == ["households", "housholds"]


def test_a_crowd() -> None:
    rows = [{**MAY, "revision": n + 1} for n in range(4096)]
    assert len(read(*rows)) == 4096
    with pytest.raises(cnscd.Error) as caught:
        read(*rows, MAY)
    assert [(one.code, one.table) for one in caught.value.problems] == [("too-many", "reports")]
    many = read(*({**MAY, "figures": {f"x{n}": n for n in range(400)}} for _ in range(2)))
    assert len(many.forms()[0][1]) == 400


# ---- nothing personal

PERSONAL = ["Phạm Văn Mật", "0990123456", "099190000001", "sinh 03/02/1990", "Mật-1990"]


def said(checked: cnscd.Checked) -> Iterator[str]:
    """What is said of reports unasked."""
    yield repr(checked) + repr(checked.register) + repr(checked.register.reports) + repr(checked.register.table("reports")) + str(checked.departures("sheet"))
    for locale in ("vi", "en"):
        yield str(checked.findings().to_dicts(locale)) + str(checked.findings().to_dicts(locale, names="initials"))
    yield str(checked.agenda(locale="vi")) + str(checked.completeness()) + str(checked.roll_up()) + checked.to_ical()


def is_clean(text: str) -> bool:
    assert not [secret for secret in SECRETS if secret in text], text
    return True


def spoilt() -> Iterator[dict[str, Any]]:
    """A report with a personal value in every column, in every key of a map, and in every list."""
    for value in PERSONAL:
        for column in ("form", "version", "period", "unit", "team", "kind", "revision", "sent", "received", "entered", "channel", "by", "state"):
            yield {**MAY, column: value}
        for column in ("figures", "prose"):
            yield {**MAY, column: value}
            yield {**MAY, column: [value]}
            yield {**MAY, column: {value: 5}}
            yield {**MAY, column: {value: value}}
            yield {**MAY, column: {"members": value}}
            yield {**MAY, column: {"members": {value: value}}}
        for column in ("not_applicable", "estimates", "confirmed"):
            yield {**MAY, column: value}
            yield {**MAY, column: [value]}
            yield {**MAY, column: {value: value}}
        yield {**MAY, value: value}
        yield {value: value}


def test_nothing_personal_is_said() -> None:
    assert all(is_clean(text) for text in said(CHECKED))
    made = 0
    for row in spoilt():
        for call in (lambda row=row: REGISTER.with_reports(read(row)).check(POLICY, as_of=DAY), lambda row=row: CHECKED.preview(row, locale="vi")):
            try:
                answer = call()
            except cnscd.Error as error:
                assert error.problems and is_clean(str(error) + repr(error) + repr(error.args) + repr([(vars(one), str(one), one.text("en")) for one in error.problems]))
                continue
            made += 1
            assert is_clean(str(answer)) and all(is_clean(text) for text in (said(answer) if isinstance(answer, cnscd.Checked) else ()))
    # A text may hold anything; it comes out only with the reports.
    assert made == 2 * len(PERSONAL)
    for text in PERSONAL:
        for broken in (f'{{"reports": [{{"prose": {{"x": "{text}', f'{{"reports": [{{"figures": {{"x": {text}}}}}]}}', f'{{"{text}": 1, "{text}": 2}}'):
            with pytest.raises(cnscd.Error) as caught:
                cnscd.Reports.from_json(REGISTER, broken)
            assert is_clean(str(caught.value))
