// The check of Hải Dương in WebAssembly, and previews of reports there: medians and 99th percentiles, for the report beside the native figures.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Register, Reports } from "../bindings-wasm/node.js";

const text = readFileSync(new URL("../out/hai-duong.json", import.meta.url), "utf8");
const register = Register.fromJson(text);

/**
 * Milliseconds of each of `runs` calls, sorted.
 * @param {number} runs
 * @param {() => { free(): void }} call
 */
function times(runs, call) {
  return Array.from({ length: runs }, () => {
    const start = performance.now();
    const made = call();
    const time = performance.now() - start;
    made.free();
    return time;
  }).sort((a, b) => a - b);
}

times(20, () => register.check("national-2022", "2022-05-17"));
const check = times(200, () => register.check("national-2022", "2022-05-17"));
const read = times(20, () => Register.fromJson(text));

// What a phone does at each key: one report of a team, beside those of the months before.
const reports = readFileSync(new URL("../target/bench/hai-duong-reports.json", import.meta.url), "utf8");
const checked = register.withReports(Reports.fromJson(register, reports)).check("national-2022", "2022-12-31");
/** @type {{ reports: import("../bindings-wasm/types.js").Report[] }} */
const { reports: rows } = JSON.parse(reports);
const own = rows.filter(({ team }) => team === rows[0]?.team);
const [first] = own.filter(({ period }) => period === "2022-11");
if (!first) throw new Error("there is no report for November");
const report = { ...first, period: "2022-12", received: null };
const previews = times(2200, () => (checked.preview(report, { locale: "vi" }), { free() {} }));
const result = { preview: previews[1100], preview99: previews[2178], check: check[100], check99: check[198], read: read[10] };
mkdirSync(new URL("../target/bench", import.meta.url), { recursive: true });
writeFileSync(new URL("../target/bench/wasm.json", import.meta.url), JSON.stringify(result));
console.log(result);
