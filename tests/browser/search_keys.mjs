// Reads {"pairs", "texts"} on stdin and prints, for every text, its folded form, its runs and its key.

import { readFileSync } from "node:fs";

import { fold, key, runs, useVariants } from "../../generator/tsunagite/search/browser/search_key.js";

const { pairs, texts } = JSON.parse(readFileSync(0, "utf-8"));
useVariants(pairs);
console.log(JSON.stringify(texts.map((text) => [fold(text), runs(text), key(text)])));
