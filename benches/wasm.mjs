// The check of Hải Dương in WebAssembly: median and 99th percentile of 200 runs, for the report beside the native figure.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { Register } from "../bindings-wasm/node.js";

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
const result = { check: check[100], check99: check[198], read: read[10] };
mkdirSync(new URL("../target/bench", import.meta.url), { recursive: true });
writeFileSync(new URL("../target/bench/wasm.json", import.meta.url), JSON.stringify(result));
console.log(result);
