// Reads {"records", "texts", "patterns", "words"} on stdin; prints the records as YAML, the texts as records, and what tells whose case it is.

import { readFileSync } from "node:fs";

import { NotRead, readYaml, writeYaml } from "../../generator/tsunagite/worksheets/browser/worksheet_yaml.js";

// Python ends a line at each of these three.
const print = (data) => console.log(JSON.stringify(data).replace(/[\u0085\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`));
const { records, texts, patterns, words } = JSON.parse(readFileSync(0, "utf-8"));
const read = (text) => {
  try {
    return readYaml(text);
  } catch (problem) {
    if (problem instanceof NotRead) return problem.line;
    throw problem;
  }
};
print((records ?? []).map((record) => writeYaml(record, "sheet")));
print((texts ?? []).map(read));
print((words ?? []).map((word) => patterns.map((p) => new RegExp(p, "u").exec(word.normalize("NFKC").trim())?.[0]).find(Boolean) ?? null));
