// Asks the list of emergencies: node emergencies.mjs < {"all": …, "signs": …, "queries": […]}.
// Prints one JSON line per query: the labels of its dangers, the numbers to call, whether the list would be fetched at all.

import { readFileSync } from "node:fs";

import { dangersIn, helpFor } from "../../generator/tsunagite/search/browser/emergency.js";
import { mayBeDanger } from "../../generator/tsunagite/search/browser/emergency_signs.js";

const { all, signs, queries } = JSON.parse(readFileSync(0, "utf-8"));
for (const query of queries) {
  const labels = dangersIn(all, query).map((place) => all.dangers[place][0]);
  console.log(JSON.stringify({ query, labels, numbers: helpFor(all, query).lines.map((line) => line[1]), asked: mayBeDanger(signs, query) }));
}
