// Every JavaScript example of the READMEs runs, each by itself, from the root of the project.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Inside the package, so that `import "cnscd"` finds it.
const pkg = fileURLToPath(new URL("../pkg", import.meta.url));

for (const readme of ["README.md", "README.vi.md"]) {
  test(`the examples of ${readme} run`, (t) => {
    const text = readFileSync(join(root, readme), "utf8");
    const examples = [...text.matchAll(/^```(?:js|javascript|ts|typescript)\b.*\n([\s\S]*?)^```$/gm)];
    assert.ok(examples.length > 0, `${readme} has no JavaScript example`);
    const dir = mkdtempSync(join(pkg, "readme-"));
    t.after(() => rmSync(dir, { recursive: true }));
    for (const [index, example] of examples.entries()) {
      const file = join(dir, `example-${index + 1}.mjs`);
      writeFileSync(file, example[1] ?? "");
      execFileSync(process.execPath, [file], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    }
  });
}
