// Runs every file of `vectors/`: a case is a document, a call, and the answer word for word.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { Policy, Register, Reports, fromLunar, lunarText, period, periodAt, periodText, periodsThrough, splitPeriod, toLunar } from "../bindings-wasm/node.js";

/** @typedef {import("../bindings-wasm/types.js").CnscdError} CnscdError */
/** @typedef {import("../bindings-wasm/types.js").Finding} Finding */
/** @typedef {import("../bindings-wasm/types.js").FindingsQuery} FindingsQuery */
/** @typedef {import("../bindings-wasm/types.js").AgendaQuery} AgendaQuery */
/** @typedef {import("../bindings-wasm/types.js").Change} Change */
/** @typedef {import("../bindings-wasm/types.js").Level} Level */
/** @typedef {import("../bindings-wasm/types.js").LunarDate} LunarDate */
/** @typedef {import("../bindings-wasm/types.js").Report} Report */
/** @typedef {import("../bindings-wasm/types.js").Frequency} Frequency */
/** @typedef {import("../bindings-wasm/types.js").Scheme} Scheme */
/** @typedef {{ scheme: Scheme } & ({ at: string, frequency: Exclude<Frequency, "custom"> } | { of: string, split?: Frequency, through?: string, has?: string[] })} Asked */
/** @typedef {import("../bindings-wasm/types.js").Adjust} Adjust */
/** @typedef {import("../bindings-wasm/types.js").DueRule} DueRule */
/** @typedef {{ day: string } | { from: string, adjust: Adjust } | { from: string, add: number } | { from: string, to: string }} AskedDay */
/**
 * @typedef {{
 *   name: string, lunar?: { date: string } | LunarDate, period?: Asked, calendar?: AskedDay, due_rule?: DueRule, document?: string, register?: object, reports?: string | object, preview?: Report, departures?: string, policy: string | object, as_of: string,
 *   query?: FindingsQuery, agenda?: AgendaQuery & { by_unit?: boolean }, completeness?: { unit?: string, level?: Level, obligation?: string, period?: string }, explain?: { unit: string, day: string }, edits?: Change[],
 * }} Case
 */

/**
 * The lunar day of a date, or of its numbers.
 * @param {{ date: string } | LunarDate} asked
 */
function lunar(asked) {
  const day = "date" in asked ? toLunar(asked.date) : toLunar(fromLunar(asked));
  return { day, date: fromLunar(day), vi: lunarText(day, "vi"), en: lunarText(day, "en") };
}

/**
 * A period, or the period of a day.
 * @param {Asked} asked
 */
function answerOfPeriod(asked) {
  if ("at" in asked) return { found: periodAt(asked.frequency, asked.at, asked.scheme) };
  const { period: own, ...data } = period(asked.of, asked.scheme);
  assert.equal(own, asked.of);
  const parts = asked.split && { parts: splitPeriod(own, asked.split) };
  const through = asked.through && { through: periodsThrough(own, asked.through) };
  const has = asked.has && { has: asked.has.map((date) => data.first <= date && date <= data.last) };
  return { ...data, vi: periodText(own, "vi"), en: periodText(own, "en"), ...parts, ...through, ...has };
}

/**
 * What the calendar of a policy says.
 * @param {AskedDay} asked
 * @param {Policy} policy
 */
function calendar(asked, policy) {
  if ("day" in asked) return { day: policy.day(asked.day, { locale: "vi" }), en: policy.day(asked.day, { locale: "en" }).text };
  if ("adjust" in asked) return { date: policy.adjust(asked.from, asked.adjust) };
  if ("add" in asked) return { date: policy.addWorkingDays(asked.from, asked.add) };
  return { count: policy.countWorkingDays(asked.from, asked.to) };
}

/** @param {string | object} policy */
const chosenOf = (policy) => (typeof policy === "string" ? Policy.preset(policy) : Policy.fromJson(JSON.stringify(policy)));

/** @param {AgendaQuery & { by_unit?: boolean }} agenda */
const agendaOf = ({ by_unit: byUnit, ...agenda }) => ({ ...agenda, ...(byUnit && { byUnit }) });

/** @param {Case} case_ */
function answer({ lunar: asked, period: askedPeriod, calendar: askedDay, due_rule: rule, document, register, reports, preview, departures, policy, as_of, query, agenda, completeness, explain, edits = [] }) {
  try {
    if (asked) return lunar(asked);
    if (askedPeriod) return answerOfPeriod(askedPeriod);
    if (askedDay) return calendar(askedDay, chosenOf(policy));
    if (rule) return chosenOf(policy).due(rule);
    let read = Register.fromJson(document ?? JSON.stringify(register));
    if (reports) read = read.withReports(Reports.fromJson(read, typeof reports === "string" ? reports : JSON.stringify(reports)));
    const chosen = chosenOf(policy);
    const checked = read.check(typeof policy === "string" ? policy : chosen, as_of);
    const edited = edits.map((changes) => checked.edit(changes, { locale: "vi" }));
    /** @type {Finding[]} */
    const english = checked.findings({ ...query, locale: "en" });
    const en = english.map(({ text, remedy }) => ({ text, remedy }));
    return {
      findings: checked.findings({ ...query, locale: "vi" }),
      en,
      ...(edited.length > 0 && { edited }),
      ...(agenda && { duties: checked.agenda({ ...agendaOf(agenda), locale: "vi" }) }),
      ...(completeness && { counts: checked.completeness(completeness) }),
      ...(preview && { previewed: checked.preview(preview, { locale: "vi" }) }),
      ...(departures && { departed: checked.departures(departures) }),
      ...(explain && { explained: chosen.explain(read, explain.unit, explain.day) }),
    };
  } catch (thrown) {
    const { code, message, problems } = /** @type {CnscdError} */ (thrown);
    return problems.length > 0 ? { error: code, problems } : { error: code, message };
  }
}

const folder = new URL("vectors/", import.meta.url);
for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"))) {
  /** @type {{ cases: Case[] }} */
  const { cases } = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  for (const case_ of cases) {
    test(`${file}: ${case_.name}`, () => {
      const { name, lunar, period, calendar, due_rule, document, register, reports, preview, departures, policy, as_of, query, agenda, completeness, explain, edits, ...expected } = case_;
      assert.deepEqual(answer(case_), expected);
    });
  }
}
