// The records as data: which file holds a record, and what a file gives. Written by tsunagite/offline/record_data.py.

import { fetchFresh } from "../../site/browser/fresh.js";

/** @typedef {import("../../site/browser/hours.js").Opening} Opening */
/**
 * One record; what is empty is left out.
 * @typedef {{name: string, reading?: string, sentence?: string, kind: string, levels?: string[], badges?: import("../../site/browser/hours.js").Badge[], place?: string,
 *   phones?: [number: string, href: string, label: string, note: string, fax: 0 | 1][], reach?: string[], opening?: Opening,
 *   hours?: [days: string, span: string, label: string][], hours_notes?: string[], often?: string, facts?: [string, string][],
 *   services?: string[], helpful?: string, about?: string[], steps?: string[], tips?: string, address?: string, directions?: string,
 *   point?: [lat: number, lng: number], areas?: string[], links?: [label: string, address: string][], organization?: string,
 *   alert?: [text: string, day: string, until: string], pause?: [text: string, until: string], ended?: string, instead?: string, idea?: string,
 *   verified: [text: string, day: string, due: string], sources?: string[]}} RecordData
 */

/** What an id may look like (records/model/base/fields.py: Slug): anything else in a link of somebody else is dropped. */
const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** @param {string} text */
export function isId(text) {
  return text.length <= 80 && ID.test(text);
}

/**
 * The number of the file that holds a record: 32-bit FNV-1a of its id.
 * @param {string} id
 * @param {number} files how many files there are
 */
export function fileOf(id, files) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(id)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value % files;
}

/**
 * Some records by id. A record that is nowhere is not in the answer; where nothing can be read at all, this fails.
 * @param {string[]} ids
 * @param {number} files
 * @param {string} base way to the root of the site
 * @returns {Promise<Map<string, RecordData>>}
 */
export async function recordsOf(ids, files, base) {
  const numbers = [...new Set(ids.map((id) => fileOf(id, files)))];
  const contents = new Map(await Promise.all(numbers.map(async (number) => /** @type {const} */ ([number, await contentOf(`${base}data/records/${number}.json`)]))));
  const found = new Map();
  for (const id of ids) {
    const data = contents.get(fileOf(id, files));
    if (data && Object.hasOwn(data, id)) found.set(id, data[id]);
  }
  return found;
}

/** @type {Map<string, Promise<Record<string, RecordData>>>} */
const asked = new Map();

/** @param {string} address */
function contentOf(address) {
  let content = asked.get(address);
  if (!content) {
    content = fetchFresh(address).then((answer) => {
      if (answer.status === 404) return {}; // no record has ever fallen into this file
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      return answer.json();
    });
    content.catch(() => asked.delete(address)); // the next press tries again
    asked.set(address, content);
  }
  return content;
}
