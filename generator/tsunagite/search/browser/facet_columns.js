// The columns a search is narrowed by, as they lie on the server: a table of the few different entries, and a number per
// record. How they are written: tsunagite/search/facets.py and search/facet_files.py.

import { numbers } from "./search_index.js";

/** @typedef {import("../../site/browser/hours.js").Opening} Opening */
/**
 * `null` in a table: not known.
 * @template T
 * @typedef {{table: T[], of: Uint16Array}} Column
 */
/** @typedef {[from: number | null, to: number | null, care: number[], situations: number[]]} Who no care level: all of them; likewise situations */
/**
 * `hours`: false where nobody can go (an idea, a pause).
 * @typedef {{
 *   kind: Column<number>, need: Column<number[]>, level: Column<number[]>, place: Column<number | null>, served: Column<number[]>,
 *   organization: Column<number | null>, who: Column<Who | null>, fee: Column<number | null>,
 *   access: Column<[has: number[], lacks: number[]] | null>, language: Column<number[] | null>,
 *   booking: Column<[booking: boolean | null, referral: boolean | null]>, way: Column<number | null>,
 *   hours: Column<Opening | false | null>, verified: Column<string | null>
 * }} Columns
 */
/** @typedef {[id: string, label: string, more?: number, level?: string]} Value of a kind `more` is its group, of an area the area above, of a group 1 for equipment */
/** @typedef {{count: number, values: Record<string, Value[]>, columns: Columns, starts: number[], order: Uint16Array, lines: number[][]}} Facets `lines`: each area with all above it */
/** @typedef {{spellings: string[], lat: number | null, lng: number | null}} Place */
/** @typedef {{lat: Float64Array, lng: Float64Array, places: Place[]}} Points degrees; NaN where a record has no point */

const SCALE = 100_000;

/**
 * The facets with the columns that lie with them; the others come by `addColumn` before anything asks for them.
 * @param {any} written
 * @returns {Facets}
 */
export function readFacets({ count, values, columns }) {
  /** @type {Facets} */
  const facets = { count, values, columns: /** @type {any} */ ({}), starts: [], order: new Uint16Array(), lines: linesOf(values.area) };
  for (const [name, column] of Object.entries(columns)) addColumn(facets, name, column);
  return facets;
}

/**
 * Takes over a column, or the 五十音 order, that lies in a file of its own.
 * @param {Facets} facets
 * @param {string} name
 * @param {any} written
 */
export function addColumn(facets, name, { table, starts, of }) {
  const column = Uint16Array.from(numbers(of));
  if (name === "order") Object.assign(facets, { starts, order: column });
  else /** @type {any} */ (facets.columns)[name] = { table, of: column };
}

/**
 * @param {Value[]} areas
 * @returns {number[][]}
 */
function linesOf(areas) {
  return areas.map((_, area) => {
    /** @type {number[]} */
    const line = [];
    for (let above = area; above >= 0 && !line.includes(above); above = areas[above][2] ?? -1) line.push(above);
    return line;
  });
}

/**
 * The districts; whatever areas there are below the city where a site has none.
 * @param {Facets} facets
 */
export function districtsOf({ values }) {
  const districts = values.area.filter((area) => area[3] === "district");
  return districts.length ? districts : values.area.filter((area) => area[3] !== "city");
}

/**
 * @param {any} written
 * @returns {Points}
 */
export function readPoints(written) {
  const degrees = (/** @type {string} */ column, /** @type {number} */ corner) =>
    Float64Array.from(numbers(column), (above) => (above ? (corner + above - 1) / SCALE : NaN));
  return {
    lat: degrees(written.lat, written.corner[0]),
    lng: degrees(written.lng, written.corner[1]),
    places: written.areas.map((/** @type {any[]} */ [spellings, lat, lng]) => ({ spellings, lat, lng })),
  };
}

/**
 * The place of each record in the 五十音 order: documents lie by stretches, each of them in that order, and `order` says
 * from which stretch the next one comes.
 * @param {Facets} facets
 * @returns {Uint32Array}
 */
export function kanaRanks({ starts, order, count }) {
  const next = [...starts];
  const ranks = new Uint32Array(count);
  for (let rank = 0; rank < order.length; rank += 1) ranks[next[order[rank]]++] = rank;
  return ranks;
}
