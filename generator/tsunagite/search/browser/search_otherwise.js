// What is tried where a query finds nothing as it is, or little: it is cut, spelt otherwise, and done without a word. Loaded then.

import { END, NAME, READING, SERVICE, START } from "./search_index.js";
import { key } from "./search_key.js";
import { FEW, OF_TRADE, ranked, search, termsOf } from "./search_query.js";
import { looseScores, mostAlike } from "./search_loosely.js";
import { bare, cutKana, cutWord, knownWords, nearKnown, nearSpellings, withoutAsides } from "./search_spelling.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_query.js").Found} Found */
/** @typedef {import("./search_query.js").Match} Match */
/** @typedef {import("./search_query.js").Word} Word */
/** @typedef {{index: SearchIndex, query: string, synonyms: boolean, foreign: boolean, found: Found, tryWords: (words: Word[], besides?: Word[], lift?: Float32Array | null) => Promise<boolean>}} Tries `tryWords` writes what it finds to `found` */

const LONGEST = 12; // characters of what may be one word, typed wrong
const NOUN = /^(?:[ァ-ヶー]+|[一-鿿々]+)$/u;
const SENTENCE = 7; // characters of a word from which what is left out may be the end of a verb
const SPOKEN = /[ぁ-ゖ一-鿿](?:ん|うて|しも[うっ]|と[るっ]|よ[るっ]|ます$|とこ|けど)/u; // what search_forms.js may know otherwise
const HAN = /^[一-鿿]+$/u;
const SYLLABLE = /^[a-z]{1,6}$/u; // of Vietnamese without its marks
const KANA = /^[ぁ-ゖー]+$/u;
const KANA_WORD = /^[ぁ-ゖ]{5,}$/u;
const LONG_KANA = /^[ぁ-ゖ]{6,}$/u;
const SAID = /^[ぁ-ゖ]{1,4}[いんてる]$/u; // たかい, わかりません: how something is, in the words of a sentence; texts hold it by chance
const FEW_KANA = /^[ぁ-ゖ]{1,3}$/u; // in a sentence they may be anything
const WITH_PARTICLE = /^[ぁ-ゖ]+[のをがにはでへも]$/u; // おっとが is no カット, かんじの no かんじゅ
const SHORT_LATIN = /^[a-z]{1,4}$/u;
const LIFT = 20; // of a score: what the document lifts that shares most of the sentence
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
  const isPlace = (/** @type {Match} */ { direct, alike }) => [direct, ...alike].some((its) => its.terms.some(({ term }) => ["area", "city"].includes(terms[term][0])));
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

/** @type {Set<string> | undefined} */
let ofJapan;

/**
 * Whether a query holds a character that no Japanese telephone used to have: a decoder of Shift_JIS lists all others.
 * @param {string} query
 */
function isChinese(query) {
  if (/[ぁ-ゖァ-ヶ]/u.test(query) || !/[一-鿿]/u.test(query)) return false;
  if (!ofJapan) {
    const bytes = [];
    for (let lead = 0x88; lead < 0xfd; lead += lead === 0x9f ? 0x41 : 1) for (let trail = 0x40; trail < 0xfd; trail += 1) bytes.push(lead, trail);
    ofJapan = new Set(new TextDecoder("shift_jis").decode(Uint8Array.from(bytes)));
  }
  return [...query].some((one) => HAN.test(one) && !ofJapan?.has(one));
}

/**
 * The pieces of words: what is a term, a name or a synonym, and what stands between. Words of hiragana with blanks between them
 * (「めが かゆいです」) are cut as they are and joined; what makes more of them known counts.
 * @param {SearchIndex} index
 * @param {Set<string>} known
 * @param {Word[]} words
 * @returns {Promise<Word[]>}
 */
async function piecesOf(index, known, words) {
  const cut = async (/** @type {Word} */ word) => (known.has(word.key) ? [{ ...word, known: true }] : (LONG_KANA.test(word.key) && (await cutKana(index, known, word.key))) || cutWord(known, word));
  const pieces = (await Promise.all(words.map(cut))).flat();
  if (words.length < 2 || !words.every(({ typed }) => KANA.test(typed))) return pieces;
  const typed = words.map((word) => word.typed).join("");
  const starts = new Set(words.map((_, at) => words.slice(0, at).reduce((sum, word) => sum + word.typed.length, 0)));
  const joined = cutWord(known, { typed, key: key(typed) }, starts);
  return covered(joined) > covered(pieces) ? joined : pieces;
}

/**
 * How many characters of some pieces are of known words.
 * @param {Word[]} pieces
 */
function covered(pieces) {
  return pieces.reduce((sum, word) => sum + (word.known ? word.key.length : 0), 0);
}

/**
 * The pieces of words, or of the same in the language of books where more of that is known.
 * @param {SearchIndex} index
 * @param {Set<string>} known
 * @param {Word[]} words
 */
async function asSpoken(index, known, words) {
  const asTyped = () => piecesOf(index, known, words);
  if (!words.some(({ typed }) => SPOKEN.test(typed))) return { words, pieces: await asTyped() };
  const { asWritten } = await import("./search_forms.js");
  const written = words.map(({ typed }) => asWritten(typed)).map((typed) => ({ typed, key: key(typed) }));
  const [pieces, others] = await Promise.all([asTyped(), written.some(({ typed }, at) => typed !== words[at].typed) ? piecesOf(index, known, written) : []]);
  return covered(others) > covered(pieces) ? { words: written, pieces: others } : { words, pieces };
}

/**
 * What was found without what people say around the words that count.
 * @param {Found} found
 * @param {Found | null} guides
 * @param {string[]} asked
 * @returns {Found}
 */
function withAsides(found, guides, asked) {
  return { ...found, documents: [...new Set([...found.documents, ...(guides?.documents ?? [])])], cut: found.cut.length || found.meant || !found.documents.length ? found.cut : asked };
}

/**
 * What words find that find no record as they are; `guides`: the pages that hold them all. Where little is
 * known of a sentence and few records answer, what shares parts of it follows.
 * @param {Tries} tries
 * @param {Word[]} whole
 * @param {Found | null} guides
 * @returns {Promise<Found>}
 */
export async function otherwise(tries, whole, guides) {
  const { index, query, synonyms, foreign } = tries;
  const inOtherWords = async (/** @type {"zh-Hans" | "vi"} */ language) => (await import("./search_foreign.js")).inOtherWords(index, query, language);
  const said = foreign && isChinese(query) ? await inOtherWords("zh-Hans") : null;
  if (said) return said;
  const first = withoutAsides(whole);
  const inKana = first.length > 1 && first.every(({ typed }) => KANA.test(typed)); // 「おかねが なくて」: the particles hold it together
  const asked = first.map((word, at) => (inKana && at < first.length - 1 ? word.typed : bare(word.typed)));
  if (asked.some((typed, at) => typed !== first[at].typed)) {
    const found = await search(index, asked.join(" "), { synonyms, foreign });
    if (found.documents.length && !found.loosely) return withAsides(found, guides, asked);
  }
  const known = await knownWords(index, synonyms);
  const withoutMarks = foreign && first.length > 1 && first.every(({ key: its }) => SYLLABLE.test(its) && !known.has(its)) ? await inOtherWords("vi") : null;
  if (withoutMarks) return withoutMarks;
  const meant = first.length < 2 && KANA_WORD.test(first[0].key) && !known.has(first[0].key) ? (await nearKnown(index, first[0].key))[0] : "";
  if (meant) return { ...(await search(index, meant, { synonyms, foreign: false })), meant };
  const { pieces, words } = await asSpoken(index, known, first);
  const shared = await looseScores(index, pieces.length ? pieces : words);
  const found = await asPieces(tries, { asked: whole, words, pieces, known, shared }, guides);
  const alike = mostAlike(index, shared);
  if (!found.documents.length) return (foreign && HAN.test(words.map((word) => word.key).join("")) && (await inOtherWords("zh-Hans"))) || { ...found, documents: alike, loosely: alike.length > 0 };
  const length = (/** @type {Word[]} */ some) => some.reduce((sum, word) => sum + word.key.length, 0);
  const isSentence = words.some((word) => word.typed.length >= SENTENCE);
  if (!isSentence || length(pieces.filter((word) => word.known)) * 2 > length(pieces)) return found;
  const few = found.documents.filter((document) => document < index.meta.records).length < FEW;
  return { ...found, documents: [...new Set([...found.documents, ...(few ? alike : [])])] };
}

/**
 * The pages whose whole name is what was typed.
 * @param {Found} guides
 */
function namedSo({ documents, matches }) {
  return documents.filter((document) => matches.length === 1 && [NAME, START, END].every((bit) => matches[0].direct.bits[document] & bit));
}

/**
 * A sentence is cut: what is a term or a synonym must be found, what stands between lifts those that hold it. Guides alone, long as
 * they are, do not end the search.
 * @param {Tries} tries
 * @param {{asked: Word[], words: Word[], pieces: Word[], known: Set<string>, shared: Float32Array}} query `words`: what was asked without
 *   asides; `shared`: how much of it stands in each document
 * @param {Found | null} guides
 * @returns {Promise<Found>}
 */
async function asPieces({ index, synonyms, found, tryWords }, { asked, words, pieces, known, shared }, guides) {
  const holdsRecords = () => found.documents.some((document) => document < index.meta.records);
  const joined = (/** @type {number[][]} */ ...lists) => [...new Set(lists.flat())];
  const asCut = (/** @type {Word[]} */ some) => some.map((word) => word.typed);
  // What is known of a word may end in its middle (介護でまい): then the reader is told what it stands for.
  const told = (/** @type {Word[]} */ some) => some.map((word) => (word.stump && found.matches.find((match) => match.word === word)?.alike[0]?.told) || word.typed);
  const telling = (/** @type {Word} */ { typed: its }) => NOUN.test(its) || words.some((word) => word.typed.length < SENTENCE && word.typed.includes(its));
  const typed = new Set(asCut(words));
  const must = pieces.filter((word) => word.known || typed.has(word.typed));
  const besides = must.length ? pieces.filter((word) => !must.includes(word) && [...word.key].length > 1) : [];
  const inKana = words.length < 2 && KANA.test(words[0].typed); // やしまとしよかん: what is wrong in it may be a name
  const wanted = inKana ? besides : besides.filter((word) => !SAID.test(word.typed));
  const cut = must.length ? pieces.filter((word) => must.includes(word) || wanted.includes(word)) : pieces;
  const cutHelps = cut.length > 0 && cut.map((word) => word.key).join(" ") !== asked.map((word) => word.key).join(" ");
  const high = shared.reduce((most, one) => Math.max(most, one), 0);
  const lift = high ? shared.map((one) => (one / high) * LIFT) : shared;
  const tried = async (/** @type {Word[]} */ some, /** @type {Word[]} */ more, /** @type {Partial<Found>} */ how) => {
    if (!(await tryWords(some, more, lift))) return null;
    const documents = joined(guides ? namedSo(guides) : [], found.documents, guides?.documents ?? []);
    const whole = { ...found, documents, cut: told(some), ...how };
    if (holdsRecords()) return widened(index, { ...whole, whole: whole.documents.length });
    guides ??= whole;
    return null;
  };
  const toWords = (/** @type {string[]} */ some) => some.map((one) => ({ typed: one, key: key(one) }));
  const said = cutHelps && (await tried(cut, besides.filter((word) => !wanted.includes(word)), {}));
  if (said) return said;
  /** @type {Word[] | null} */
  let mended = null;
  if (wanted.length) {
    const spelt = await Promise.all(wanted.map(async (word) => ([...word.key].length > 3 ? (await nearKnown(index, word.key))[0] : "")));
    if (spelt.some(Boolean)) mended = toWords(cut.map((word) => spelt[wanted.indexOf(word)] || word.typed));
    const asMeant = mended && (await tried(mended, [], { meant: asCut(mended).join(" ") }));
    if (asMeant) return asMeant;
  }
  for (const some of guides ? [] : cutHelps && !besides.length ? [words, cut] : [words]) {
    for (const [at, word] of some.entries()) {
      if (known.has(word.key) || [...word.key].length > LONGEST || (Math.max(some.length, asked.length) > 1 && (SAID.test(word.typed) || FEW_KANA.test(word.key) || WITH_PARTICLE.test(word.typed) || SHORT_LATIN.test(word.key)))) continue; // きれた is no 倒れた, back is no bank
      for (const spelling of (await nearSpellings(index, word.key)).slice(0, 3)) {
        const instead = some.map((one, place) => (place === at ? { typed: spelling, key: key(spelling) } : one));
        if (await tryWords(instead)) return { ...found, meant: asCut(instead).join(" ") };
        if (word.key.length > 3 && known.has(key(spelling))) mended ??= instead;
      }
    }
  }
  const wished = besides.length && !mended ? await tried(must, besides, { dropped: asCut(besides.filter(telling)).join(" ") }) : null;
  if (wished) return wished;
  // What nobody knows is likelier to be too much than the name of an area or a kind: it is left out first.
  let left = mended ?? (cutHelps ? (must.length ? must : cut) : words);
  // Of a sentence, its shortest piece says least, but for places and kinds; of words typed by themselves, the one whose absence adds least.
  const named = (/** @type {Word} */ word) => termsOf(index, word.key).some(({ term, share }) => share === 1 && ["area", ...OF_TRADE].includes(index.meta.terms[term][0]));
  const isKind = (/** @type {Word} */ word) => termsOf(index, word.key).some(({ term, share }) => share === 1 && OF_TRADE.includes(index.meta.terms[term][0]));
  const worth = (/** @type {Word} */ word) => (isKind(word) ? LONGEST + 1 : named(word) ? LONGEST : typed.has(word.typed) ? LONGEST : [...word.key].length);
  /** @type {Word[]} */
  const dropped = [];
  while (left.length > 1) {
    const strange = left.filter((word) => !known.has(word.key));
    /** @type {{documents: number, word: Word} | undefined} */
    let best;
    for (const word of strange.length ? strange : left) {
      const rest = left.filter((one) => one !== word);
      if (!(await tryWords(rest))) continue;
      if (!holdsRecords()) guides ??= { ...found, dropped: asCut([...dropped, word]).join(" "), cut: cutHelps ? told(rest) : [] };
      else if (!best || worth(word) < worth(best.word) || (worth(word) === worth(best.word) && found.documents.length < best.documents)) best = { documents: found.documents.length, word };
    }
    const weakest = best?.word ?? strange.at(-1) ?? left.at(-1);
    dropped.push(/** @type {Word} */ (weakest));
    left = left.filter((one) => one !== weakest);
    if (!best) continue;
    await tryWords(left, besides, lift);
    const titled = (guides?.documents ?? []).filter((document) => guides?.matches.some(({ direct }) => direct.bits[document] & (NAME | READING | SERVICE)));
    const documents = joined(titled, found.documents, guides?.documents ?? []);
    return { ...found, documents, dropped: asCut(dropped).join(" "), cut: cutHelps ? told(left) : [], meant: mended ? asCut(mended).join(" ") : "" };
  }
  return guides ?? { ...found, documents: [] };
}
