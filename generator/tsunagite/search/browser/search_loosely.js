// What answers to parts of a sentence: documents are judged by the rare stretches of characters that they share with it. For sentences
// whose words nobody put into a list, after everything else was tried. It fetches nothing that the sentence itself has not asked for.

import { FIELDS, NAME, READING, SERVICE } from "./search_index.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_query.js").Word} Word */

const HIRAGANA = /^[ぁ-ゖ]{2}$/u;
const LATIN = /^[a-z]+$/u;
const IN_FIELD = 1.5; // a name, a reading or a service says more than a text
const OF_HIRAGANA = 0.5; // endings of verbs and particles are everywhere
const FOLLOWS = 0.5; // what each further gram of a stretch adds to all of it

/**
 * How much of a sentence stands in each document: the sum over its stretches of shared grams, a rare gram counting more (the
 * logarithm of how few documents hold it). Two hiragana alone say nothing.
 * @param {SearchIndex} index
 * @param {Word[]} words
 * @returns {Promise<Float32Array>}
 */
export async function looseScores(index, words) {
  const { count } = index.meta;
  const scores = new Float32Array(count);
  for (const { key } of words) {
    if (LATIN.test(key)) continue; // what stands in English by chance says nothing of a Japanese page
    const characters = [...key];
    const grams = characters.slice(1).map((one, at) => characters[at] + one);
    const places = await Promise.all(grams.map((gram) => index.places(gram)));
    const worth = places.map((its, at) => {
      const documents = its.reduce((sum, bits) => sum + (bits & FIELDS ? 1 : 0), 0);
      return documents ? Math.log(count / documents) * (HIRAGANA.test(grams[at]) ? OF_HIRAGANA : 1) : 0;
    });
    const telling = grams.map((gram) => !/[ぁ-ゖ]/u.test(gram));
    for (let document = 0; document < count; document += 1) {
      let [before, length, sum, tells] = [0, 0, 0, false];
      for (let at = 0; at <= grams.length; at += 1) {
        const bits = at < grams.length ? places[at][document] & FIELDS : 0;
        if (length && !(before & bits)) {
          if (length > 1 || tells) scores[document] += sum * (1 + FOLLOWS * (length - 1));
          [length, sum, tells] = [0, 0, false];
        }
        before = bits;
        if (!bits) continue;
        length += 1;
        sum += worth[at] * (bits & (NAME | READING | SERVICE) ? IN_FIELD : 1);
        tells ||= telling[at];
      }
    }
  }
  return scores;
}

const ALIKE = 0.6; // of the best record (of the best page): what another shares that is shown as well
const OF_PAGE = 0.7; // a guide is long, and shares a little with everything
const MOST = 15; // records that are shown, and a third as many pages

/**
 * The documents that share the most, best first; equals in the order of the index.
 * @param {SearchIndex} index
 * @param {Float32Array} scores
 * @returns {number[]}
 */
export function mostAlike({ meta: { records, count } }, scores) {
  const among = (/** @type {number} */ from, /** @type {number} */ end, /** @type {number} */ most) => {
    let best = 0;
    for (let document = from; document < end; document += 1) best = Math.max(best, scores[document]);
    /** @type {number[]} */
    const found = [];
    for (let document = from; best && document < end; document += 1) if (scores[document] >= best * ALIKE) found.push(document);
    return found.sort((one, other) => scores[other] - scores[one] || one - other).slice(0, most);
  };
  const worth = (/** @type {number} */ document) => scores[document] * (document < records ? 1 : OF_PAGE);
  return [...among(0, records, MOST), ...among(records, count, MOST / 3)].sort((one, other) => worth(other) - worth(one) || one - other);
}
