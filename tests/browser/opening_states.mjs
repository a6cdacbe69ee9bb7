// Reads {"cases": [{opening, moments}], "holidays"} on stdin and prints, per case, "open", "closed" or "unsure" of each moment.

import { readFileSync } from "node:fs";

import { inJapan, openingAt } from "../../generator/tsunagite/site/browser/hours.js";

const { cases, holidays } = JSON.parse(readFileSync(0, "utf-8"));
const table = new Set(holidays);
const states = cases.map(({ opening, moments }) => moments.map((moment) => openingAt(opening, inJapan(new Date(`${moment}+09:00`)), table).state));
console.log(JSON.stringify(states));
