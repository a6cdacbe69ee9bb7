// Asks the list of emergencies: node emergencies.mjs < {"numbers": …, "words": […], "signs": "…", "queries": […]}.
// Prints one JSON line per query: the labels of its dangers and the numbers to call, of what a page would fetch alone; and how many it would fetch.

import { readFileSync } from "node:fs";

import { dangersIn, formsOf, helpFor } from "../../generator/tsunagite/search/browser/emergency.js";
import { mayBeMeant } from "../../generator/tsunagite/search/browser/emergency_signs.js";

const { numbers, words, signs, queries } = JSON.parse(readFileSync(0, "utf-8"));
for (const query of queries) {
  const fetched = mayBeMeant(signs, formsOf(query)).map((place) => words[place]);
  const labels = dangersIn(fetched, numbers.endings, query).map(([label]) => label);
  console.log(JSON.stringify({ query, labels, numbers: helpFor(numbers, fetched, query).lines.map((line) => line[1]), fetched: fetched.length }));
}
