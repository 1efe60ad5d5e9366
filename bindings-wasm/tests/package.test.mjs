// What is told twice agrees, and the package works by each of its doors.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as cnscd from "cnscd";

/** @param {string} path */
const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");

test("one version", () => {
  const [, version] = /^version = "(.*)"$/m.exec(read("../../Cargo.toml")) ?? [];
  assert.equal(JSON.parse(read("../package.json")).version, version);
  assert.equal(JSON.parse(read("../package-lock.json")).version, version);
});

test("the lock file names no registry", () => {
  assert.doesNotMatch(read("../package-lock.json"), /"resolved"/);
});

test("the browser's entry exports what the entry for Node.js does", async (t) => {
  t.mock.method(globalThis, "fetch", async (/** @type {URL} */ url) =>
    new Response(readFileSync(url), { headers: { "content-type": "application/wasm" } }));
  const browser = await import("../browser.js");
  assert.deepEqual(Object.keys(browser), Object.keys(cnscd));
});
