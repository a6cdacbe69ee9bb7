// From what somebody typed to documents in rank order: every word must be found, in a name, a reading, a term or a text.
// Where nothing is found the words are cut, near spellings tried and the weakest word dropped, and the reader is told.

import { END, FIELDS, INSIDE, NAME, READING, SERVICE, START, TEXT } from "./search_index.js";
import { key } from "./search_key.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/**
 * @typedef {{key: string, typed: string, known?: boolean, stump?: boolean}} Word `known`: a piece of a sentence that is a term or a synonym; `stump`: which ends in the middle of a word
 * @typedef {{synonym: string, of: string}} Used `synonym`: a word of the same group that found something
 * @typedef {{bits: Uint8Array, terms: {term: number, records: number[]}[], scores: Float32Array}} Places where some words stand, and the terms they mean
 * @typedef {{word: Word, scores: Float32Array, used: Used[], direct: Places, alike: (Places & {told: string})[]}} Match
 */
/**
 * What a query found. `cut`: the words it was cut into; `meant`: the spelling that was tried instead; `dropped`: the word
 * that was left out; `used`: synonyms that found something; `marks`: folded words to mark in the results; `matches`: why.
 * `whole`: how many documents answer to all words, `without`: the word that the others, behind them, do without; `loosely`: they answer to parts of it alone; `sums`: the score
 * of each document that answers to all words.
 * @typedef {{documents: number[], words: string[], cut: string[], meant: string, dropped: string, used: Used[], marks: string[], matches: Match[], whole: number, without: string, loosely?: boolean, sums?: Float32Array}} Found
 */

// A word found in several places counts all of them; a whole name counts more than any two other places.
const NAME_SCORE = 100;
const READING_SCORE = 70;
const READING_INSIDE = 50; // 社協 is read in the middle of しんたいしょうがいしゃきょうかい
const WHOLE_SCORE = 120;
const EDGE_SCORE = 30; // さくら荘 begins with さくら, and a 高等学校 ends with what it is
// 見本中央高校幼稚園 is no 高校
const INSIDE_SCORE = 75;
const INSIDE_OTHER = 1; // 鍋 stands in 真鍋医院 as well
const SERVICE_SCORE = 50;
const TEXT_SCORE = 12;
/** @type {Record<string, number>} */
const TERM_SCORE = { kind: 60, service: 60, department: 60, trade: 60, need: 50, group: 45, area: 40, organization: 40, level: 40, city: 1 };
export const FEW = 5; // records that answer to every word, below which more are offered
const WHOLE_TERM = 2; // who types the name of a kind wants its records before a guide about it
const PART_OF_TERM = 0.6;
const SYNONYM = 0.7;
const OF_ANOTHER = 0.8; // who types クリニック wants a 診療所 before a 歯科医院
const EXTRA = 20;
export const OF_TRADE = ["kind", "service", "department", "trade"];
const PLACE_ENDING = /(?:地区|校区|学区|周辺|方面|付近|のあたり|あたり|島|町)$/u; // what people add to the name of an area
const OKURIGANA = /(?<=[一-鿿々])[いきぎしじちびみりえけげせてべめれっ]{1,2}$/u; // as INNER_OKURIGANA of search_key.js
const PHONE = /(?:\(?0\d{1,4}\)?[\s-]*)?\d{2,4}[\s-]+\d{3,4}(?!\d)/gu; // (087) 839 2811, 0120 123 456, as people write it
const ABROAD = /\+81[\s-]*\(?0?\)?/gu; // +81 87 …, as foreigners have it in their telephone
const CLAUSE = /[^ぁ-ゖ][がをにで][^ぁ-ゖ]+[ぁ-ゖ]+$/u;
const NUMBER = /^\d[\d-]{3,}$/u;
const SHORT_KANA = /^[ぁ-ゖ]{2}$/u;
const SPELT = /^[ぁ-ゖ]{3,}$/u;
const LATIN = /^[a-z]{3,}$/u;
const MARKS_OF_VOWELS = /[\u0302\u0304]/gu; // kōen, kôen
export const VIETNAMESE = /[ăâđêôơưàáãèéìíòóõùúý\u0300-\u0303\u0309\u0323\u1ea0-\u1ef9]/iu; // and a few romanizations of Japanese: kôen
const FAMILIAR = /^[ぁ-ゖ]$/u; // one hiragana alone says too little to stand for the beginning of a term

/**
 * The words of a query: pieces between blanks and marks.
 * @param {string} query
 * @returns {Word[]}
 */
export function wordsOf(query) {
  return query
    .replace(/[āīūēōâîûêô]/giu, (one) => one.normalize("NFD").replace(MARKS_OF_VOWELS, ""))
    .normalize("NFKC")
    .replace(ABROAD, "0")
    .replace(PHONE, (one) => one.replace(/\D+/gu, "-").replace(/^-/u, ""))
    .split(/[\s、。,・「」()]+/u)
    .map((typed) => ({ typed, key: key(typed) }))
    .filter((word) => word.key);
}

/**
 * The terms a folded word stands for, with how much of the term it is.
 * @param {SearchIndex} index
 * @param {string} word
 * @returns {{term: number, share: number}[]}
 */
export function termsOf(index, word) {
  const found = [];
  const place = word.replace(PLACE_ENDING, "");
  for (const [term, [type, , , keys]] of index.meta.terms.entries()) {
    if (keys.includes(word)) found.push({ term, share: 1 });
    else if (type === "area" && place && keys.includes(place)) found.push({ term, share: PART_OF_TERM });
    else if (!FAMILIAR.test(word) && keys.some((its) => its.startsWith(word) || (word.length > 1 && its.includes(word)))) {
      found.push({ term, share: PART_OF_TERM });
    }
  }
  return found;
}

/**
 * The scores of places in documents, and of the terms that some words stand for. Both are fetched together.
 * @param {SearchIndex} index
 * @param {Promise<Uint8Array>} places
 * @param {string[]} words
 * @param {{weak?: boolean, whole?: boolean}} [options] `weak`: the middle of a name says little (デイ stands in レデイ薬局 too);
 *   `whole`: a part of a term does not count
 * @returns {Promise<Places>}
 */
async function scored(index, places, words, { weak = false, whole = false } = {}) {
  /** @type {Map<number, number>} */
  const terms = new Map();
  for (const word of words) {
    for (const { term, share } of termsOf(index, word)) if (share === 1 || !(whole || SHORT_KANA.test(word))) terms.set(term, Math.max(share, terms.get(term) ?? 0));
  }
  const meant = Promise.all([...terms.keys()].map(async (term) => ({ term, records: await index.records(term) })));
  const bits = await places;
  const scores = new Float32Array(index.meta.count);
  for (let document = 0; document < bits.length; document += 1) {
    const its = bits[document];
    if (!its) continue;
    if (its === INSIDE) {
      scores[document] = INSIDE_OTHER;
      continue;
    }
    const inside = weak && !(its & START) ? TEXT_SCORE : 0;
    let score = (its & NAME ? inside || (its & (START | END) ? NAME_SCORE : INSIDE_SCORE) : 0) + (its & READING ? inside || (its & START ? READING_SCORE : READING_INSIDE) : 0) + (its & SERVICE ? SERVICE_SCORE : 0) + (its & TEXT ? TEXT_SCORE : 0);
    if (its & (NAME | READING)) score += its & START && its & END ? WHOLE_SCORE : its & (START | END) ? EDGE_SCORE : 0;
    scores[document] = score;
  }
  for (const { term, records } of await meant) {
    const share = terms.get(term) ?? 0;
    const worth = TERM_SCORE[index.meta.terms[term][0]] * share * (share === 1 && OF_TRADE.includes(index.meta.terms[term][0]) ? WHOLE_TERM : 1);
    for (const document of records) scores[document] += worth;
  }
  return { bits, terms: await meant, scores };
}

/**
 * Where a word stands: its grams must stand in one field. START and END are kept where the word begins or ends a name.
 * @param {SearchIndex} index
 * @param {string} word
 * @returns {Promise<Uint8Array>}
 */
async function placesOf(index, word) {
  if (NUMBER.test(word) && word.length > 5) {
    const digits = word.replaceAll("-", "");
    const [last, before] = await Promise.all([index.places(`#${digits.slice(-4)}`), index.places(`#${digits.slice(-7, -4)}`)]);
    const phones = last.map((its, document) => its & before[document]);
    if (phones.some(Boolean)) return phones;
  }
  if (/^\d{4}$/u.test(word)) {
    const [written, last] = await Promise.all([standing(index, word), index.places(`#${word}`)]);
    return written.map((its, document) => its | last[document]); // the end of a telephone number, or a year
  }
  const stem = word.replace(OKURIGANA, "");
  if (stem !== word && stem.length > 2) {
    const [places, others] = await Promise.all([standing(index, word), standing(index, stem)]);
    return places.map((its, document) => its || others[document] & ~END); // 通り stands as 通 in レインボー通り内科
  }
  return standing(index, word);
}

/**
 * @param {SearchIndex} index
 * @param {string} word
 * @returns {Promise<Uint8Array>}
 */
async function standing(index, word) {
  const characters = [...word];
  if (characters.length === 1) return index.placesOfCharacter(word, termsOf(index, word).some(({ share }) => share === 1)); // 薬 is what a 薬局 sells
  const grams = characters.slice(1).map((one, at) => characters[at] + one);
  const all = await Promise.all(grams.map((gram) => index.places(gram)));
  return all[0].map((first, document) => {
    let fields = first & FIELDS;
    for (let at = 1; at < all.length && fields; at += 1) fields &= all[at][document];
    return fields && fields | (first & START) | (all[all.length - 1][document] & END);
  });
}

/**
 * @param {SearchIndex} index
 * @param {Word} word
 * @param {boolean} withSynonyms
 * @returns {Promise<Match>}
 */
async function matchWord(index, word, withSynonyms) {
  const groups = withSynonyms ? index.groupsOf(word.key) : Promise.resolve([]);
  const [direct, alike] = await Promise.all([
    scored(index, placesOf(index, word.key), [word.key], { weak: SHORT_KANA.test(word.key) }),
    groups.then((some) => Promise.all(some.map(async ({ words, places }) => {
      const others = words.filter((one) => one.key !== word.key);
      return { ...(await scored(index, Promise.resolve(places), others.map((one) => one.key), { whole: true })), told: others[0]?.word ?? "" };
    }))),
  ]);
  if (direct.terms.length && SPELT.test(word.key)) await asLabels(index, word.key, direct);
  const unknown = LATIN.test(word.key) && !alike.length && !direct.terms.length && !direct.bits.some((its) => its & (NAME | READING | SERVICE));
  if (unknown) alike.push(...(await inKana(index, word.key)));
  const scores = direct.scores.slice();
  /** @type {Used[]} */
  const used = [];
  for (const { scores: its, told, terms } of alike) {
    let helped = false;
    const trades = terms.filter(({ term }) => OF_TRADE.includes(index.meta.terms[term][0]));
    const meant = new Set(trades.flatMap(({ records }) => records));
    for (let document = 0; document < scores.length; document += 1) {
      const score = its[document] * SYNONYM * (trades.length && !meant.has(document) ? OF_ANOTHER : 1);
      if (score <= scores[document]) continue;
      helped ||= scores[document] === 0;
      scores[document] = score;
    }
    if (helped && told && !used.some((one) => one.synonym === told)) used.push({ synonym: told, of: word.typed });
  }
  return { word, scores, used, direct, alike };
}

/**
 * Lifts what the label of a term finds where the term is typed in kana: かいご finds what 介護 finds.
 * @param {SearchIndex} index
 * @param {string} word
 * @param {Places} direct
 */
async function asLabels(index, word, { scores }) {
  const labels = termsOf(index, word).flatMap(({ term, share }) => (share === 1 && !["area", "city", "organization"].includes(index.meta.terms[term][0]) ? [key(index.meta.terms[term][2])] : []));
  for (const label of new Set(labels)) {
    if (label === word) continue;
    const its = await scored(index, placesOf(index, label), [label]);
    for (let document = 0; document < scores.length; document += 1) scores[document] = Math.max(scores[document], its.scores[document]);
  }
}

/**
 * Where a word in Latin letters stands as a reading: saiseikai is さいせいかい.
 * @param {SearchIndex} index
 * @param {string} word
 * @returns {Promise<(Places & {told: string})[]>}
 */
async function inKana(index, word) {
  const { kanaSpellings } = await import("./romaji.js");
  const found = await Promise.all(kanaSpellings(word).map(async (told) => {
    const kana = key(told);
    const places = standing(index, kana).then((all) => all.map((its) => (its & (NAME | READING) ? its & ~(SERVICE | TEXT) : 0)));
    return { ...(await scored(index, places, [kana], { whole: true })), told };
  }));
  return found.filter(({ bits, terms }) => terms.length || bits.some(Boolean));
}

const FIELD_WORDS = /** @type {[number, string][]} */ ([[NAME, "名前"], [READING, "ふりがな"], [SERVICE, "サービス"], [TEXT, "説明"]]);
const TERM_WORDS = /** @type {Record<string, string>} */ ({ need: "困りごと", group: "種類", kind: "種類", service: "サービス", department: "診療科", trade: "店", level: "助け合い", area: "地域", organization: "団体", city: "地域" });

/**
 * Why a document was found: for each word the field or the term that answers to it, else a word that means the same.
 * @param {SearchIndex} index
 * @param {Found} found
 * @param {number} document
 * @returns {{word: Word, reason: string}[]}
 */
export function reasons(index, found, document) {
  const ofPlaces = (/** @type {Places} */ { bits, terms }) => {
    const field = FIELD_WORDS.find(([bit]) => bits[document] & bit && bit !== TEXT);
    if (field) return field[1];
    const term = terms.find(({ records }) => records.includes(document));
    if (term) return `${TERM_WORDS[index.meta.terms[term.term][0]]}「${index.meta.terms[term.term][2]}」`;
    return bits[document] & TEXT ? "説明" : bits[document] ? "ほかのことばの中" : "";
  };
  return found.matches.map(({ word, direct, alike }) => {
    const reason = ofPlaces(direct);
    if (reason === "説明" && NUMBER.test(word.key)) return { word, reason: `電話番号などに「${word.typed}」` };
    if (reason) return { word, reason: reason.endsWith("」") ? reason : `${reason}に「${word.typed}」` };
    const helped = alike.find(ofPlaces);
    const by = helped ? ofPlaces(helped) : "";
    return { word, reason: by.endsWith("」") || !helped ? by : `似たことば「${helped.told || word.typed}」` };
  });
}

/**
 * Documents that every word finds, best first; equals in the order of the index.
 * @param {Match[]} matches
 * @param {import("./search_index.js").Meta} meta
 * @param {{scores: Float32Array}[]} [extras] words that need not be found, and lift those that they find a little
 * @param {Float32Array} [sums] takes the score of each
 * @returns {number[]}
 */
export function ranked(matches, { records, pages }, extras = [], sums = new Float32Array(matches[0].scores.length)) {
  const weight = (/** @type {number} */ document) => (document < records ? 1 : (pages.find(([, end]) => document < end)?.[2] ?? 1));
  /** @type {number[]} */
  const documents = [];
  for (let document = 0; document < sums.length; document += 1) {
    let sum = 0;
    for (const { scores } of matches) {
      if (!scores[document]) {
        sum = 0;
        break;
      }
      sum += scores[document];
    }
    if (sum) {
      for (const { scores } of extras) sum += Math.min(scores[document], EXTRA);
      sums[document] = sum * weight(document);
      documents.push(document);
    }
  }
  return documents.sort((one, other) => sums[other] - sums[one] || one - other);
}

/**
 * Whether a word is a clause, which a text holds by chance: お金に困った.
 * @param {Word} word
 */
function isClause({ typed }) {
  return CLAUSE.test(typed);
}

/**
 * @param {SearchIndex} index
 * @param {string} query
 * @param {{synonyms?: boolean, foreign?: boolean}} [options] `foreign`: what the letters say is Chinese or Vietnamese is put into Japanese
 * @returns {Promise<Found>}
 */
export async function search(index, query, { synonyms = true, foreign = synonyms } = {}) {
  let words = wordsOf(query);
  /** @type {Found} */
  const found = { documents: [], words: words.map((word) => word.typed), cut: [], meant: "", dropped: "", used: [], marks: [], matches: [], whole: 0, without: "" };
  const tryWords = async (/** @type {Word[]} */ some, /** @type {Word[]} */ besides = [], /** @type {Float32Array | null} */ lift = null) => {
    const all = (/** @type {Word[]} */ its) => Promise.all(its.map((word) => matchWord(index, word, synonyms)));
    const [matches, extras] = await Promise.all([all(some), all(besides)]);
    const sums = new Float32Array(index.meta.count);
    const documents = ranked(matches, index.meta, lift ? [...extras, { scores: lift }] : extras, sums);
    if (!documents.length) return false;
    found.sums = sums;
    found.documents = documents;
    found.matches = matches;
    found.whole = documents.length;
    found.used = matches.flatMap((match) => match.used);
    found.marks = [...some.map((word) => word.key), ...found.used.map((one) => key(one.synonym))];
    return true;
  };
  if (!words.length) return found;
  if (foreign && VIETNAMESE.test(query)) {
    const said = await (await import("./search_foreign.js")).inOtherWords(index, query, "vi");
    if (said) return said;
  }
  const holdsRecords = () => found.documents.some((document) => document < index.meta.records);
  // Words that stand together in guides only are tried otherwise as well: who types them may mean a record.
  /** @type {Found | null} */
  let guides = null;
  const tries = { index, query, synonyms, foreign, found, tryWords };
  if (await tryWords(words)) {
    if (holdsRecords()) {
      const few = found.documents.filter((document) => document < index.meta.records).length < FEW;
      if (!few || (words.length < 2 && !isClause(words[0]))) return found;
      const { otherwise, widened } = await import("./search_otherwise.js");
      if (words.length > 1) return widened(index, found);
      const whole = { ...found };
      if (whole.matches[0].direct.bits.some((its) => its & (NAME | READING | SERVICE)) || whole.matches[0].direct.terms.length || whole.used.length) return whole;
      const cut = await otherwise(tries, words, null);
      return cut.cut.length && !cut.dropped && !cut.meant ? { ...cut, documents: [...new Set([...whole.documents, ...cut.documents])] } : whole;
    }
    guides = { ...found };
  }
  const { otherwise } = await import("./search_otherwise.js");
  return otherwise(tries, words, guides);
}
