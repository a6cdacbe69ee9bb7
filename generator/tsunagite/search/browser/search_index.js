// The search index as it lies on the server: what every query needs, files of grams, blocks of results. Each is fetched
// once, when it is first needed. How they are written: tsunagite/search/index.py and search.py.

import { fetchFresh } from "../../site/browser/fresh.js";
import { key, useVariants } from "./search_key.js";

/**
 * @typedef {[type: string, id: string, label: string, keys: string[], path: string, count: number]} Term `count` -1: all; as they are sent, a
 *   key that is the label is "", and the path "?" is a search for the label
 * @typedef {{count: number, records: number, block: number, pairs: string, kinds: string[], levels: [string, string][], terms: Term[], pages: [label: string, end: number, weight: number][], windows: string, existing: number, holidays: import("../../site/browser/hours.js").Holidays}} Meta
 * @typedef {[id: string, path: string, name: string, reading: string, sentence: string, kind: number, levels: number[],
 *   place: string, phone: [string, string] | [], badges: import("../../site/browser/hours.js").Badge[], hours: import("../../site/browser/hours.js").Opening | false | null]} Row of a
 *   page that is no record `kind` is below 0 and `path` is given; `hours` false: nobody can go there (an idea, a pause), null: not known
 * @typedef {{documents: Uint16Array | Uint32Array, bits: Uint8Array}} Postings
 * @typedef {{word: string, key: string}[]} Group words that mean the same, the first is what the others stand for
 * @typedef {(path: string) => Promise<any>} Load gives the JSON of a file of the site
 */

export const NAME = 1;
export const READING = 2;
export const TEXT = 4;
export const START = 8;
export const END = 16;
export const SERVICE = 32;
export const INSIDE = 64; // of a search for one character: it stands only in the middle of other words
export const FIELDS = NAME | READING | TEXT | SERVICE;
const SHARDS = 1024;
const OF_ONE = 8; // files for the grams that begin with one character
const BASE = 45;
const KANJI = /^[一-鿿々]{2}/u;
const VALUES = new Uint8Array(128);
for (let code = 35, value = 0; value < 2 * BASE; code += 1) {
  if (code !== 92) VALUES[code] = value++;
}

/**
 * One number after another, as `_number` of search_index.py wrote them.
 * @param {string} text
 * @returns {number[]}
 */
export function numbers(text) {
  const found = [];
  let [value, weight] = [0, 1];
  for (let at = 0; at < text.length; at += 1) {
    const digit = VALUES[text.charCodeAt(at)];
    value += (digit % BASE) * weight;
    if (digit >= BASE) {
      weight *= BASE;
    } else {
      found.push(value);
      [value, weight] = [0, 1];
    }
  }
  return found;
}

/** @param {string} gram */
function shardOf(gram) {
  if (gram[0] === "#") return Number(gram.slice(1)) % SHARDS;
  const [first, second] = [...gram.replace(/^=/u, ""), "$"].map((one) => one.codePointAt(0) ?? 0);
  return ((first * OF_ONE) % SHARDS) + (second % OF_ONE);
}

export class SearchIndex {
  /**
   * @param {Load} load
   * @param {Meta} meta
   */
  constructor(load, meta) {
    this.load = load;
    this.meta = meta;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    useVariants(meta.pairs);
    for (const term of meta.terms) {
      term[3] = term[3].map((its) => its || term[2]);
      if (term[4] === "?") term[4] = `search/?${new URLSearchParams({ q: term[2] })}`;
    }
  }

  /** @param {Load} load */
  static async open(load) {
    return new SearchIndex(load, await load("search/meta.json"));
  }

  /**
   * @param {string} path
   * @returns {Promise<any>}
   */
  file(path) {
    let file = this.files.get(path);
    if (!file) {
      file = this.load(path);
      file.catch(() => this.files.delete(path)); // the next query tries again
      this.files.set(path, file);
    }
    return file;
  }

  /**
   * Where a gram stands: for each document one byte of bits, 0 where it does not.
   * @param {string} gram
   * @returns {Promise<Uint8Array>}
   */
  async places(gram) {
    const shard = await this.shard(gram);
    const bits = new Uint8Array(this.meta.count);
    if (gram in shard) this.fill(shard[gram], bits);
    return bits;
  }

  /**
   * Where any gram stands that begins with a character; `INSIDE` where another kanji follows each time: 金 is no part of 金倉.
   * @param {string} character
   * @param {boolean} isTerm whether the vocabulary knows it as a word of its own: then it is one in compounds too
   * @returns {Promise<Uint8Array>}
   */
  async placesOfCharacter(character, isTerm) {
    const bits = new Uint8Array(this.meta.count);
    const shards = await Promise.all(Array.from({ length: OF_ONE }, (_, second) => this.shard(character + String.fromCharCode(second))));
    for (const [gram, written] of shards.flatMap(Object.entries)) {
      if (!gram.startsWith(character)) continue;
      if (!isTerm && KANJI.test(gram)) this.each(written, (document) => (bits[document] ||= INSIDE));
      else this.fill(written, bits, gram === `${character}$` ? END : 0);
    }
    return bits.map((its) => (its & FIELDS ? its & ~INSIDE : its));
  }

  /**
   * The documents of a term of the vocabulary.
   * @param {number} term
   * @returns {Promise<number[]>}
   */
  async records(term) {
    if (this.meta.terms[term][5] < 0) return Array.from({ length: this.meta.count }, (_, number) => number);
    /** @type {number[]} */
    const found = [];
    this.each(await this.file(`search/terms/${term}.json`), (document) => found.push(document));
    return found;
  }

  /** The documents that are windows for advice, each with the number of its kind. */
  windows() {
    /** @type {Map<number, number>} */
    const found = new Map();
    this.each(this.meta.windows, (document, kind) => found.set(document, kind));
    return found;
  }

  /**
   * The groups of synonyms that hold a folded word: each with its words, and where any of them stands.
   * @param {string} word
   * @returns {Promise<{words: Group, places: Uint8Array}[]>}
   */
  async groupsOf(word) {
    const groups = numbers((await this.shard(`=${word}`))[`=${word}`] ?? "");
    return Promise.all(groups.map(async (group) => {
      const [words, written] = await this.file(`search/synonyms/${group}.json`);
      const places = new Uint8Array(this.meta.count);
      this.fill(written, places);
      return { words: words.map((/** @type {string} */ one) => ({ word: one, key: key(one) })), places };
    }));
  }

  /**
   * Every word of the synonyms: how it is written, by its folded form.
   * @returns {Promise<Map<string, string>>}
   */
  async synonyms() {
    const words = /** @type {string[]} */ (await this.file("search/words.json"));
    return new Map(words.map((word) => [word.split(" ")[0], word.slice(word.indexOf(" ") + 1)]));
  }

  /**
   * What the results of some documents show.
   * @param {number[]} documents
   * @returns {Promise<Row[]>}
   */
  async rows(documents) {
    const { block } = this.meta;
    return Promise.all(documents.map(async (number) => (await this.file(`search/results/${Math.floor(number / block)}.json`))[number % block]));
  }

  /** @param {string} gram */
  shard(gram) {
    return this.file(`search/grams/${shardOf(gram).toString(16).padStart(3, "0")}.json`);
  }

  /**
   * @param {string} written
   * @param {Uint8Array} bits
   * @param {number} [dropped] bits that do not count
   */
  fill(written, bits, dropped = 0) {
    this.each(written, (document, its) => {
      bits[document] |= dropped && !(its & START) ? its & FIELDS : its;
    });
  }

  /**
   * @param {string} written
   * @param {(document: number, bits: number) => void} visit
   */
  each(written, visit) {
    const values = numbers(written);
    for (let at = 0; at < values.length; ) {
      const [bits, count] = [values[at], values[at + 1]];
      let document = 0;
      for (let one = 0; one < count; one += 1) {
        document += values[at + 2 + one];
        visit(document, bits);
      }
      at += 2 + count;
    }
  }
}

/**
 * A file of the site. What the head of the search page has asked for already (search_ahead.js) is
 * not asked for twice.
 * @param {string} base way to the root of the site
 * @param {string} path
 * @returns {Promise<any>}
 */
export async function fetchJson(base, path) {
  const ahead = /** @type {{ahead?: Record<string, Promise<Response>>}} */ (/** @type {unknown} */ (globalThis)).ahead ?? {};
  const asked = ahead[path];
  delete ahead[path];
  const answer = await (asked ?? fetchFresh(base + path));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/**
 * What a kind, or a sort of page that is no record, is called.
 * @param {Meta} meta
 * @param {number} kind
 */
export function kindWords(meta, kind) {
  return meta.kinds[kind] ?? meta.pages[-1 - kind][0];
}

/** @type {Map<string, Promise<SearchIndex>>} */
const opened = new Map();

/**
 * The index of the site, opened once per page.
 * @param {string} base way to the root of the site
 */
export function openIndex(base) {
  let index = opened.get(base);
  if (!index) {
    index = SearchIndex.open((path) => fetchJson(base, path));
    index.catch(() => opened.delete(base));
    opened.set(base, index);
  }
  return index;
}
