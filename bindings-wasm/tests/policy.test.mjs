// Policies as documents, and the duties that they ask for.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Policy, Register, presets } from "cnscd";

const basis = { basis_vi: "Ví dụ", basis_en: "An example", force: "practice" };
const duty = {
  id: "set-up-teams", name_vi: "Thành lập Tổ", name_en: "Set up the teams", level: "commune", lead: "peoples_committee",
  from: "2022-03-26", due: "before", day: "2022-04-30", adjust: "none", soon: 7, test: "villages_covered", ...basis,
};
const floor = { key: "min_members", of: "community", value: 1, from: "2022-05-01", scope: "99001", ...basis };
const ours = {
  name: "ours",
  extends: "national-2022",
  settings: [floor, { key: "max_members", of: "community", value: 9, scope: "98", ...basis }],
  severities: [{ rule: "no-head", severity: "off", ...basis }],
  obligations: [duty],
};
// Made up: one commune has done its duty, one has not, a third has another term.
const document = {
  units: [
    { code: "990", name: "Huyện Mẫu", kind: "huyen", level: "district" },
    ...[1, 2, 3].flatMap((n) => [
      { code: `9900${n}`, name: `Xã Mẫu ${n}`, kind: "xa", level: "commune", parent: "990" },
      { code: `9900${n}-1`, name: "Thôn Đông", kind: "thon", level: "village", parent: `9900${n}` },
    ]),
  ],
  teams: [{ id: "t", kind: "community", unit: "99001", covers: ["99001-1"], from: "2022-04-05" }],
  excuses: [{ obligation: "set-up-teams", unit: "99003", day: "2022-04-20", until: "2022-05-31", document: "45/UBND-VX" }],
  people: [{ id: "p", name: "Trần Mẫu" }],
  memberships: [{ team: "t", person: "p", role: "member", from: "2022-04-05" }],
};
const policy = Policy.fromJson(JSON.stringify(ours));
const register = Register.fromJson(JSON.stringify(document));
const day = "2022-05-17";
const checked = register.check(policy, day);
/** What types forbid. @param {unknown} value @returns {any} */
const any = (value) => value;

test("documents", () => {
  for (const name of presets()) {
    const preset = Policy.preset(name);
    assert.equal(preset.name, name);
    assert.equal(Policy.fromJson(preset.toJson()).toJson(), preset.toJson());
    const [byName, byPolicy] = [register.check(name, day), register.check(preset, day)];
    assert.deepEqual(byName.findings({ locale: "vi" }), byPolicy.findings({ locale: "vi" }));
    preset.free();
    // A check keeps what it was made with.
    assert.equal(byPolicy.policy, name);
    assert.deepEqual(byName.agenda(), byPolicy.agenda());
    assert.throws(() => preset.toJson());
    assert.throws(() => register.check(preset, day), { code: "bad-type" });
  }
  assert.deepEqual(JSON.parse(policy.toJson()), ours);
  assert.equal(Policy.fromJson("{}").name, "policy");
  assert.throws(() => Object.assign(policy, { name: "x" }), TypeError);
});

test("what a policy asks", () => {
  assert.deepEqual([checked.policy, checked.unknownScopes], ["ours", ["98"]]);
  assert.deepEqual(register.check("national-2022", day).unknownScopes, []);
  assert.equal(register.check("national-2022", day).findings({ code: "no-head" }).length, 1);
  assert.deepEqual(checked.findings({ code: "no-head" }), []);
  const [few, ...others] = checked.findings({ code: "too-few-members" });
  assert.deepEqual([few?.from, few?.to, others.length], ["2022-04-05", "2022-05-01", 0]);
});

test("explain", () => {
  /** @param {string} unit @param {string} on */
  const of = (unit, on) => policy.explain(register, unit, on).find(({ entry }) => entry.key === "min_members");
  const [before, since] = [of("99001-1", "30/4/2022"), of("99001-1", "2022-05-01")];
  assert.ok(before && since);
  assert.deepEqual(of("99002", day), before);
  assert.deepEqual([before.entry.value, before.entry.policy, before.overrode], [3, "national-2022", []]);
  assert.deepEqual([since.entry.value, since.entry.scope, since.entry.from], [1, "99001", "2022-05-01"]);
  assert.deepEqual(since.overrode, [before.entry]);
  assert.equal(policy.explain(register, "990", day).find(({ entry }) => entry.rule === "no-head")?.entry.value, "off");
});

test("an agenda", () => {
  const rows = checked.agenda();
  assert.deepEqual(rows.map((row) => [row.unit, row.state, row.due, row.done, row.late]), [
    ["99001", "done_on_time", "2022-04-29", "2022-04-05", -24],
    ["99002", "overdue", "2022-04-29", null, 18],
    ["99003", "extended", "2022-05-31", null, -14],
  ]);
  assert.equal(rows[2]?.document, "45/UBND-VX");
  assert.equal(rows[0] && "name" in rows[0], false);
  const [[vi], [en]] = [checked.agenda({ state: "overdue", locale: "vi" }), checked.agenda({ state: "overdue", locale: "en" })];
  assert.deepEqual([vi?.name, vi?.unit_name, vi?.state_label], ["Thành lập Tổ", "xã Mẫu 2", "Quá hạn, chưa hoàn thành"]);
  assert.deepEqual([en?.name, en?.unit_name, en?.state_label], ["Set up the teams", "Mẫu 2 commune", "Overdue"]);
  const [all, known] = [checked.agenda({ steps: true }), checked.agenda()];
  assert.deepEqual(all.map(({ steps, ...row }) => row), known);
  assert.ok(all.every(({ steps }) => (steps?.vi.length ?? 0) > 0 && steps?.vi.length === steps?.en.length));
  assert.deepEqual(checked.agenda({ until: "2022-04-29" }), known.filter(({ due }) => due <= "2022-04-29"));
  assert.deepEqual(checked.unknownAttributes, ["adults", "household_businesses", "households", "smartphones"]);
  assert.deepEqual(checked.agenda({ unit: "990", obligation: "set-up-teams" }), rows);
  assert.deepEqual(checked.agenda({ unit: "99003-1" }), []);
  assert.deepEqual(checked.agenda({ days: 0 }), rows.slice(1, 2));
  assert.deepEqual(checked.agenda({ days: 13 }), rows.slice(1, 2));
  assert.deepEqual(checked.agenda({ days: 14 }), rows.slice(1));
  assert.deepEqual(checked.agenda({ days: 2 ** 32 - 1 }), rows.slice(1));
  assert.deepEqual(checked.agenda(any({ days: undefined })), rows);
  assert.deepEqual(register.check("national-2022", day).agenda(), []);
  assert.deepEqual(checked.rollUp({ unit: "990", level: "district" })[0]?.duties_done, { part: 1, whole: 3 });
});

test("problems", () => {
  /** @type {[object, string, string][]} */
  const documents = [
    [{ settings: [{ ...floor, value: true }] }, "unfit", "settings[0].value"],
    [{ settings: [{ ...floor, of: null }] }, "unfit", "settings[0].of"],
    [{ settings: [{ ...floor, key: "x" }] }, "bad-choice", "settings[0].key"],
    [{ settings: [floor, floor] }, "contradiction", "settings[1].key"],
    [{ severities: [{ rule: "no-legs", severity: "off", ...basis }] }, "unknown-rule", "severities[0].rule"],
    [{ severities: [{ rule: "no-head", severity: "error", ...basis }] }, "not-binding", "severities[0].severity"],
    [{ obligations: [duty, duty] }, "contradiction", "obligations[1].id"],
    [{ obligations: [{ ...duty, due: "by" }] }, "bad-choice", "obligations[0].due"],
    [{ people: [] }, "unknown-key", "document"],
  ];
  for (const [document, code, place] of documents) {
    assert.throws(() => Policy.fromJson(JSON.stringify(document)), (/** @type {import("cnscd").CnscdError} */ error) => {
      assert.equal(error.code, "invalid");
      assert.deepEqual(error.problems.map((problem) => [problem.code, problem.place]), [[code, place]]);
      return true;
    });
  }
});

test("errors", () => {
  /** @type {[() => unknown, string, RegExp][]} */
  const calls = [
    [() => Policy.preset("Trần Mẫu"), "unknown-preset", /^there is no preset `\*\*\*`; the presets are `hai-duong-2022`, /],
    [() => Policy.fromJson('{"extends": "ours"}'), "unknown-preset", /^there is no preset `ours`/],
    [() => Policy.fromJson("["), "syntax", /^line 1, column 1: EOF/],
    [() => policy.explain(register, "98", day), "unknown-unit", /^there is no unit `98`/],
    [() => policy.explain(register, "99001", "1899-12-31"), "bad-day", /^`1899-12-31` is not a day/],
    [() => checked.agenda({ unit: "98" }), "unknown-unit", /^there is no unit `98`/],
    [() => checked.agenda({ obligation: "x" }), "unknown-obligation", /^the policy has no obligation `x`$/],
    [() => checked.agenda({ obligation: "Trần Mẫu" }), "unknown-obligation", /^the policy has no obligation `\*\*\*`$/],
    [() => checked.agenda(any({ state: "late" })), "bad-choice", /^`late` is not one of `not_yet`, /],
    [() => checked.agenda(any({ locale: "fr" })), "bad-choice", /^`fr` is not one of `/],
    [() => checked.agenda(any({ day: 7 })), "bad-query", /^a query has no `day`; its keys are unit, team, body, obligation, state, from, until, days, byUnit, locale, steps$/],
    [() => checked.agenda(any({ unit: 990 })), "bad-query", /^`unit` must be a string$/],
    [() => checked.agenda(any(7)), "bad-type", /^a query is an object/],
    [() => Policy.preset(any(7)), "bad-type", /^a preset is named by a string/],
    [() => Policy.fromJson(any(new Uint8Array(2))), "bad-type", /^a policy document is a string$/],
    [() => policy.explain(register, any(990), day), "bad-type", /^a unit is named by its code/],
    [() => policy.explain(register, "990", any(new Date())), "bad-type", /^a day is a string/],
    [() => policy.day(any(new Date())), "bad-type", /^a date is a string/],
    [() => policy.day("2101-01-01"), "no-calendar", /^there is no calendar for 2101-01-01: the calendar runs from 1995-01-01/],
    [() => policy.day(day, any({ lang: "vi" })), "bad-query", /^a query has no `lang`; its keys are locale$/],
    [() => policy.isWorking(any(undefined)), "bad-type", /^a date is a string/],
    [() => policy.countWorkingDays("2022-05-17", "17 May"), "bad-day", /^`\*\*\*` is not a day/],
    [() => policy.addWorkingDays("2022-05-17", 1.5), "bad-type", /^a count is a whole number$/],
    [() => policy.addWorkingDays("2022-05-17", any("1")), "bad-type", /^a count is a whole number$/],
    [() => policy.adjust("2022-05-17", any(1)), "bad-type", /^an adjustment is a string/],
    [() => policy.due(any(7)), "bad-type", /^a rule is an object/],
    [() => policy.due(any({ due: "after" })), "bad-query", /^say `due` and `adjust`, or an `obligation`$/],
    [() => policy.due({ due: "before", adjust: "none", day: any(30) }), "bad-day", /is not a day/],
    [() => policy.due({ due: "month_day", adjust: "none", count: 1.5, start: "2022-05-17" }), "bad-query", /^`count` must be a whole number from 0$/],
    [() => checked.agenda({ from: "tomorrow" }), "bad-day", /is not a day/],
    [() => checked.agenda({ until: "never" }), "bad-day", /is not a day/],
    [() => checked.agenda(any({ steps: 1 })), "bad-query", /^`steps` must be true or false$/],
    [() => checked.completeness({ period: "05/2022" }), "bad-period", /a month is written `2022-05`/],
    [() => checked.agenda({ body: "Trần Mẫu" }), "unknown-body", /^there is no body `\*\*\*`$/],
    [() => checked.completeness(any({ form: "x" })), "bad-query", /^a query has no `form`; its keys are unit, level, obligation, period$/],
    [() => checked.toIcal({ team: "x" }), "unknown-team", /^there is no team `x`$/],
  ];
  for (const days of [-1, 1.5, NaN, Infinity, 2 ** 32, "7", true, null, []]) {
    calls.push([() => checked.agenda(any({ days })), "bad-query", /^`days` must be a whole number from 0$/]);
  }
  for (const other of [undefined, null, 7, {}, [], () => policy, { toJson: 7 }, { toJson: () => 7 }, { toJson() { throw new Error(); } }]) {
    calls.push([() => register.check(any(other), day), "bad-type", /^a policy is a Policy or the name of a preset/]);
  }
  for (const [call, code, message] of calls) {
    assert.throws(call, { name: "CnscdError", code, message, problems: [] });
  }
  // What wasm-bindgen itself refuses, and what was freed.
  for (const other of [undefined, {}, checked, policy]) {
    assert.throws(() => policy.explain(any(other), "990", day), Error);
  }
  const [freed, gone] = [Register.fromJson("{}"), register.check(policy, day)];
  freed.free();
  gone.free();
  for (const call of [() => policy.explain(freed, "990", day), () => gone.agenda(), () => gone.unknownScopes, () => gone.edit([])]) {
    assert.throws(call, Error);
  }
  assert.equal(checked.agenda().length, 3);
});
