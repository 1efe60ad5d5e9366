// Answers as Rust does, word for word: `out/equal.jsonl`, which `make equal` writes, has 1,000 random registers with policies, reports and edits.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Policy, Register, Reports } from "../bindings-wasm/node.js";

/** @typedef {import("../bindings-wasm/types.js").CnscdError} CnscdError */
/** @typedef {import("../bindings-wasm/types.js").Checked} Checked */
/** @typedef {import("../bindings-wasm/types.js").Names} Names */
/** @typedef {import("../bindings-wasm/types.js").Change} Change */
/** @typedef {import("../bindings-wasm/types.js").Report} Report */
/** @typedef {{ document: string, reports: string | null, preview: Report | null, policy: string, as_of: string, names: Names, explain: string | null, edits: Change[], answers: unknown[] }} Case */

/** @param {unknown} thrown */
const told = (thrown) => {
  const { code, message, problems } = /** @type {CnscdError} */ (thrown);
  return { error: code, message, problems };
};

/** @param {Checked} checked @param {Names} names @param {boolean} last */
const look = (checked, names, last) => ({
  vi: checked.findings({ locale: "vi", names }),
  roll_up: checked.rollUp(),
  ...(last && {
    en: checked.findings({ locale: "en", names }).map(({ text, remedy }) => [text, remedy]),
    agenda: checked.agenda({ locale: "vi", steps: true }),
    ahead: checked.agenda({ days: 45, locale: "vi", steps: true }),
    completeness: checked.completeness(),
    teams: checked.teams(),
    unknown_scopes: checked.unknownScopes,
    unknown_attributes: checked.unknownAttributes,
    document: checked.register.toJson(),
    reports: checked.register.reportsToJson() ?? null,
  }),
});

/**
 * One after the other; the first error ends them unless it is that of an edit.
 * @param {Case} case_
 */
function* answers({ document, reports, preview, policy, as_of, names, explain, edits }) {
  try {
    let register = Register.fromJson(document);
    if (reports) register = register.withReports(Reports.fromJson(register, reports));
    const own = policy.startsWith("{");
    const chosen = own ? Policy.fromJson(policy) : Policy.preset(policy);
    const checked = register.check(own ? chosen : policy, as_of);
    yield look(checked, names, false);
    for (const changes of edits) {
      try {
        yield checked.edit(changes, { locale: "vi", names });
      } catch (thrown) {
        yield told(thrown);
      }
    }
    yield look(checked, names, true);
    yield checked.register.erase("p0").toJson();
    if (preview) yield checked.preview(preview, { locale: "vi", names });
    if (explain) {
      yield chosen.explain(register, explain, as_of);
    }
  } catch (thrown) {
    yield told(thrown);
  }
}

test("random registers", () => {
  const lines = readFileSync(new URL("../out/equal.jsonl", import.meta.url), "utf8").trimEnd().split("\n");
  for (const [index, line] of lines.entries()) {
    /** @type {Case} */
    const case_ = JSON.parse(line);
    assert.deepEqual([...answers(case_)], case_.answers, `line ${index + 1}`);
  }
  assert.equal(lines.length, 1000);
});
