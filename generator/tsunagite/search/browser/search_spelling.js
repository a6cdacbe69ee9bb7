// What is tried where a query finds nothing: known words inside it, and spellings that are one character away. Loaded then.

import { NAME, READING, START } from "./search_index.js";
import { key } from "./search_key.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_query.js").Word} Word */

const LONGEST = 16; // characters of a known word
const CANDIDATES = 64; // documents whose names are compared with a word that was found nowhere

// What people say around the words that count: 「〜を借りたい」「〜してくれる人」「〜はどこですか」. Cut off from the ends of what is left.
const BEFORE = /^(?:まで|から|より|って|など|だけ|ので|のに|けど|[のをでにが]|[とはへやも](?![ぁ-ゖ]))+/u;
// How a question is asked for one thing, whole as it is: 〜はどこですか, 近くの〜, 〜の電話番号.
const ASKED_FIRST = /^(?:この|その)?(?:近く|近所|あたり|辺り|周り)の(?=.)/u;
const ASKED = /(?<=..)(?:[はのを]?(?:どこ(?:です|にあります)?か?|(?:探し|さがし)て(?:い)?ます|(?:教え|おしえ)て(?:ください|下さい|ほしい)?|ありますか|ありませんか|お願いします|おねがいします|について)|の(?:電話番号|でんわばんごう|電話|でんわ|連絡先|れんらくさき|住所|じゅうしょ|場所|ばしょ|(?:営業|開館|診療|受付)時間|行き方|いきかた|地図|ちず|予約|よやく)|[のはをがに])[？?]?$/u;
const HONORIFIC = /^[おご御](?=[一-鿿])/u; // お粥, where nobody knows it whole
const PARTICLE = /(?<=[^ぁ-ゖ])(?:から|まで|より|けど|[のをでにがとはへやも])(?=.)|(?<=[ぁ-ゖ])を/u;
const BEFORE_WORD = /(?:[のをでにがとはへやもて、]|[^ぁ-ゖ])$/u;
const INFLECTED = /^(?!まで|から|より|[のをでにがとはへやも])[ぁ-ゖ]+?(?=[おご]?[^ぁ-ゖ]|$)/u;
const AFTER = new RegExp(
  `(?:${[
    "[てで]?(?:ほしい|欲しい|もらいたい|もらえる|もらう|くれる|くださる|ください|下さい|いただく|きた|いる|しまう)", "[しっ]?たい", "したく", "する", "して", "できる", "できない", "なった", "なる", "ない", "なくて", "なく", "ません", "ます", "んです", "です", "ました", "でした", "でしょう",
    "い?(?:人|方|所|とこ|ところ|場所|店|お店|こと)[はをにが]?", "とき", "さん", "どこ", "どちら", "だれ", "いくら", "どうする", "どうすれば", "いい", "よい", "かも", "近くの?", "[はがも]あり", "[はがも]い", "ので", "のに", "けど", "から", "まで", "よう", "ながら",
    "(?:困|こま)っ(?:て(?:い|しまい)?)?", "(?:教|おし)えて?", "(?:探|さが)し(?:てい?)?", "お願い", "おねがい", "(?<![ぁ-ゖ])[のをでにがとはへやもか]", "(?<=[ですまた])[かがよね]", "[？?]",
  ].join("|")})$`,
  "u",
);
const KANA_PARTICLE = /[のをにはがでともへや]/u;
const LITTLE = /^[ぁ-ゖァ-ヶー]{1,2}$/u;
// Who asks, for whom and when: in a sentence it says nothing of what is looked for.
const ASIDE = /^(?:この|その)?(?:近所|あたり|辺り|最近|いま|今|毎日|私|わたし|母|父|夫|妻|主人|家内|親|両親|祖母|祖父|息子|娘|家族|人|ひと|自分|ひとり|一人|所|場所|店|お店|何度?|たくさん|電話番号|でんわばんごう|連絡先|れんらくさき|住所|じゅうしょ|(?:営業|開館|診療|受付)時間|行き方|いきかた|地図)で?$/u;

// The same in English.
const ASIDE_IN_ENGLISH = /^(?:an?|and|am|are|any|at|be|by|can|can't|cannot|could|do|does|doesn't|don't|find|for|from|get|give|go|had|has|have|he|her|here|him|his|how|i|i'm|if|in|is|it|its|know|lives?|living|looking|m|me|my|near|nearby|needs?|no|not|of|on|or|our|please|she|should|so|some|somebody|someone|speaks?|talks?|tell|that|the|their|them|there|they|this|to|too|us|very|wants?|was|we|what|when|where|which|who|will|with|would|you|your|mother|mom|father|dad|parents?|grandmother|grandfather|husband|wife|man|woman|people|person|place|places|something)$/iu;
const SORTS = [/[ぁ-ゖ]/u, /[a-z]/u, /\d/u, /./u];
const KANJI = SORTS.length - 1;
const SHORT = 3;
const MIDDLE = 4; // kana from which a word may be looked for in the middle of a reading
const KANA = /^[ぁ-ゖ]+$/u;
const IN_LATIN_LETTERS = /^[a-z][a-z'-]*$/iu;

/**
 * The words of a query without those that say who asks and how in English; all of them where nothing else is left.
 * @param {Word[]} words
 * @returns {Word[]}
 */
export function withoutAsides(words) {
  const others = words.filter(({ typed }) => !ASIDE_IN_ENGLISH.test(typed));
  return others.length ? others : words;
}

/**
 * A word without the particle at its end and what makes a question of it: 図書館はどこですか asks for 図書館.
 * @param {string} typed
 */
export function bare(typed) {
  return typed.replace(ASKED_FIRST, "").replace(ASKED, "");
}

/**
 * Every spelling of a term and every word of the synonyms, folded. Two hiragana alone are known as a synonym only: きた is
 * a town, and the end of many a verb.
 * @param {SearchIndex} index
 * @param {boolean} synonyms
 * @returns {Promise<Set<string>>}
 */
export async function knownWords(index, synonyms) {
  const spellings = index.meta.terms.flatMap((term) => term[3]).filter((word) => !/^[ぁ-ゖ]{1,2}$/u.test(word));
  return new Set([...spellings, ...(synonyms ? (await index.synonyms()).keys() : [])]);
}

/**
 * What counts in a piece between known words, "" where it is particles and requests only.
 * @param {string} piece
 */
function counting(piece) {
  let rest = piece.replace(BEFORE, "");
  for (let before = ""; before !== rest; ) [before, rest] = [rest, rest.replace(AFTER, "")];
  return LITTLE.test(rest) || ASIDE.test(rest) ? "" : rest;
}

/**
 * Cuts a word at known words (terms, synonyms) inside it: 「屋島の配食」 is 屋島 and 配食. Hiragana in the middle of hiragana are
 * no word: 「いないか」 is not 内科.
 * @param {Set<string>} known
 * @param {Word} word
 * @param {Set<number> | null} [starts] where alone a word may begin
 * @returns {Word[]}
 */
export function cutWord(known, word, starts = null) {
  if (IN_LATIN_LETTERS.test(word.typed)) { // there is no ear in near
    const parts = word.typed.split(/['-]/u).filter((typed) => typed.length > 1);
    return parts.length > 1 ? parts.map((typed) => ({ typed, key: key(typed), known: known.has(key(typed)) })) : [word];
  }
  const characters = [...word.typed];
  /** @type {Word[]} */
  const pieces = [];
  let rest = "";
  const close = () => {
    for (const typed of rest.split(PARTICLE).map(counting).map((its) => its.replace(HONORIFIC, ""))) if (key(typed)) pieces.push({ typed, key: key(typed) });
    rest = "";
  };
  for (let at = 0; at < characters.length; ) {
    let length = Math.min(characters.length - at, LONGEST);
    let folded = "";
    const begins = starts ? starts.has(at) : at === 0 || BEFORE_WORD.test(characters[at - 1]);
    for (; length > 0; length -= 1) {
      const some = characters.slice(at, at + length).join("");
      folded = key(some);
      if (known.has(folded) && !ASIDE.test(some) && (length > 1 || /^[一-鿿]$/u.test(folded)) && (begins || !/^[ぁ-ゖ]+$/u.test(some))) break;
    }
    if (length > 0) {
      close();
      const ending = INFLECTED.exec(characters.slice(at + length).join(""))?.[0] ?? "";
      const whole = counting(ending) ? length : length + ending.length; // told as it was typed: 眠れない, not 眠れ
      pieces.push({ typed: characters.slice(at, at + whole).join(""), key: folded, known: true, ...(ending && whole === length && { stump: true }) });
      at += whole;
    } else {
      rest += characters[at++];
    }
  }
  close();
  return pieces;
}

/**
 * Cuts a word that is all in kana at the particles between names, terms and synonyms: わたなべいいんのでんわばんごう. Of several ways
 * the one whose first part is longest; null where a part is nothing known.
 * @param {SearchIndex} index
 * @param {Set<string>} known
 * @param {string} word folded
 * @returns {Promise<Word[] | null>}
 */
export async function cutKana(index, known, word) {
  for (let at = word.length - 1; at > 1; at -= 1) {
    if (!KANA_PARTICLE.test(word[at])) continue;
    const first = word.slice(0, at);
    if (!known.has(first) && !(at > 3 && (await beginsName(index, first)))) continue;
    const rest = word.slice(at + 1);
    const more = rest.length > 2 ? ((await cutKana(index, known, rest)) ?? cutWord(known, { typed: rest, key: rest })) : [];
    if (more.some((piece) => !piece.known)) continue;
    return [{ typed: first, key: first, known: true }, ...more];
  }
  return null;
}

/**
 * @param {SearchIndex} index
 * @param {string} word
 */
async function beginsName(index, word) {
  const characters = [...word];
  const all = await Promise.all(characters.slice(1).map((one, at) => index.places(characters[at] + one)));
  return all[0].some((bits, document) => bits & START && all.every((its) => its[document] & bits & READING));
}

/**
 * Terms and words of the synonyms that are one change away from a word.
 * @param {SearchIndex} index
 * @param {string} word
 * @returns {Promise<string[]>}
 */
export async function nearKnown(index, word) {
  const length = [...word].length;
  /** @type {string[]} */
  const near = [];
  for (const [, , label, keys] of index.meta.terms) {
    for (const its of keys) if (Math.abs([...its].length - length) < 2 && isMend(word, its)) near.push(its === key(label) ? label : its);
  }
  for (const [its, written] of await index.synonyms()) if (isMend(word, its)) near.push(written);
  return [...new Set(near)];
}

/**
 * Near spellings of a word, one character changed, left out or put in, best first: known words at once, then names of the
 * documents that share the most grams with it.
 * @param {SearchIndex} index
 * @param {string} word
 * @returns {Promise<string[]>}
 */
export async function nearSpellings(index, word) {
  const length = [...word].length;
  if (length < 3) return [];
  const near = await nearKnown(index, word);
  if (near.length) return near;
  const characters = [...word];
  const grams = characters.slice(1).map((one, at) => characters[at] + one);
  const all = await Promise.all(grams.map((gram) => index.places(gram)));
  const counts = Array.from({ length: index.meta.count }, (_, document) => [all.filter((places) => places[document] & (NAME | READING)).length, document]);
  const best = counts.filter(([count]) => count >= Math.max(1, grams.length - 2)).sort((one, other) => other[0] - one[0] || one[1] - other[1]);
  /** @type {string[]} */
  const whole = [];
  for (const row of await index.rows(best.slice(0, CANDIDATES).map(([, document]) => document))) {
    for (const name of [row[2], row[3]]) {
      if (name && isMend(word, key(name))) whole.push(name);
      const part = name && partNear(key(name), word);
      if (part) near.push(part);
    }
  }
  const away = (/** @type {string} */ spelling) => Math.abs([...spelling].length - length);
  near.sort((one, other) => away(one) - away(other)); // another letter is likelier than a lost one
  return [...new Set([...whole, ...near])];
}

/**
 * The part of a name that is one change away from a word, or "".
 * @param {string} name
 * @param {string} word
 */
function partNear(name, word) {
  const characters = [...name];
  const length = [...word].length;
  for (const size of [length, length + 1, length - 1]) {
    for (let at = 0; at + size <= characters.length; at += 1) {
      const part = characters.slice(at, at + size).join("");
      const atEdge = at === 0 || at + size === characters.length;
      if ((atEdge || length > MIDDLE || !KANA.test(part)) && isMend(word, part)) return part;
    }
  }
  return "";
}

/** @param {string | undefined} character */
function sortOf(character = "") {
  return SORTS.findIndex((sort) => sort.test(character));
}

/**
 * Whether a word may be the other, typed wrong: one change, between characters of one sort (no kana stands for a kanji). A kanji more at an end
 * makes another word of it (介護保険 and 介護保険料), and so does a kana of a word of three.
 * @param {string} word
 * @param {string} other
 */
function isMend(word, other) {
  if (distance(word, other) !== 1) return false;
  const [a, b] = [[...word], [...other]];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  if (a.length === b.length) return sortOf(a[start]) === sortOf(b[start]);
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  const atEnd = start === shorter.length || longer.slice(1).join("") === shorter.join("");
  return !atEnd || (sortOf(longer[start === shorter.length ? start : 0]) !== KANJI && a.length > SHORT);
}

/**
 * 0 for equal texts, 1 for one change (two neighbours exchanged are one), 2 for more.
 * @param {string} one
 * @param {string} other
 */
export function distance(one, other) {
  const [a, b] = [[...one], [...other]];
  if (Math.abs(a.length - b.length) > 1) return 2;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let [endA, endB] = [a.length, b.length];
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) [endA, endB] = [endA - 1, endB - 1];
  const [left, right] = [endA - start, endB - start];
  if (!left && !right) return 0;
  if (left <= 1 && right <= 1) return 1;
  return left === 2 && right === 2 && a[start] === b[start + 1] && a[start + 1] === b[start] ? 1 : 2;
}
