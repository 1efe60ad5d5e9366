// The entry for browsers, with a bundler or with `<script type="module">`: the module is fetched from beside this file
// before the importing script goes on.
import init from "./pkg/cnscd.js";

await init();

export * from "./pkg/cnscd.js";
