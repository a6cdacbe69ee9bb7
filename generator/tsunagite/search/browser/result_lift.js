// What comes first among records that answer equally well to a need: the window for it, what is open now, near, for one's own area and
// checked lately. A name is never asked about: who types one has chosen. Pure: no page, no clock; columns come from `part`.

import { inJapan, openingAt } from "../../site/browser/hours.js";
import { numbers } from "./search_index.js";
import { key } from "./search_key.js";
import { OF_TRADE, termsOf } from "./search_query.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_query.js").Found} Found */
/** @typedef {import("./search_query.js").Match} Match */
/** @typedef {{table: any[], of: string}} Column */
/** @typedef {{hours: Column, verified: Column}} Part of search/columns/lift/<number>.json: both columns of as many records as `PART` */
/**
 * `holidays` null: nobody can tell whether a place is open; `metres` null: the place is not known; `serves`: whether a record is for the
 * area that was chosen.
 * @typedef {{moment: Date, holidays: Set<string> | null, metres: Float64Array | null, serves: ((document: number) => boolean) | null}} Circumstances
 * @typedef {{order: (documents: number[]) => number[], know: (documents: number[]) => Promise<unknown>, words: (document: number) => string[]}} Lift
 *   `know`: before `words` of documents that do not answer to every word
 */

export const PART = 1024; // records in a file, as in tsunagite/search/facet_files.py; records of a kind lie together

// Together less than a name that holds the word (INSIDE_SCORE of search_query.js).
const WINDOW = 25;
const ITS_WINDOW = 1000; // who asks for a need alone gets its window before all names that hold the word
const SERVES = 12;
const OPEN = 10;
const VERIFIED = 6;
const NEAR = [[400, 18], [800, 14], [1500, 9], [3000, 4]];
const IDEA = -200; // what does not exist yet comes after all that can be used
const LATELY = 183; // days since a record was checked, or since the day of the list it comes from
const FIRST = 10; // results that somebody reads
const OF_ONE_KIND = 2; // windows of one kind among those: seven centres in a row say no more than two
const PLACES = ["area", "city"];
const NEEDS = ["need", "group", "kind", "service", "department", "trade", "level"];

/**
 * Whether every word is a term, a place or a word for one, and one of them more than a place.
 * @param {SearchIndex} index
 * @param {Found} found
 */
export function isNeed(index, { matches, loosely }) {
  const typesOf = (/** @type {Match} */ { word, alike }) => [
    ...termsOf(index, word.key).flatMap(({ term, share }) => (share === 1 ? [index.meta.terms[term][0]] : [])),
    ...alike.flatMap(({ terms }) => (terms.length ? terms.map(({ term }) => index.meta.terms[term][0]) : ["kind"])),
  ];
  const types = matches.map(typesOf);
  return !loosely && types.every((its) => its.length > 0 && !its.includes("organization")) && types.some((its) => its.some((type) => NEEDS.includes(type)) && !its.some((type) => PLACES.includes(type)));
}

/** @typedef {{at: number, known: boolean, open: Uint8Array, lately: Uint8Array}} Judged */

/** @type {WeakMap<Part, Judged>} */
const lastJudged = new WeakMap();

/**
 * Which records of a part are open, and which were checked lately. The next search of the same minute asks the same.
 * @param {Part} part
 * @param {number} now
 * @param {Set<string> | null} holidays
 * @returns {Judged}
 */
function judged(part, now, holidays) {
  const last = lastJudged.get(part);
  if (last?.at === now && last.known === Boolean(holidays)) return last;
  const { hours, verified } = part;
  const open = hours.table.map((opening) => Number(Boolean(opening && holidays && openingAt(opening, now, holidays).state === "open")));
  const lately = verified.table.map((day) => Number(Boolean(day) && Math.floor(now / 1440) - Date.parse(day) / 86_400_000 <= LATELY));
  const its = { at: now, known: Boolean(holidays), open: Uint8Array.from(numbers(hours.of), (place) => open[place]), lately: Uint8Array.from(numbers(verified.of), (place) => lately[place]) };
  lastJudged.set(part, its);
  return its;
}

/**
 * The windows for what somebody asks: those that hold the need, where every word is a need (or a place) and none a kind of place.
 * @param {SearchIndex} index
 * @param {Found} found
 * @param {Map<number, number>} windows
 */
async function windowsFor(index, { matches }, windows) {
  const isPartOfNeed = (/** @type {number} */ term, /** @type {string} */ its) => index.meta.terms[term][0] === "need" && index.meta.terms[term][2].includes("・") && key(index.meta.terms[term][2]) !== its; // 薬 is a part of 病院・薬, and no window gives it
  const meant = matches.map(({ word, alike }) => [...termsOf(index, word.key).filter(({ term, share }) => share === 1 && !isPartOfNeed(term, word.key)), ...alike.flatMap(({ terms }) => terms)].map(({ term }) => term));
  const types = meant.flat().map((term) => index.meta.terms[term][0]);
  if (types.some((type) => OF_TRADE.includes(type))) return [];
  const needs = [...new Set(meant.flat())].filter((term) => index.meta.terms[term][0] === "need");
  return (await Promise.all(needs.map((term) => index.records(term)))).flat().filter((document) => windows.has(document));
}

/**
 * Whether a mark that few of the documents bear tells them from the others: what is true of most says nothing.
 * @param {number[]} documents
 * @param {Uint8Array} marked
 */
function isTelling(documents, marked) {
  return documents.filter((document) => marked[document]).length * 2 <= documents.length;
}

/**
 * Documents in their order, but for windows of which enough of one kind stand among the first already: they follow behind.
 * @param {number[]} documents
 * @param {Map<number, number>} windows
 * @param {Map<number, number>} others takes, for the last window that is shown of a kind, how many more of it follow behind
 * @returns {number[]}
 */
function varied(documents, windows, others) {
  /** @type {Map<number, number[]>} */
  const ofKind = new Map();
  /** @type {number[]} */
  const first = [];
  /** @type {number[]} */
  const behind = [];
  others.clear();
  for (const document of documents) {
    const kind = first.length < FIRST ? windows.get(document) : undefined;
    const shown = kind === undefined ? [] : (ofKind.get(kind) ?? ofKind.set(kind, []).get(kind) ?? []);
    if (shown.length < OF_ONE_KIND) {
      shown.push(document);
      first.push(document);
    } else {
      behind.push(document);
      others.set(shown[OF_ONE_KIND - 1], (others.get(shown[OF_ONE_KIND - 1]) ?? 0) + 1);
    }
  }
  first.splice(FIRST, 0, ...behind);
  return first;
}

/**
 * The order of records that answer to a need, and why; null where the query is a name.
 * @param {SearchIndex} index
 * @param {Found} found
 * @param {(number: number) => Promise<Part>} part
 * @param {Circumstances} circumstances
 * @returns {Promise<Lift | null>}
 */
export async function liftOf(index, found, part, { moment, holidays, metres, serves }) {
  const { sums } = found;
  if (!sums || !found.matches.length || !isNeed(index, found)) return null;
  const { records, existing } = index.meta;
  const now = inJapan(moment);
  const [open, lately] = [new Uint8Array(records), new Uint8Array(records)];
  /** @type {Map<number, Promise<void>>} */
  const known = new Map();
  const read = async (/** @type {number} */ number) => {
    const its = judged(await part(number), now, holidays);
    open.set(its.open, number * PART);
    lately.set(its.lately, number * PART);
  };
  const know = (/** @type {number[]} */ documents) => {
    const parts = new Set(documents.filter((document) => document < records).map((document) => Math.floor(document / PART)));
    return Promise.all([...parts].map((number) => known.get(number) ?? known.set(number, read(number)).get(number)));
  };
  await know(found.documents.filter((document) => sums[document]));
  const asksNeed = found.matches.some(({ direct, alike }) => [direct, ...alike].some(({ terms }) => terms.some(({ term }) => index.meta.terms[term][0] === "need")));
  const windows = asksNeed ? index.windows() : new Map();
  const itsWindows = new Set(asksNeed ? await windowsFor(index, found, windows) : []);
  const asksKind = found.matches.some(({ word }) => termsOf(index, word.key).some(({ term, share }) => share === 1 && index.meta.terms[term][0] === "kind"));
  /** @type {Map<number, number>} */
  const others = new Map();
  const tellsLately = isTelling(found.documents.filter((document) => document < records), lately);
  const near = (/** @type {number} */ document) => NEAR.find(([most]) => metres && metres[document] <= most)?.[1] ?? 0;
  const lift = (/** @type {number} */ document) =>
    (itsWindows.has(document) ? ITS_WINDOW : windows.has(document) ? WINDOW : 0) + (serves?.(document) ? SERVES : 0) + (open[document] ? OPEN : 0) + (lately[document] ? VERIFIED : 0) + near(document) + (document < existing ? 0 : IDEA);
  return {
    know,
    order(documents) {
      const places = [...documents.keys()].filter((at) => documents[at] < records && sums[documents[at]]);
      const worth = new Float32Array(records);
      for (const at of places) worth[documents[at]] = sums[documents[at]] + lift(documents[at]);
      const sorted = places.map((at) => documents[at]).sort((one, other) => worth[other] - worth[one]); // stable: equals stay
      const ordered = [...documents];
      const shown = asksKind ? sorted : varied(sorted, windows, others);
      places.forEach((at, place) => (ordered[at] = shown[place]));
      return ordered;
    },
    words: (document) =>
      document < records ? [windows.has(document) ? "この用件の窓口" : "", others.has(document) ? `同じ種類の窓口が、下にほか${others.get(document)}か所` : "", serves?.(document) ? "この地域の人が使える" : "", tellsLately && lately[document] ? "半年以内の情報" : ""].filter(Boolean) : [],
  };
}
