// The data of the contact finder as contact/files.py writes them, loaded once from the site itself.

import { fetchFresh } from "../../site/browser/fresh.js";
import { holidaysAt } from "../../site/browser/hours.js";

/** @typedef {[id: string, name: string, kana: string, district: string, codes: string[], point: number[], answer: number, others: string[]]} Town */
/** @typedef {[window: number, why: string]} Item */
/**
 * @typedef {{name: string, path: string, place: string, badges: import("../../site/browser/hours.js").Badge[], number: string, href: string, label: string, note: string,
 *   hours: [string, string, string][], notes: string[], opening: import("../../site/browser/hours.js").Opening | null}} Window
 */
/** @typedef {{label: string, number: string, href: string, about: string, hours: string, always: boolean}} Line */
/**
 * @typedef {{id: string, label: string, sensitive: boolean, page: string, urgent: string, lines: number[], after: number[], say: string[],
 *   have: string[], next: string[], needs: [string, string][]}} Trouble
 */
/** @typedef {{text: string, lines: [number: string, href: string, label: string][], list: [string, string] | [], register: string, url: string}} Gap a duty for which no window is written */
/**
 * `answers` holds for each trouble a place in `lists`; towns and `whole` (the municipality) name their row of it.
 * `missing` holds the places in `gaps` of a list, by its place in `lists`.
 * @typedef {{city: string, prefecture: string, pairs: string, proof: string, whole: number, towns: Town[], answers: number[][],
 *   lists: Item[][], missing: Record<string, number[]>, gaps: Gap[], windows: Window[], lines: Line[], troubles: Trouble[]}} Data
 */
/** @typedef {{data: Data, holidays: Set<string> | null}} Loaded `holidays`: null where they are not known for this day */

/**
 * @param {string} base way to the root of the site
 * @returns {Promise<Loaded>}
 */
export async function load(base) {
  const [data, table] = await Promise.all([read(`${base}contact/data.json`), read(`${base}assets/tsunagite/holidays.json`)]);
  return { data, holidays: holidaysAt(table, new Date()) };
}

/** @param {string} address */
async function read(address) {
  const answer = await fetchFresh(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

/**
 * The windows of a trouble in a town (null = somewhere in the municipality).
 * @param {Data} data
 * @param {Trouble} trouble
 * @param {Town | null} town
 */
export function windowsFor(data, trouble, town) {
  return data.lists[listOf(data, trouble, town)].map(([window, why]) => ({ window: data.windows[window], why }));
}

/**
 * The duties of a trouble for which no window is written in a town.
 * @param {Data} data
 * @param {Trouble} trouble
 * @param {Town | null} town
 */
export function gapsFor(data, trouble, town) {
  return (data.missing[listOf(data, trouble, town)] ?? []).map((at) => data.gaps[at]);
}

/**
 * @param {Data} data
 * @param {Trouble} trouble
 * @param {Town | null} town
 */
function listOf(data, trouble, town) {
  return data.answers[town ? town[6] : data.whole][data.troubles.indexOf(trouble)];
}
