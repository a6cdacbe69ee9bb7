// Which towns somebody means: by kanji, kana or Latin letters, by postal code, or by where the device is. Proposals only:
// a town counts when a person has pressed it.

import { key, useVariants } from "../../search/browser/search_key.js";

/** @typedef {import("./contact_data.js").Data} Data */
/** @typedef {import("./contact_data.js").Town} Town */
/** @typedef {{town: Town, keys: string[], district: string}} Entry */
/** `how` says what was understood: a name, a whole postal code, the beginning of one, or nothing yet. */
/** @typedef {{how: "name" | "postal" | "digits" | "empty", towns: Town[], code: string}} Match */

const EARTH = 6_371_000; // metres
const POSTAL = 7;

/**
 * Readings differ on 町 (まち, ちょう), and people leave 丁目 out: those are one here.
 * @param {string} text
 */
export function townKey(text) {
  return key(text).replace(/(?<=[a-z])-/gu, "").replace(/ちょうめ/gu, "").replace(/ちょう/gu, "まち").replace(/町(?=まち)/gu, "");
}

/**
 * @param {Data} data
 * @returns {Entry[]}
 */
export function entriesOf(data) {
  useVariants(data.pairs);
  return data.towns.map((town) => {
    const [id, name, kana, district, , , , others] = town;
    const spellings = [name, kana, id, ...others];
    return { town, keys: [...new Set(spellings.map(townKey).filter((one) => one))], district: townKey(district) };
  });
}

/**
 * @param {Data} data
 * @param {Entry[]} entries
 * @param {string} typed
 * @returns {Match}
 */
export function match(data, entries, typed) {
  const code = typed.normalize("NFKC").replace(/[〒\s\-‐－ー―]/gu, "");
  if (/^\d{3,}$/u.test(code)) {
    const towns = data.towns.filter((town) => town[4].some((one) => one.startsWith(code)));
    return { how: code.length >= POSTAL ? "postal" : "digits", towns, code };
  }
  const wanted = withoutCity(data, townKey(typed));
  if (!wanted) return { how: "empty", towns: [], code: "" };
  /** @type {[number, Town][]} */
  const found = [];
  for (const entry of entries) {
    const rank = rankOf(entry, wanted);
    if (rank) found.push([rank, entry.town]);
  }
  const best = Math.max(0, ...found.map(([rank]) => rank));
  // Somebody who wrote a whole name or address means that town; the beginning of a name may mean several.
  const towns = found.filter(([rank]) => rank === best || (best < 4 && rank > 1)).sort((one, other) => other[0] - one[0]);
  return { how: "name", towns: (towns.length ? towns : found).map(([, town]) => town), code: "" };
}

/**
 * @param {Data} data
 * @param {string} text a key
 */
function withoutCity(data, text) {
  let rest = text;
  for (const name of [data.prefecture, data.city]) {
    const folded = townKey(name);
    if (folded && rest.startsWith(folded)) rest = rest.slice(folded.length);
  }
  return rest;
}

/**
 * 5 the whole name, 4 the name and more behind it (an address), 3 its beginning, 2 the beginning of its district, 1 inside.
 * @param {Entry} entry
 * @param {string} wanted
 */
function rankOf(entry, wanted) {
  if (entry.keys.includes(wanted)) return 5;
  if (entry.keys.some((one) => isAddress(one, wanted))) return 4;
  if (entry.keys.some((one) => one.startsWith(wanted))) return 3;
  if (entry.district.startsWith(wanted)) return 2;
  return wanted.length > 1 && entry.keys.some((one) => one.includes(wanted)) ? 1 : 0;
}

/**
 * A town with house numbers behind it; 桜町12 is not a house of 桜町1.
 * @param {string} town
 * @param {string} wanted
 */
function isAddress(town, wanted) {
  return wanted.startsWith(town) && /^[-0-9]/u.test(wanted.slice(town.length)) && !/[0-9]{2}/u.test(wanted.slice(town.length - 1, town.length + 1));
}

/**
 * The towns whose middle lies nearest, straight over land and sea.
 * @param {Data} data
 * @param {number} lat degrees
 * @param {number} lng degrees
 * @param {number} count
 * @returns {{town: Town, metres: number}[]}
 */
export function nearest(data, lat, lng, count) {
  const rad = Math.PI / 180;
  return data.towns
    .filter((town) => town[5].length)
    .map((town) => {
      const east = (town[5][1] - lng) * rad * Math.cos(((town[5][0] + lat) / 2) * rad);
      return { town, metres: EARTH * Math.hypot((town[5][0] - lat) * rad, east) };
    })
    .sort((one, other) => one.metres - other.metres)
    .slice(0, count);
}
