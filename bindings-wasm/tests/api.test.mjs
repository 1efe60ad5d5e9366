// Every public function, getter, filter and error.
import assert from "node:assert/strict";
import { inspect } from "node:util";
import { test } from "node:test";
import * as cnscd from "cnscd";

/** @typedef {import("cnscd").FindingsQuery} FindingsQuery */

const secrets = ["Mật", "0990123456", "099190000001", "1990"];
const document = {
  note: "Không có thật.",
  units: [
    { code: "990", name: "Huyện Mẫu", kind: "huyen", level: "district" },
    { code: "99001", name: "Xã Mẫu", kind: "xa", level: "commune", parent: "990" },
    { code: "99002", name: "Xã Khác", kind: "xa", level: "commune", parent: "990" },
  ],
  teams: [
    { id: "t-1", kind: "community", unit: "99001", from: "2022-04-05" },
    { id: "t-2", kind: "community", unit: "99002", from: "2022-04-05", to: "2022-05-01" },
  ],
  people: [
    { id: "p-1", name: "Phạm Văn Mật", born: "1990-02-03", sex: "male", phone: "0990123456" },
    { id: "p-2", name: "Lê Thị Mật", sex: "female", citizen_number: "099190000001" },
  ],
  memberships: [
    { team: "t-1", person: "p-1", role: "head", from: "2022-04-05" },
    { team: "t-1", person: "p-2", role: "head", from: "2022-05-01" },
  ],
};
const register = cnscd.Register.fromJson(JSON.stringify(document));
const basis = { basis_vi: "Ví dụ", basis_en: "An example", force: "practice" };
const rules = ["too-few-members", "organisation-not-represented", "no-young-member", "villages-unknown"];
// Only what the tests are about.
const policy = cnscd.Policy.fromJson(JSON.stringify({
  name: "ours",
  extends: "national-2022",
  severities: rules.map((rule) => ({ rule, severity: "off", ...basis })),
}));
const checked = register.check(policy, "2022-05-17");

/** @param {FindingsQuery} [query] */
const only = (query) => {
  const [finding] = checked.findings(query);
  assert.ok(finding);
  return finding;
};

test("a register", () => {
  assert.equal(register.note, "Không có thật.");
  assert.equal(cnscd.Register.fromJson("{}").note, undefined);
  assert.equal(register.counts().people, 2);
  assert.deepEqual(Object.keys(register.counts()).slice(0, 2), ["units", "successions"]);
  assert.deepEqual(JSON.parse(register.toJson()), document);
  const again = cnscd.Register.fromJson(new TextEncoder().encode(register.toJson()));
  assert.equal(again.toJson(), register.toJson());
  assert.deepEqual([checked.policy, checked.asOf], ["ours", "2022-05-17"]);
  assert.equal(register.check("national-2022", "17/5/2022").asOf, "2022-05-17");
});

test("a finding", () => {
  assert.deepEqual(only(), {
    code: "T004",
    name: "two-heads",
    severity: "error",
    subject: { table: "teams", id: "t-1" },
    unit: "99001",
    from: "2022-05-01",
    to: null,
    present: true,
    params: { n: 2, people: ["p-1", "p-2"] },
    basis: null,
  });
  const past = only({ when: "past" });
  assert.deepEqual([past.from, past.to, past.present], ["2022-04-05", "2022-05-01", false]);
  assert.ok(past.basis?.force === "recommended" && past.basis.verified);
});

test("names are asked for", () => {
  assert.match(only({ locale: "vi" }).text ?? "", /người có mã p-1; người có mã p-2/);
  assert.match(only({ locale: "vi", names: "initials" }).text ?? "", /P\.V\.M\. \(p-1\)/);
  assert.match(only({ locale: "vi", names: "full" }).text ?? "", /ông Phạm Văn Mật; bà Lê Thị Mật/);
  assert.match(only({ locale: "en", names: "full" }).text ?? "", /: Phạm Văn Mật; Lê Thị Mật/);
  assert.match(only({ locale: "en" }).remedy ?? "", /^The People's Committee of Mẫu commune should/);
});

test("filters", () => {
  /** @type {[FindingsQuery | undefined, number][]} */
  const queries = [
    [undefined, 3],
    [{}, 3],
    [{ unit: "990" }, 3],
    [{ unit: "99002" }, 1],
    [{ code: "T001" }, 2],
    [{ code: "two-heads" }, 1],
    [{ severity: "warning" }, 2],
    [{ severity: "info" }, 0],
    [{ when: "present" }, 2],
    [{ when: "past" }, 1],
    [{ unit: "99001", code: "T001", severity: "warning", when: "present" }, 1],
  ];
  for (const [query, count] of queries) {
    assert.equal(checked.findings(query).length, count, JSON.stringify(query));
  }
});

test("a roll-up", () => {
  const [district, commune, other] = checked.rollUp();
  assert.ok(district && commune && other);
  assert.deepEqual([district.unit, commune.parent, other.level], ["990", "990", "commune"]);
  assert.deepEqual(district.teams, { commune: { community: 1 } });
  assert.equal(district.villages_covered, null);
  assert.deepEqual(commune.sexes, { male: 1, female: 1, unknown: 0 });
  assert.equal(commune.roles.head, 2);
  assert.deepEqual(checked.rollUp({ level: "district" }), [district]);
  assert.deepEqual(checked.rollUp({ unit: "99002" }), [other]);
  assert.deepEqual(checked.rollUp({ unit: "99002", level: "district" }), []);
});

test("teams", () => {
  const [team, ...others] = checked.teams();
  assert.ok(team && others.length === 0);
  assert.deepEqual(checked.teams({ unit: "99001", kind: "community" }), [team]);
  assert.deepEqual(checked.teams({ kind: "steering" }), []);
  assert.deepEqual([team.unit, team.kind, team.parent, team.suspended], ["99001", "community", null, false]);
  assert.deepEqual(Object.keys(team.members[0] ?? {}), ["person", "role", "acting", "position"]);
});

test("errors", () => {
  /** @param {any} query */
  const findings = (query) => checked.findings(query);
  /** @type {[() => unknown, string, RegExp][]} */
  const calls = [
    [() => register.check("x", "2022-05-17"), "unknown-preset", /^there is no preset `x`; the presets are `hai-duong-2022`, `national-2022`, `team-report`, `vietnam-calendar`$/],
    [() => register.check("national-2022", "2022-02-30"), "bad-day", /^`2022-02-30` is not a day from 1900 to 2199$/],
    [() => findings({ unit: "98" }), "unknown-unit", /^there is no unit `98`/],
    [() => checked.rollUp({ unit: "98" }), "unknown-unit", /^there is no unit `98`/],
    [() => findings({ code: "X" }), "unknown-rule", /^there is no rule `X`$/],
    [() => cnscd.explain("X"), "unknown-rule", /^there is no rule `X`$/],
    [() => findings({ severity: "x" }), "bad-choice", /^`x` is not one of `error`, `warning`, `info`$/],
    [() => findings({ when: "x" }), "bad-choice", /^`x` is not one of `/],
    [() => findings({ locale: "fr" }), "bad-choice", /^`fr` is not one of `/],
    [() => findings({ names: "x" }), "bad-choice", /^`x` is not one of `/],
    [() => checked.rollUp(/** @type {any} */ ({ level: "x" })), "bad-choice", /^`x` is not one of `/],
    [() => findings({ units: "98" }), "bad-query", /^a query has no `units`; its keys are unit, code/],
    [() => findings({ unit: 98 }), "bad-query", /^`unit` must be a string$/],
    [() => cnscd.Register.fromJson("["), "syntax", /^line 1, column 1: EOF/],
    // What JavaScript lets through and types forbid.
    [() => cnscd.Register.fromJson(/** @type {any} */ (7)), "bad-type", /^a document is a string or a Uint8Array$/],
    [() => register.check("national-2022", /** @type {any} */ (new Date())), "bad-type", /^a day is a string such as "2022-05-17"$/],
    [() => register.check("national-2022", /** @type {any} */ (20220101)), "bad-type", /^a day is a string/],
    [() => register.check(/** @type {any} */ (undefined), "2022-05-17"), "bad-type", /^a policy is a Policy or the name of a preset/],
    [() => cnscd.compareText("a", /** @type {any} */ (1)), "bad-type", /^a text is a string$/],
    [() => cnscd.searchKey(/** @type {any} */ (null)), "bad-type", /^a text is a string$/],
    [() => cnscd.explain(/** @type {any} */ (4)), "bad-type", /^a rule is named by a string/],
    [() => findings("99002"), "bad-type", /^a query is an object/],
    [() => findings(new Map([["unit", "99002"]])), "bad-type", /^a query is an object/],
    [() => findings(["99002"]), "bad-type", /^a query is an object/],
  ];
  for (const [call, code, message] of calls) {
    assert.throws(call, { name: "CnscdError", code, message, problems: [] });
    assert.throws(call, Error);
  }
});

test("problems", () => {
  const read = () => cnscd.Register.fromJson('{"teams": [{"id": "t", "kind": "x", "unit": "1", "from": "2022-04-05"}]}');
  assert.throws(read, (/** @type {import("cnscd").CnscdError} */ error) => {
    assert.equal(error.code, "invalid");
    assert.match(error.message, /^the document has 2 problems:\n/);
    const [kind, unit] = error.problems;
    assert.deepEqual([kind?.code, kind?.place], ["bad-choice", "teams[0].kind"]);
    assert.deepEqual(unit, {
      code: "dangling",
      place: "teams[0].unit",
      table: "teams",
      row: 0,
      column: "unit",
      item: null,
      vi: "không có `1` trong bảng `units`",
      en: "there is no `1` in `units`",
    });
    return true;
  });
});

test("an answer is the caller's own", () => {
  only().params.n = 9;
  assert.equal(only().params.n, 2);
  assert.throws(() => Object.assign(register, { note: "x" }), TypeError);
  assert.throws(() => Object.assign(checked, { policy: "x", asOf: "x" }), TypeError);
  const made = cnscd.Register.fromJson("{}");
  made.free();
  assert.throws(() => made.toJson());
});

test("no text tells a secret", () => {
  for (const shown of [register, checked, checked.findings({ locale: "vi" }), checked.rollUp()]) {
    const text = inspect(shown, { depth: 9 }) + JSON.stringify(shown) + String(shown);
    assert.ok(!secrets.some((secret) => text.includes(secret)), text);
  }
});

test("functions", () => {
  assert.deepEqual(cnscd.presets(), ["hai-duong-2022", "national-2022", "team-report", "vietnam-calendar"]);
  assert.match(cnscd.version(), /^\d+\.\d+\.\d+$/);
  for (const code of cnscd.rules()) {
    assert.deepEqual(cnscd.explain(cnscd.explain(code).name), cnscd.explain(code));
  }
  assert.deepEqual(cnscd.explain("T004").title, { vi: "Tổ có nhiều Tổ trưởng cùng lúc", en: "Two heads at once" });
  assert.equal(cnscd.searchKey("HẢI Dương"), "hai duong");
  assert.deepEqual(["đa", "da", "ăn", "an", "ba"].sort(cnscd.compareText), ["an", "ăn", "ba", "da", "đa"]);
  assert.equal(cnscd.compareText("a", "a"), 0);
});

test("periods", () => {
  assert.equal(cnscd.periodAt("month", "17/5/2022", "administrative"), "2022-06");
  assert.equal(cnscd.periodAt("nine_months", "2022-10-01", "calendar"), null);
  assert.deepEqual(cnscd.splitPeriod("2022-Q2", "month"), ["2022-04", "2022-05", "2022-06"]);
  /** @type {[() => unknown, string, RegExp][]} */
  const calls = [
    [() => cnscd.period(/** @type {any} */ (2022), "calendar"), "bad-type", /^a period is a string such as "2022-Q2"$/],
    [() => cnscd.period("2022", /** @type {any} */ (undefined)), "bad-type", /^a scheme is "administrative" or "calendar"$/],
    [() => cnscd.period("2022-Q5", "calendar"), "bad-period", /^`2022-Q5` is no period: its numbers run from 1 to 4$/],
    [() => cnscd.periodAt(/** @type {any} */ ("day"), "2022-05-17", "calendar"), "bad-choice", /^`day` is not one of `week`, /],
    [() => cnscd.periodAt("month", "2022-02-30", "calendar"), "bad-day", /^`2022-02-30` is not a day/],
  ];
  for (const [call, code, message] of calls) {
    assert.throws(call, { name: "CnscdError", code, message, problems: [] });
  }
});

test("the lunar calendar", () => {
  assert.deepEqual(cnscd.toLunar("10/4/2022"), { year: 2022, month: 3, leap: false, day: 10 });
  assert.equal(cnscd.fromLunar({ year: 2022, month: 3, day: 10 }), "2022-04-10");
  assert.equal(cnscd.lunarText({ year: 2023, month: 2, leap: true, day: 1 }, "vi"), "1 tháng 2 nhuận năm 2023 (âm lịch)");
  /** @type {[() => unknown, string, RegExp][]} */
  const calls = [
    [() => cnscd.fromLunar({ year: 2022, month: 13, day: 1 }), "bad-lunar-day", /^`1\/13 2022` is no day of the lunar calendar: months are 1 to 12$/],
    [() => cnscd.fromLunar({ year: -1, month: 1, day: 1 }), "bad-query", /^`year` must be a whole number from 0$/],
    [() => cnscd.fromLunar({ year: 2 ** 31, month: 1, day: 1 }), "bad-query", /^`year` must be a whole number/],
    [() => cnscd.fromLunar(/** @type {any} */ ({ year: 2022, month: 3 })), "bad-query", /^`day` is missing$/],
    [() => cnscd.fromLunar(/** @type {any} */ ({ year: 2022, month: 3, day: 1, leap: 1 })), "bad-query", /^`leap` must be true or false$/],
    [() => cnscd.fromLunar(/** @type {any} */ ("2022-03-10")), "bad-type", /^a lunar day is an object such as/],
    [() => cnscd.lunarText(/** @type {any} */ (undefined), "vi"), "bad-type", /^a lunar day is an object such as/],
    [() => cnscd.toLunar("1900-01-30"), "bad-lunar-day", /it runs from 1900-01-31 to 2101-01-28/],
    [() => cnscd.toLunar("2022-02-30"), "bad-day", /^`2022-02-30` is not a day/],
    [() => cnscd.toLunar(/** @type {any} */ (new Date())), "bad-type", /^a date is a string/],
    [() => cnscd.lunarText({ year: 2022, month: 3, day: 10 }, /** @type {any} */ ("fr")), "bad-choice", /^`fr` is not one of `vi`, `en`$/],
  ];
  for (const [call, code, message] of calls) {
    assert.throws(call, { name: "CnscdError", code, message, problems: [] });
  }
});
