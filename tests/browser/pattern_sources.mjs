// Reads names of browser modules on stdin; prints [source, flags] of every pattern that they make with "new RegExp" when they are loaded.

import { readFileSync } from "node:fs";

/** @type {[string, string][]} */
const made = [];
const Usual = globalThis.RegExp;
globalThis.RegExp = new Proxy(Usual, {
  construct(_, words) {
    const pattern = new Usual(...words);
    made.push([pattern.source, pattern.flags]);
    return pattern;
  },
});
for (const name of JSON.parse(readFileSync(0, "utf-8"))) await import(`../../generator/tsunagite/${name}`);
console.log(JSON.stringify(made));
