// Asks a built site: node search_queries.mjs SITE < queries.json, where queries.json is [{"q": …, "filters": {…}, "synonyms": true}, …].
// Prints one JSON line per query: the ids in rank order (at most 500), how many there are, and what was tried.

import { readFileSync } from "node:fs";
import { join } from "node:path";

import { SearchIndex } from "../../generator/tsunagite/browser/search_index.js";
import { search } from "../../generator/tsunagite/browser/search_query.js";

const site = process.argv[2];
const index = await SearchIndex.open(async (path) => JSON.parse(readFileSync(join(site, path), "utf-8")));
for (const { q, filters = {}, synonyms = true } of JSON.parse(readFileSync(0, "utf-8"))) {
  const { documents, cut, meant, dropped, used } = await search(index, q, { filters, synonyms });
  const rows = await index.rows(documents.slice(0, 500));
  console.log(JSON.stringify({ ids: rows.map((row) => row[0]), names: rows.slice(0, 10).map((row) => row[2]), total: documents.length, cut, meant, dropped, used }));
}
