// Runs every file of `vectors/`: a case is a document, a call, and the answer word for word.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { Register } from "../bindings-wasm/node.js";

/** @typedef {import("../bindings-wasm/types.js").CnscdError} CnscdError */
/** @typedef {import("../bindings-wasm/types.js").Finding} Finding */
/** @typedef {import("../bindings-wasm/types.js").FindingsQuery} FindingsQuery */
/** @typedef {{ name: string, document?: string, register?: object, policy: string, as_of: string, query?: FindingsQuery }} Case */

/** @param {Case} case_ */
function answer({ document, register, policy, as_of, query }) {
  try {
    const checked = Register.fromJson(document ?? JSON.stringify(register)).check(policy, as_of);
    /** @type {Finding[]} */
    const english = checked.findings({ ...query, locale: "en" });
    const en = english.map(({ text, remedy }) => ({ text, remedy }));
    return { findings: checked.findings({ ...query, locale: "vi" }), en };
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
      const { name, document, register, policy, as_of, query, ...expected } = case_;
      assert.deepEqual(answer(case_), expected);
    });
  }
}
