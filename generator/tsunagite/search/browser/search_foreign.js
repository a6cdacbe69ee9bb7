// A question in Chinese or Vietnamese becomes one in the Japanese words of the vocabulary, which are searched as if they had been typed.
// Loaded, with the words of the language, only where the letters of a query say which it is.

import { search } from "./search_query.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_query.js").Found} Found */
/** @typedef {{japanese: string, of: string}} Meant a Japanese word, and what was typed for it */

const MARKS = /[\u0300-\u036f]/gu;
const BETWEEN = /[\s,;:.!?，。、；：！？「」（）()・/]+/u;
const LABEL_PARTS = /[,、，;（）()]|\s(?:và|hoặc)\s/u;
// What is said around the words that count.
const ASIDES = /请问|我想|我要|我们|哪里|哪儿|有没有|怎么办|怎么|附近|可以|什么|以后|因为|[我你他她的了吗呢啊很太被给找哪没]/gu;
const SAID_IN_VIETNAMESE = /^(?:toi|muon|co|khong|cho|cua|va|duoc|tim|nao|bi|chong|nguoi)$/u;
const LONGEST = 8;

/** @param {string} text */
const plain = (text) => text.toLowerCase().normalize("NFD").replace(MARKS, "").replaceAll("đ", "d");

/**
 * Every phrase of some labels with the Japanese word it stands for: a whole part of a label before what stands inside a longer one.
 * @param {[string, string][]} words
 * @param {(text: string) => string[]} unitsOf
 */
function phrasesOf(words, unitsOf) {
  /** @type {Map<string, string>} */
  const whole = new Map();
  /** @type {Map<string, string>} */
  const inside = new Map();
  for (const [label, text] of words) {
    for (const units of text.split(LABEL_PARTS).map((part) => unitsOf(part.trim()))) {
      for (let length = units.length; length > 0; length -= 1) {
        for (let at = 0; at + length <= units.length; at += 1) {
          const phrase = units.slice(at, at + length).join(" ");
          const phrases = length === units.length ? whole : inside;
          if ((phrases === whole || length > 1) && !phrases.has(phrase)) phrases.set(phrase, label);
        }
      }
    }
  }
  return (/** @type {string[]} */ units) => whole.get(units.join(" ")) ?? (units.length > 1 ? inside.get(units.join(" ")) : undefined) ?? "";
}

/**
 * What a query in another language means, in Japanese. Characters between its known words may be a name: they are written as in Japan.
 * @param {SearchIndex} index
 * @param {string} query
 * @param {"zh-Hans" | "vi"} language
 * @returns {Promise<Meant[]>}
 */
async function inJapanese(index, query, language) {
  const { kanji, words } = await index.file(`search/languages/${language}.json`);
  const isHan = language === "zh-Hans";
  const unitsOf = (/** @type {string} */ text) => (isHan ? [...text] : plain(text).split(BETWEEN).filter(Boolean));
  const labelOf = phrasesOf(words, unitsOf);
  const characters = [...kanji];
  const usual = new Map(characters.map((one, at) => /** @type {[string, string]} */ ([one, characters[at + 1]])).filter((_, at) => at % 2 === 0));
  const units = isHan ? [...query.replace(ASIDES, " ")] : unitsOf(query);
  const typed = isHan ? units : query.normalize("NFC").split(BETWEEN).filter(Boolean);
  const isSure = isHan || units.some((one, at) => SAID_IN_VIETNAMESE.test(one) || one !== typed[at].toLowerCase());
  /** @type {Meant[]} */
  const meant = [];
  let rest = "";
  const close = () => {
    for (const its of rest.split(BETWEEN)) if (its.length > 1) meant.push({ japanese: [...its].map((one) => usual.get(one) ?? one).join(""), of: its });
    rest = "";
  };
  for (let at = 0; at < units.length; ) {
    let length = Math.min(units.length - at, LONGEST);
    let label = "";
    for (; length > 0; length -= 1) {
      label = length > 1 || isSure ? labelOf(units.slice(at, at + length)) : "";
      if (label) break;
    }
    if (label) {
      close();
      if (!meant.some(({ japanese: its }) => its === label)) meant.push({ japanese: label, of: typed.slice(at, at + length).join(isHan ? "" : " ") });
    } else if (isHan) rest += units[at];
    at += length || 1;
  }
  close();
  return meant;
}

/**
 * What a query in another language finds; null where nothing of it is known.
 * @param {SearchIndex} index
 * @param {string} query
 * @param {"zh-Hans" | "vi"} language
 * @returns {Promise<Found | null>}
 */
export async function inOtherWords(index, query, language) {
  const meant = await inJapanese(index, query, language);
  const found = await search(index, meant.map(({ japanese }) => japanese).join(" "), { foreign: false });
  if (!found.documents.length || found.loosely) return null;
  return { ...found, words: [query], used: [...meant.map(({ japanese, of }) => ({ synonym: japanese, of })), ...found.used] };
}
