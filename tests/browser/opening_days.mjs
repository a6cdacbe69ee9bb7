// Reads {"cases": [{opening, days: [["土", 600], …]}], "today"} on stdin; prints, per case, whether it is open on each weekday at each minute.

import { readFileSync } from "node:fs";

import { openOn } from "../../generator/tsunagite/site/browser/hours.js";

const { cases, today } = JSON.parse(readFileSync(0, "utf-8"));
const day = Math.floor(Date.parse(today) / 86_400_000);
console.log(JSON.stringify(cases.map(({ opening, days }) => days.map(([name, minute]) => openOn(opening, name, minute, day)))));
