// Every JavaScript example of the READMEs and of the guide to forms runs, each by itself, from the root of the project, and prints what stands below it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
// Inside the package, so that `import "cnscd"` finds it.
const pkg = fileURLToPath(new URL("../pkg", import.meta.url));

for (const readme of ["README.md", "README.vi.md", "docs/guide-forms.md", "docs/guide-forms.vi.md"]) {
  test(`the examples of ${readme} run`, (t) => {
    const text = readFileSync(join(root, readme), "utf8");
    const examples = [...text.matchAll(/^```js\n([\s\S]*?)^```\n(?:\n[^`\n]*\n\n```text\n([\s\S]*?)^```$)?/gm)];
    assert.ok(examples.length > 0, `${readme} has no JavaScript example`);
    const dir = mkdtempSync(join(pkg, "readme-"));
    t.after(() => rmSync(dir, { recursive: true }));
    for (const [index, example] of examples.entries()) {
      const file = join(dir, `example-${index + 1}.mjs`);
      writeFileSync(file, example[1] ?? "");
      const printed = execFileSync(process.execPath, [file], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
      if (example[2] !== undefined) {
        assert.equal(printed, example[2]);
      }
    }
  });
}
