// Asks a built site: node search_queries.mjs SITE < queries.json, where queries.json is
// [{"q": …, "address": "need=meals&open=sat", "moment": …, "synonyms": true, "lifted": true}, …]; without q all records are narrowed.
// Prints one JSON line per query: the ids in rank order (at most 500), how many there are, how many might be, what was tried.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { askedIn } from "../../generator/tsunagite/search/browser/chosen.js";
import { addColumn, readFacets } from "../../generator/tsunagite/search/browser/facet_columns.js";
import { APART } from "../../generator/tsunagite/search/browser/directory_files.js";
import { Narrowing } from "../../generator/tsunagite/search/browser/facets.js";
import { SearchIndex } from "../../generator/tsunagite/search/browser/search_index.js";
import { liftOf } from "../../generator/tsunagite/search/browser/result_lift.js";
import { search } from "../../generator/tsunagite/search/browser/search_query.js";

const site = process.argv[2];
const read = (path) => JSON.parse(readFileSync(join(site, path), "utf-8"));
const index = await SearchIndex.open(async (path) => read(path));
const facets = readFacets(read("search/facets.json"));
for (const name of Object.values(APART)) addColumn(facets, name, read(`search/columns/${name}.json`));
const holidays = new Set(index.meta.holidays.days);
const all = Array.from({ length: facets.count }, (_, number) => number);
for (const { q, address = "", moment = "2026-11-22T12:00", synonyms = true, lifted = false } of JSON.parse(readFileSync(0, "utf-8"))) {
  const answer = await search(index, q, { synonyms });
  const { cut, meant, dropped, used, whole, without } = answer;
  const lift = lifted ? await liftOf(index, answer, async (number) => read(`search/columns/lift/${number}.json`), { moment: new Date(`${moment}:00+09:00`), holidays, metres: null, serves: null }) : null;
  const documents = lift ? lift.order(answer.documents) : answer.documents;
  const narrowing = new Narrowing(facets, { moment: new Date(`${moment}:00+09:00`), holidays, metres: null });
  const { found, maybe } = narrowing.decide(q ? documents : all, askedIn(address).chosen);
  const rows = await index.rows(found.slice(0, 500));
  console.log(JSON.stringify({ ids: rows.map((row) => row[0]), names: rows.slice(0, 10).map((row) => row[2]), total: found.length, maybe: maybe.length, cut, meant, dropped, used, whole, without, why: lift ? documents.slice(0, 3).map(lift.words) : null }));
}
