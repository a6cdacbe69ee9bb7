// The order of a result: as found, by distance, in 五十音 order, or the last verified first.

import { kanaRanks } from "./facet_columns.js";

/** @typedef {import("./facet_columns.js").Facets} Facets */

/** @type {WeakMap<Facets, Uint32Array>} */
const ranks = new WeakMap();

/**
 * Documents that have no place in an order (guides; records without a point or a day) stay behind, as they were found.
 * @param {number[]} documents as found
 * @param {string} sort
 * @param {Facets} facets
 * @param {Float64Array | null} metres
 * @returns {number[]}
 */
export function ordered(documents, sort, facets, metres) {
  if (sort === "near") return metres ? by(documents, (record) => metres[record]) : documents;
  if (sort === "kana") {
    const kana = ranks.get(facets) ?? kanaRanks(facets);
    ranks.set(facets, kana);
    return by(documents, (record) => kana[record]);
  }
  if (sort === "verified") {
    const { table, of } = facets.columns.verified;
    const days = table.map((day) => (day ? -Date.parse(day) : NaN));
    return by(documents, (record) => (record < facets.count ? days[of[record]] : NaN));
  }
  return documents;
}

/**
 * @param {number[]} documents
 * @param {(document: number) => number | undefined} worth
 */
function by(documents, worth) {
  const values = documents.map((document) => {
    const value = worth(document);
    return value === undefined || Number.isNaN(value) ? Infinity : value;
  });
  const places = documents.map((_, at) => at);
  return places.sort((one, other) => (values[one] === values[other] ? one - other : values[one] - values[other])).map((at) => documents[at]);
}
