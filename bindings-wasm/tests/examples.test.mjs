// The example prints what the example of the Python package prints.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

test("the example", () => {
  const example = fileURLToPath(new URL("../examples/hai-duong.mjs", import.meta.url));
  const expected = readFileSync(new URL("../../tests/examples.txt", import.meta.url), "utf8");
  assert.equal(execFileSync(process.execPath, [example], { encoding: "utf8" }), expected);
});
