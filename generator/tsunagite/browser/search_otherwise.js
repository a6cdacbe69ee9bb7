// What is tried where a query finds nothing as it is, or little: it is cut, spelt otherwise, and done without a word. Loaded then.

import { NAME, READING, SERVICE } from "./search_index.js";
import { key } from "./search_key.js";
import { FEW, OF_TRADE, ranked } from "./search_query.js";
import { cutWord, knownWords, nearSpellings } from "./search_spelling.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_query.js").Found} Found */
/** @typedef {import("./search_query.js").Match} Match */
/** @typedef {import("./search_query.js").Word} Word */
/** @typedef {{index: SearchIndex, synonyms: boolean, found: Found, tryWords: (words: Word[]) => Promise<boolean>}} Tries `tryWords` writes what it finds to `found` */

const MANY = 80; // records above which what is offered helps nobody

/**
 * Where few records answer to every word, those that answer to all but one follow them: a bus for 「通院 乗り合い」 that goes to
 * the shops. A place is never left out, and what is left must be more than a place.
 * @param {SearchIndex} index
 * @param {Found} found
 * @returns {Found}
 */
export function widened(index, found) {
  const { records, terms } = index.meta;
  const { matches, documents } = found;
  const isPlace = (/** @type {Match} */ { direct }) => direct.terms.some(({ term }) => ["area", "city"].includes(terms[term][0]));
  const free = matches.filter((match) => !isPlace(match));
  if (free.length < 2 || documents.filter((document) => document < records).length >= FEW) return found;
  const known = new Set(documents);
  // A word nobody knows is left out first, the name of a kind last.
  const weight = (/** @type {Match} */ { direct, alike }) => (direct.terms.some(({ term }) => OF_TRADE.includes(terms[term][0])) ? 2 : direct.terms.length || alike.length ? 1 : 0);
  const more = free
    .map((match) => ({ match, others: ranked(matches.filter((one) => one !== match), index.meta).filter((document) => document < records && !known.has(document)) }))
    .filter(({ others }) => others.length && others.length <= MANY)
    .sort((one, other) => weight(one.match) - weight(other.match) || one.others.length - other.others.length)[0];
  return more ? { ...found, documents: [...documents, ...more.others], without: more.match.word.typed } : found;
}

/**
 * What words find that find no record as they are; `guides`: the pages that hold them all.
 * @param {Tries} tries
 * @param {Word[]} words
 * @param {Found | null} guides
 * @returns {Promise<Found>}
 */
export async function otherwise({ index, synonyms, found, tryWords }, words, guides) {
  const holdsRecords = () => found.documents.some((document) => document < index.meta.records);
  const joined = (/** @type {number[][]} */ ...lists) => [...new Set(lists.flat())];
  const known = await knownWords(index, synonyms);
  const cut = words.flatMap((word) => (known.has(word.key) ? [word] : cutWord(known, word)));
  const cutHelps = cut.length > 0 && cut.map((word) => word.key).join(" ") !== words.map((word) => word.key).join(" ");
  const asCut = (/** @type {Word[]} */ some) => some.map((word) => word.typed);
  if (cutHelps && (await tryWords(cut))) {
    const whole = { ...found, documents: joined(found.documents, guides?.documents ?? []), cut: asCut(cut) };
    if (holdsRecords()) return widened(index, { ...whole, whole: whole.documents.length });
    guides ??= whole;
  }
  /** @type {Word[] | null} */
  let mended = null;
  for (const some of guides ? [] : cutHelps ? [words, cut] : [words]) {
    for (const [at, word] of some.entries()) {
      if (known.has(word.key)) continue;
      for (const spelling of (await nearSpellings(index, word.key)).slice(0, 3)) {
        const instead = some.map((one, place) => (place === at ? { typed: spelling, key: key(spelling) } : one));
        if (await tryWords(instead)) return { ...found, meant: asCut(instead).join(" ") };
        if (word.key.length > 3 && known.has(key(spelling))) mended ??= instead;
      }
    }
  }
  // What nobody knows is likelier to be too much than the name of an area or a kind: it is left out first.
  let left = mended ?? (cutHelps ? cut : words);
  /** @type {Word[]} */
  const dropped = [];
  while (left.length > 1) {
    const strange = left.filter((word) => !known.has(word.key));
    /** @type {{documents: number, word: Word} | undefined} */
    let best;
    for (const word of strange.length ? strange : left) {
      const rest = left.filter((one) => one !== word);
      if (!(await tryWords(rest)) || (guides && !holdsRecords())) continue;
      if (!best || found.documents.length < best.documents) best = { documents: found.documents.length, word };
    }
    const weakest = best?.word ?? strange.at(-1) ?? left.at(-1);
    dropped.push(/** @type {Word} */ (weakest));
    left = left.filter((one) => one !== weakest);
    if (!best) continue;
    await tryWords(left);
    const named = (guides?.documents ?? []).filter((document) => guides?.matches.some(({ direct }) => direct.bits[document] & (NAME | READING | SERVICE)));
    const documents = joined(named, found.documents, guides?.documents ?? []);
    return { ...found, documents, dropped: asCut(dropped).join(" "), cut: cutHelps ? asCut(cut) : [], meant: mended ? asCut(mended).join(" ") : "" };
  }
  return guides ?? { ...found, documents: [] };
}
