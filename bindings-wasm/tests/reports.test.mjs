// Reports beside a register, and what is said of one before it is kept.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";
import { Policy, Register, Reports, presets } from "cnscd";

/** @typedef {import("cnscd").Report} Report */
/** @typedef {import("cnscd").CnscdError} CnscdError */

const basis = { basis_vi: "Ví dụ", basis_en: "An example", force: "practice" };
/** @param {string} id @param {string} label_vi @param {string} label_en @param {string} unit @param {object} [more] */
const indicator = (id, label_vi, label_en, unit, more) => ({
  form: "sheet", id, label_vi, label_en, unit, counts: "in_period", over_units: "sum", over_periods: "none", ...basis, ...more,
});
const check = { form: "sheet", operator: "<=", ...basis };
const policy = Policy.fromJson(JSON.stringify({
  name: "ours",
  extends: "vietnam-calendar",
  forms: [{ id: "sheet", name_vi: "Phiếu tháng", name_en: "Monthly sheet", filled_by: ["team", "commune"], every: "month", scheme: "calendar", ...basis }],
  indicators: [
    indicator("members", "Số thành viên", "Members", "person", { counts: "at_cut_off", over_periods: "last", min: 1, max: 60, required: true }),
    indicator("people", "Số người", "People guided", "person", { required: true, evidence_vi: "Sổ ghi", evidence_en: "Register of guidance" }),
    indicator("times", "Số lượt", "Times guided", "occurrence", { over_periods: "sum" }),
  ],
  prose: [{ form: "sheet", id: "difficulties", label_vi: "Khó khăn", label_en: "Difficulties" }],
  checks: [
    { ...check, id: "people-within-times", left: "people", right: "times", severity: "error",
      message_vi: "số người ({left}) lớn hơn số lượt ({right})", message_en: "the number of people ({left}) is greater than that of times ({right})" },
    { ...check, id: "members-within-area", left: "members", right: "10", severity: "warning", message_vi: "hơn mười", message_en: "more than ten" },
  ],
  obligations: [{
    id: "report-sheet", name_vi: "Gửi phiếu", name_en: "Send the sheet", level: "commune", who: "team", lead: "peoples_committee",
    from: "2022-05-01", every: "month", scheme: "calendar", due: "after", count: 3, of: "working_days", adjust: "none",
    test: "reported", form: "sheet", ...basis,
  }],
}));
// Made up. Every personal value holds one of these.
const secrets = ["Mật", "0990123456", "099190000001", "1990"];
const document = {
  units: [{ code: "99001", name: "Xã Mẫu", kind: "xa", level: "commune" }, { code: "99002", name: "Xã Khác", kind: "xa", level: "commune" }],
  teams: [
    { id: "t-1", kind: "community", unit: "99001", from: "2022-04-05" },
    { id: "t-2", kind: "community", unit: "99002", from: "2022-04-05" },
  ],
  people: [{ id: "p-1", name: "Phạm Văn Mật", born: "1990-02-03", sex: "male", phone: "0990123456", citizen_number: "099190000001" }],
  memberships: [{ team: "t-1", person: "p-1", role: "head", from: "2022-04-05" }],
};
/** @type {Report} */
const may = {
  form: "sheet", period: "2022-05", team: "t-1", received: "2022-06-02", by: "p-1", figures: { members: 12, people: 9, times: 7 },
  prose: { difficulties: "Ông Mật, 0990123456: mạng yếu" },
};
/** @type {Report[]} */
const rows = [
  { form: "sheet", period: "2022-05", team: "t-2", received: "2022-06-07", figures: { members: 5, people: 3, times: 3 } },
  may,
  { form: "other", period: "2022-Q2", unit: "99001", figures: { houses: 0 } },
];
const day = "2022-06-10";
const register = Register.fromJson(JSON.stringify(document));
/** @param {Register} register @param {any[]} rows @param {string} [note] */
const read = (register, rows, note) => Reports.fromJson(register, JSON.stringify({ note, reports: rows }));
const reports = read(register, rows, "Không có thật.");
const beside = register.withReports(reports);
const checked = beside.check(policy, day);
/** What types forbid. @param {unknown} value @returns {any} */
const any = (value) => value;
/** @param {import("cnscd").Checked} checked */
const found = (checked) => checked.findings().filter(({ code }) => code.startsWith("R")).map(({ name, unit }) => `${name} ${unit}`);
/** Everything that is said of reports. @param {import("cnscd").Checked} checked */
const answers = (checked) => [
  checked.register.reportsToJson(), checked.findings({ locale: "vi" }), checked.findings({ locale: "en", names: "initials" }),
  checked.departures("sheet"), checked.agenda({ locale: "vi" }), checked.completeness(), checked.rollUp(),
];

test("what was read", () => {
  assert.deepEqual([reports.length, reports.note], [3, "Không có thật."]);
  const text = beside.reportsToJson();
  assert.ok(text !== undefined);
  assert.deepEqual(JSON.parse(text), { note: "Không có thật.", reports: rows });
  for (const same of [text, ` ${text}`, new TextEncoder().encode(text)]) {
    assert.equal(register.withReports(Reports.fromJson(register, same)).reportsToJson(), text);
  }
  const empty = Reports.fromJson(register, "{}");
  assert.deepEqual([empty.length, empty.note], [0, undefined]);
  assert.deepEqual(JSON.parse(register.withReports(empty).reportsToJson() ?? ""), { reports: [] });
});

test("absent is not zero", () => {
  const { figures, prose, ...bare } = may;
  const row = { ...may, version: null, sent: null, figures: { members: 0, people: null }, not_applicable: ["times"], estimates: [], prose: { difficulties: null } };
  const given = register.withReports(read(register, [row, { ...may, figures: null, prose: null, not_applicable: null }])).reportsToJson() ?? "";
  assert.deepEqual(JSON.parse(given).reports, [{ ...bare, figures: { members: 0 }, not_applicable: ["times"] }, bare]);
});

test("a register without reports", () => {
  assert.equal(register.reportsToJson(), undefined);
  const checked = register.check(policy, day);
  assert.deepEqual([found(checked), checked.departures("sheet"), checked.register.reportsToJson()], [[], [], undefined]);
  assert.equal(checked.preview({ form: "sheet", period: "2022-05", team: "t-1" }).fields[0]?.previous, null);
});

test("reports of another register", () => {
  const same = Register.fromJson(JSON.stringify(document));
  /** @param {Register} register @param {Reports} reports */
  const refused = (register, reports) =>
    assert.throws(() => register.withReports(reports), { name: "CnscdError", code: "other-register", problems: [] });
  refused(same, reports);
  refused(register, read(same, rows));
  assert.equal(register.withReports(reports).reportsToJson(), beside.reportsToJson());
  // A check's register is the same one; after an edit, or without somebody, it is another.
  const checked = beside.check(policy, day);
  assert.equal(checked.register.withReports(reports).reportsToJson(), beside.reportsToJson());
  checked.edit({ change: "teams", where: { id: "t-1" }, set: { name: "Tổ Đông" } });
  refused(checked.register, reports);
  const erased = beside.erase("p-1");
  refused(erased, reports);
  // Both carry their reports along.
  for (const other of [checked.register, erased]) {
    assert.equal(other.reportsToJson(), beside.reportsToJson());
    assert.deepEqual(found(other.check(policy, day)), found(checked));
  }
  assert.deepEqual(answers(checked), answers(checked.register.check(policy, day)));
  // One that is gone is no other's.
  for (let n = 0; n < 50; n += 1) {
    const gone = Register.fromJson(JSON.stringify(document));
    const left = read(gone, [may]);
    gone.free();
    refused(Register.fromJson(JSON.stringify(document)), left);
    assert.equal(left.length, 1);
    left.free();
  }
});

test("what is found", () => {
  assert.deepEqual(found(checked), ["figures-depart 99001", "figures-depart 99001"]);
  const [one, two] = checked.findings({ code: "R001", locale: "vi" });
  assert.deepEqual([one?.severity, two?.severity], ["error", "warning"]);
  assert.match(one?.text ?? "", /số người \(9\) lớn hơn số lượt \(7\)/);
  const of = checked.agenda().filter(({ period }) => period === "2022-05").map(({ team, state, done }) => [team, state, done]);
  assert.deepEqual(of.sort(), [["t-1", "done_on_time", "2022-06-02"], ["t-2", "done_late", "2022-06-07"]]);
  assert.deepEqual(found(beside.check(policy, "2022-06-01")), []);
});

test("departures", () => {
  assert.deepEqual(checked.departures("sheet"), [
    { report: 1, check: "people-within-times" },
    { report: 1, check: "members-within-area" },
  ]);
  for (const [form, shown] of [["other", "other"], ["", "\\*\\*\\*"], ["Phiếu Mật", "\\*\\*\\*"], ["0990123456", "\\*\\*\\*"]]) {
    assert.throws(() => checked.departures(any(form)), { name: "CnscdError", code: "unknown-form", message: new RegExp(`\`${shown}\``), problems: [] });
  }
});

test("forms", () => {
  const [form, ...others] = policy.forms();
  assert.ok(form && others.length === 0);
  assert.deepEqual(Object.keys(form), ["id", "versions", "indicators", "prose", "checks"]);
  assert.deepEqual(form.indicators.map(({ id }) => id), ["members", "people", "times"]);
  const [members, people] = form.indicators;
  assert.deepEqual([members?.min, members?.max, members?.until, people?.evidence_vi, people?.goal], [1, 60, null, "Sổ ghi", null]);
  const { basis: _, ...version } = any(form.versions[0]);
  assert.deepEqual(version, {
    number: 1, name_vi: "Phiếu tháng", name_en: "Monthly sheet", filled_by: ["team", "commune"], teams: null, every: "month", scheme: "calendar",
    from: null, to: null,
  });
  assert.deepEqual([form.checks[0]?.left, form.checks[0]?.operator, form.checks[0]?.tolerance], ["people", "<=", 0]);
  assert.deepEqual(Policy.fromJson("{}").forms(), []);
  assert.deepEqual(presets().map((name) => Policy.preset(name).forms().map(({ id }) => id)), [["team-monthly"], ["team-monthly"], ["team-monthly"], []]);
});

/** @type {Report} */
const june = { form: "sheet", period: "2022-06", team: "t-1", received: "2022-06-08", figures: { members: 5, people: 30, times: 21 } };

test("a preview", () => {
  const before = answers(checked);
  const preview = checked.preview(june);
  assert.deepEqual({ ...preview, fields: [], findings: [] }, {
    form: "sheet", version: 1, period: "2022-06", cut_off: "2022-06-30", due: "2022-07-05", next: { period: "2022-07", due: "2022-08-03" }, fields: [], findings: [],
  });
  assert.deepEqual(preview.fields, [
    { id: "members", unit: "person", required: true, absent: false, figure: 5, previous: 12, counts: "at_cut_off", min: 1, max: 60 },
    { id: "people", unit: "person", required: true, absent: false, figure: 30, previous: 9, counts: "in_period", min: null, max: null },
    { id: "times", unit: "occurrence", required: false, absent: false, figure: 21, previous: 7, counts: "in_period", min: null, max: null },
    { id: "difficulties", unit: null, required: false, absent: true, figure: null, previous: null, counts: null, min: null, max: null },
  ]);
  assert.deepEqual(preview.findings.map(({ finding, fields }) => [finding.severity, finding.name, fields]), [
    ["error", "figures-depart", ["people", "times"]],
    ["warning", "received-before-period-ended", ["members", "people", "times"]],
  ]);
  assert.equal("text" in any(preview.findings[0]).finding, false);
  assert.deepEqual(answers(checked), before);
});

test("a preview in both languages", () => {
  for (const names of /** @type {const} */ (["hidden", "initials", "full"])) {
    const [vi, en] = [checked.preview(june, { locale: "vi", names }), checked.preview(june, { locale: "en", names })];
    assert.deepEqual([vi.fields[1]?.label, vi.fields[1]?.evidence, vi.fields[0]?.evidence], ["Số người", "Sổ ghi", null]);
    assert.deepEqual([en.fields[1]?.label, en.fields[1]?.evidence], ["People guided", "Register of guidance"]);
    assert.match(vi.findings[0]?.finding.text ?? "", /số người \(30\) lớn hơn số lượt \(21\)/);
    assert.match(en.findings[0]?.finding.text ?? "", /the number of people \(30\)/);
    assert.ok([...vi.findings, ...en.findings].every(({ finding }) => finding.text && finding.remedy));
  }
  for (const nothing of [undefined, null, {}, { locale: undefined }, { names: "full" }]) {
    assert.deepEqual(checked.preview(june, any(nothing)), checked.preview(june));
  }
  // A day is a string; what JSON writes of others is read as such.
  assert.deepEqual(checked.preview({ ...june, sent: "7/6/2022", received: "08/06/2022" }), checked.preview(june));
  assert.deepEqual(checked.preview({ ...june, received: null }), checked.preview({ ...june, received: "2030-01-01" }));
  assert.deepEqual(checked.preview(any({ toJSON: () => june })), checked.preview(june));
  const { figures, ...bare } = june;
  assert.deepEqual(checked.preview({ ...bare, figures: null, prose: null, estimates: null }).fields.map(({ absent }) => absent), [true, true, true, true]);
  assert.deepEqual(checked.preview(any({ ...june, figures: { ...figures, times: undefined } })).fields[2]?.absent, true);
  // What JSON would lose is told by its place.
  for (const [place, bad] of /** @type {[string, unknown][]} */ ([
    ["figures.times", { ...june, figures: { ...figures, times: NaN } }],
    ["figures.times", { ...june, figures: { ...figures, times: Infinity } }],
    ["figures", { ...june, figures: new Map([["times", 21]]) }],
    ["estimates.1", { ...june, estimates: ["times", new Set()] }],
    ["received", { ...june, received: new Date(NaN) }],
  ])) {
    assert.throws(() => checked.preview(any(bad)), { name: "CnscdError", code: "bad-type", message: new RegExp(`^\`${place}\` `) });
  }
  assert.throws(() => checked.edit(any({ add: "declarations", row: { team: "t-1", from: "2022-05-01", members: NaN } })), { message: /^`row.members` / });
  const none = checked.preview({ form: "none", period: "2022-Q2", unit: "99001", figures: { x: 1 } });
  assert.deepEqual([none.version, none.due, none.cut_off, none.fields, none.findings.map(({ finding }) => finding.name)], [null, null, null, [], ["form-unknown"]]);
  assert.equal(checked.preview({ form: "sheet", period: "2199", unit: "99001" }).next, null);
});

/** @type {[object, string, string][]} */
const wrong = [
  [{ team: "t-9" }, "dangling", "reports[0].team"],
  [{ team: null }, "no-reporter", "reports[0].team"],
  [{ unit: "99001" }, "no-reporter", "reports[0].team"],
  [{ by: "p-9" }, "dangling", "reports[0].by"],
  [{ form: undefined }, "missing", "reports[0].form"],
  [{ form: 1 }, "not-text", "reports[0].form"],
  [{ period: "5/2022" }, "bad-period", "reports[0].period"],
  [{ received: new Date(0) }, "bad-day", "reports[0].received"],
  [{ received: 20220602 }, "not-text", "reports[0].received"],
  [{ revision: 0 }, "bad-count", "reports[0].revision"],
  [{ version: 2 ** 16 }, "bad-count", "reports[0].version"],
  [{ kind: "weekly" }, "bad-choice", "reports[0].kind"],
  [{ figures: [5] }, "not-an-object", "reports[0].figures"],
  [{ figures: 5 }, "not-an-object", "reports[0].figures"],
  [{ figures: { members: -1 } }, "bad-figure", "reports[0].figures"],
  [{ figures: { members: 5.5 } }, "bad-figure", "reports[0].figures"],
  [{ figures: { members: 2 ** 31 } }, "bad-figure", "reports[0].figures"],
  [{ figures: { members: 2 ** 53 } }, "bad-figure", "reports[0].figures"],
  [{ figures: { members: 1e300 } }, "bad-figure", "reports[0].figures"],
  [{ figures: { members: "5" } }, "bad-figure", "reports[0].figures"],
  [{ figures: { members: true } }, "bad-figure", "reports[0].figures"],
  [{ figures: { members: new Date(0) } }, "bad-figure", "reports[0].figures"],
  [{ figures: { members: [5] } }, "bad-figure", "reports[0].figures"],
  [{ figures: { "Số người": 5 } }, "bad-word", "reports[0].figures"],
  [{ not_applicable: ["members"] }, "figure-twice", "reports[0].not_applicable"],
  [{ estimates: ["members", "members"] }, "duplicate-key", "reports[0].estimates"],
  [{ confirmed: [undefined] }, "not-text", "reports[0].confirmed[0]"],
  [{ prose: { difficulties: "" } }, "empty-text", "reports[0].prose"],
  [{ prose: { difficulties: 5 } }, "not-text", "reports[0].prose"],
  [{ recieved: "2022-06-02" }, "unknown-key", "reports[0]"],
  [{ "figures.members": 5 }, "unknown-key", "reports[0]"],
];

test("reports that cannot be read", () => {
  const before = answers(checked);
  for (const [change, code, place] of wrong) {
    /** @param {string} place @returns {(error: CnscdError) => boolean} */
    const is = (place) => (error) => {
      assert.deepEqual([error.name, error.code, error.problems.map((one) => [one.code, one.place])], ["CnscdError", "invalid", [[code, place]]]);
      assert.ok(error instanceof Error && error.problems[0]?.vi && error.problems[0].en);
      return true;
    };
    assert.throws(() => checked.preview(any({ ...june, ...change })), is(place));
    assert.throws(() => read(register, [may, { ...june, ...change }]), is(place.replace("[0]", "[1]")));
  }
  for (const report of [null, 1, true, NaN, "sheet", [], [june], new Date(0)]) {
    assert.throws(() => checked.preview(any(report)), (/** @type {CnscdError} */ error) => {
      assert.deepEqual([error.name, error.problems.map((one) => [one.code, one.place])], ["CnscdError", [["not-an-object", "reports[0]"]]]);
      return true;
    });
  }
  // What JSON writes as an object without keys.
  for (const report of [{}, new Map([["form", "sheet"]]), new Set(), policy, /x/]) {
    assert.throws(() => checked.preview(any(report)), { name: "CnscdError", code: "invalid" });
  }
  assert.deepEqual(answers(checked), before);
});

test("what is no report", () => {
  /** @type {any} */
  const circle = { ...june };
  circle.figures = circle;
  const thrower = { toJSON() { throw new RangeError("no"); } };
  const getter = { get form() { throw new RangeError("no"); } };
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const strange = [
    undefined, () => june, Symbol("x"), 1n, { ...june, figures: { members: 5n } }, circle, thrower, getter, revoked.proxy, { toJSON: () => undefined },
  ];
  for (const report of strange) {
    assert.throws(() => checked.preview(any(report)), { name: "CnscdError", code: "bad-type", message: /^a report is an object such as/, problems: [] });
  }
  const nested = JSON.parse(`${'{"figures":'.repeat(500)}1${"}".repeat(500)}`);
  assert.throws(() => checked.preview(nested), { name: "CnscdError", code: "syntax", problems: [] });
  /** @type {[unknown, string][]} */
  const queries = [
    [{ locale: "fr" }, "bad-choice"], [{ names: "x" }, "bad-choice"], [{ unit: "990" }, "bad-query"], [{ locale: 1 }, "bad-query"], [{ locale: null }, "bad-query"],
    [7, "bad-type"], ["vi", "bad-type"], [["vi"], "bad-type"], [new Map([["locale", "vi"]]), "bad-type"], [1n, "bad-type"], [Symbol("x"), "bad-type"],
  ];
  for (const [query, code] of queries) {
    assert.throws(() => checked.preview(june, any(query)), { name: "CnscdError", code, problems: [] });
  }
  for (const form of [undefined, null, 1, 1n, NaN, true, {}, ["sheet"], new Date(0), Symbol("x"), () => "sheet", new String("sheet"), circle]) {
    assert.throws(() => checked.departures(any(form)), { name: "CnscdError", code: "bad-type", message: /^a form is named by a string/, problems: [] });
  }
  // A report that edits while it is written meets a register that is in use.
  const edits = { toJSON: () => { checked.edit([]); return june; } };
  assert.throws(() => checked.preview(any(edits)), Error);
  assert.deepEqual(checked.preview(june).fields.length, 4);
});

test("what is no document", () => {
  const circle = /** @type {any[]} */ ([]);
  circle.push(circle);
  for (const wrong of [undefined, null, 1, 1n, true, {}, [], circle, new Date(0), new Uint16Array(2), new ArrayBuffer(2), Symbol("x"), () => "{}", new String("{}")]) {
    assert.throws(() => Reports.fromJson(register, any(wrong)), { name: "CnscdError", code: "bad-type", message: /^a document is a string or a Uint8Array$/, problems: [] });
  }
  const depth = 1 << 20;
  for (const frame of ["", '{"reports": ', '{"reports": [{"figures": ', '{"reports": [{"prose": {"a": ', '{"reports": [{"confirmed": [', '{"note": ', '{"other": ']) {
    for (const [open, close] of /** @type {const} */ ([["[", "]"], ['{"a":', "}"]])) {
      assert.throws(() => Reports.fromJson(register, frame + open.repeat(depth)), { name: "CnscdError", code: "syntax" }, frame);
      const ends = [...frame].reverse().map((letter) => ({ "[": "]", "{": "}" })[letter] ?? "").join("");
      assert.throws(() => Reports.fromJson(register, `${frame}${open.repeat(depth)}1${close.repeat(depth)}${ends}`), { name: "CnscdError" }, frame);
    }
  }
  const bytes = new Uint8Array([...new TextEncoder().encode('{\n"note": "'), 0xff, 0x22, 0x7d]);
  assert.throws(() => Reports.fromJson(register, bytes), { code: "syntax", message: "line 2, column 10: invalid UTF-8" });
  /** @type {[unknown, string, string][]} */
  const documents = [
    [{ report: [] }, "unknown-key", "document"], [{ units: [] }, "unknown-key", "document"], [{ note: 1 }, "not-text", "document"],
    [{ reports: {} }, "not-a-list", "reports"], [{ reports: [[]] }, "not-an-object", "reports[0]"], [[], "not-an-object", "document"],
  ];
  for (const [wrong, code, place] of documents) {
    assert.throws(() => Reports.fromJson(register, JSON.stringify(wrong)), (/** @type {CnscdError} */ error) => {
      assert.deepEqual(error.problems.map((one) => [one.code, one.place]), [[code, place]]);
      return true;
    });
  }
  assert.equal(read(register, [may]).length, 1);
});

test("cut off and changed anywhere", () => {
  const text = JSON.stringify({ note: "Không có thật.", reports: rows });
  const bytes = new TextEncoder().encode(text);
  for (let cut = 0; cut < text.length; cut += 3) {
    assert.throws(() => Reports.fromJson(register, text.slice(0, cut)), { name: "CnscdError", code: "syntax" });
    assert.throws(() => Reports.fromJson(register, bytes.subarray(0, cut)), { name: "CnscdError", code: "syntax" });
  }
  let made = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    for (const byte of [0x22, 0x7b, 0x5d, 0x2c, 0x30, 0xff]) {
      const changed = bytes.slice();
      changed[at] = byte;
      try {
        const reports = Reports.fromJson(register, changed);
        answers(register.withReports(reports).check(policy, day));
        made += 1;
      } catch (thrown) {
        assert.equal(any(thrown).name, "CnscdError", any(thrown).stack);
      }
    }
  }
  assert.ok(made > 50, `${made}`);
});

test("what wasm-bindgen itself refuses, and what was freed", () => {
  for (const other of [undefined, null, 1, "{}", {}, policy, checked, reports, Register]) {
    assert.throws(() => Reports.fromJson(any(other), "{}"), Error);
  }
  for (const other of [undefined, null, 1, "{}", {}, policy, checked, register, Reports]) {
    assert.throws(() => register.withReports(any(other)), Error);
  }
  const [freed, own] = [Register.fromJson("{}"), read(register, [may])];
  const kept = register.withReports(own);
  freed.free();
  own.free();
  for (const call of [() => Reports.fromJson(freed, "{}"), () => freed.withReports(reports), () => register.withReports(own), () => own.length, () => own.note]) {
    assert.throws(call, Error);
  }
  // A register keeps the reports that it was given.
  assert.equal(JSON.parse(kept.reportsToJson() ?? "").reports.length, 1);
  assert.throws(() => Object.assign(reports, { length: 9, note: "x" }), TypeError);
  // One that was not read is none.
  const made = new (any(Reports))();
  for (const call of [() => made.length, () => made.note, () => register.withReports(made)]) {
    assert.throws(call, Error);
  }
  assert.equal(reports.length, 3);
});

test("nothing personal is said", () => {
  /** @param {unknown} value */
  const isClean = (value) => {
    const text = inspect(value, { depth: 9 }) + (JSON.stringify(value) ?? "");
    assert.ok(!secrets.some((secret) => text.includes(secret)), text);
  };
  for (const shown of [reports, beside, checked, answers(checked).slice(1), checked.preview(may, { locale: "vi" }), String(reports)]) {
    isClean(shown);
  }
  let made = 0;
  for (const value of ["Phạm Văn Mật", "0990123456", "099190000001", "sinh 03/02/1990", "Mật-1990"]) {
    const changes = [
      ...["form", "version", "period", "unit", "team", "kind", "revision", "sent", "received", "entered", "channel", "by", "state", value].map((key) => ({ [key]: value })),
      ...["figures", "prose"].flatMap((key) => [value, [value], { [value]: 5 }, { [value]: value }, { members: value }].map((map) => ({ [key]: map }))),
      ...["not_applicable", "estimates", "confirmed"].flatMap((key) => [value, [value], { [value]: value }].map((list) => ({ [key]: list }))),
    ];
    for (const change of changes) {
      for (const call of [
        () => answers(register.withReports(read(register, [{ ...may, ...change }])).check(policy, day)).slice(1),
        () => checked.preview(any({ ...may, ...change }), { locale: "vi" }),
      ]) {
        try {
          isClean(call());
          made += 1;
        } catch (thrown) {
          const error = any(thrown);
          assert.equal(error.name, "CnscdError", error.stack);
          isClean([error.message, error.code, error.problems]);
        }
      }
    }
  }
  // Texts alone may hold anything; they come out only with the reports.
  assert.equal(made, 10);
});
