// The entry for Node.js: the module is read from disk, at once.
import { readFileSync } from "node:fs";
import { initSync } from "./pkg/cnscd.js";

initSync({ module: readFileSync(new URL("./pkg/cnscd_bg.wasm", import.meta.url)) });

export * from "./pkg/cnscd.js";
