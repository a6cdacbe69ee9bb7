// Which kanji of a text get a reading: the rules of text/furigana.py, and a test compares both.

const RUN = /[々〆\u3400-\u9fff\uf900-\ufaff]+/g;
const IS_KANJI = /^[々〆\u3400-\u9fff\uf900-\ufaff]/;
const RUN_OF_WORD = /[0-9]{0,2}[々〆\u3400-\u9fff\uf900-\ufaff]+/g;
const JOINED = /^[々〆\u3400-\u9fff\uf900-\ufaffァ-ヺーA-Za-zＡ-Ｚａ-ｚ]/;
const DIGIT = /^[0-9０-９]/;
const NUMBER = /^[0-9０-９.,．，]/;
const HIRAGANA = /^[ぁ-ゖ]/;
const BEFORE = /^[ぁ-ゖ0-9（]/;
const PARTICLES = "はがをにでとのもやへかまよだな";
const BEHIND_A_SUFFIX = `${PARTICLES}すしされ`;
const VOICED_BEHIND = "かきくけこさしすせそたちつてとはひふへほ";
const MOST_BEFORE = 3;

/** @typedef {[begin: number, end: number, reading: string]} Piece */
/** @typedef {{count: number, end: number, pieces: Piece[]}} Way */

/** @param {string} text @param {number} at */
const inside = (text, at) => at < text.length && IS_KANJI.test(text[at]) && IS_KANJI.test(text[at - 1]);

/** @param {string} text @param {number} at */
function standsAlone(text, at) {
  const [before, after] = [text[at - 1] ?? "", text[at + 1] ?? ""];
  if (after && PARTICLES.includes(after)) return true;
  return HIRAGANA.test(before) && !HIRAGANA.test(after) && !JOINED.test(after);
}

/** @param {string} word @param {number} begin @param {string} reading @returns {Piece[]} */
function divide(word, begin, reading) {
  const parts = reading.split("|");
  return [...word.matchAll(RUN_OF_WORD)].map((run, number) => {
    const spelt = parts[number].replace(/^[0-9]{0,2}/, ""); // 23日 23にち: the digits are not read with their counter
    return [begin + run.index + parts[number].length - spelt.length, begin + run.index + run[0].length, spelt];
  });
}

/** @param {Way[]} ways @returns {Way[]} */
function best(ways) {
  if (ways.length < 2) return ways;
  const count = Math.min(...ways.map((way) => way.count));
  const fewest = ways.filter((way) => way.count === count);
  const end = Math.max(...fewest.map((way) => way.end));
  const alike = new Map(fewest.filter((way) => way.end === end).map((way) => [way.pieces.map((piece) => piece[2]).join(""), way]));
  return [...alike.values()].slice(0, 2);
}

/** A dictionary: the written word (with its mark - or #) and the reading of each of its runs of kanji, joined with |. */
export class Readings {
  /** @param {Record<string, string>} words */
  constructor(words) {
    this.words = new Map(Object.entries(words));
    /** Words without their marks: only what stands here is looked up. @type {Set<string>} */
    this.plain = new Set();
    /** How long words are that begin with a character, the longest first. @type {Map<string, number[]>} */
    this.lengths = new Map();
    for (const word of this.words.keys()) this.plain.add(word.replace(/^[-#=]|-$/g, ""));
    for (const { 0: first, length } of this.plain) {
      const lengths = this.lengths.get(first) ?? [];
      if (!lengths.includes(length)) this.lengths.set(first, [...lengths, length].sort((one, other) => other - one));
    }
  }

  /** @param {string} text @returns {Piece[]} */
  pieces(text) {
    /** @type {Piece[]} */
    const found = [];
    let end = 0;
    for (const run of text.matchAll(RUN)) {
      if (run.index < end) continue;
      const way = this.run(text, run.index, end);
      if (way) found.push(...way.pieces);
      end = way ? way.pieces[way.pieces.length - 1][1] : run.index + run[0].length;
    }
    return found;
  }

  /** @param {string} text @param {number} start @param {number} free @returns {Way | undefined} */
  run(text, start, free) {
    const groups = [this.ways(text, start, start, new Map())];
    for (let begin = start - 1; begin >= Math.max(free, start - MOST_BEFORE); begin--) {
      if (!BEFORE.test(text[begin])) break;
      if (!(DIGIT.test(text[begin]) && begin && NUMBER.test(text[begin - 1]))) groups.unshift(this.ways(text, begin, start, new Map()));
    }
    const [first] = best(groups.flat());
    // of words that reach as far, the one that begins first: か所 and not 所
    const left = groups.find((ways) => ways.length && ways[0].count === first.count && ways[0].end === first.end) ?? [];
    return left.length === 1 ? left[0] : undefined;
  }

  /** @param {string} text @param {number} begin @param {number} start @param {Map<number, Way[]>} known @returns {Way[]} */
  ways(text, begin, start, known) {
    const before = known.get(begin);
    if (before) return before;
    /** @type {Way[]} */
    const found = [];
    for (const length of this.lengths.get(text[begin]) ?? []) {
      const word = text.slice(begin, begin + length);
      if (word.length < length || !this.plain.has(word)) continue; // the text may end before
      const reading = this.reading(text, word, begin, start);
      if (!reading) continue;
      const [pieces, end] = [divide(word, begin, reading), begin + length];
      if (!inside(text, end)) found.push({ count: 1, end, pieces });
      else for (const rest of this.ways(text, end, start, known)) found.push({ count: rest.count + 1, end: rest.end, pieces: [...pieces, ...rest.pieces] });
    }
    known.set(begin, best(found));
    return known.get(begin) ?? [];
  }

  /** @param {string} text @param {string} word @param {number} begin @param {number} start */
  reading(text, word, begin, start) {
    const before = text[begin - 1] ?? "";
    if (begin === start && DIGIT.test(before)) return this.words.get(`#${word}`) || (IS_KANJI.test(word[1] ?? "") ? this.words.get(word) : ""); // 9月に is no 月に (つきに)
    if (begin > start || (IS_KANJI.test(word) && JOINED.test(before))) return this.behind(text, word, begin);
    if (word.length > 1) return this.words.get(word) || this.words.get(`${word}-`);
    if (inside(text, begin + 1) || DIGIT.test(text[begin + 1] ?? "")) return this.words.get(`${word}-`);
    if (standsAlone(text, begin)) return this.words.get(word) || this.words.get(`=${word}`);
    const after = text[begin + 1] ?? "";
    return HIRAGANA.test(after) || JOINED.test(after) ? "" : this.words.get(`=${word}`);
  }

  /** @param {string} text @param {string} word @param {number} begin */
  behind(text, word, begin) {
    if (word.length === 1) {
      const after = text[begin + 1] ?? "";
      return HIRAGANA.test(after) && !BEHIND_A_SUFFIX.includes(after) ? "" : this.words.get(`-${word}`);
    }
    const bound = this.words.get(`-${word}`);
    if (bound) return bound;
    const reading = this.words.get(word) ?? "";
    return [...word].every((character) => IS_KANJI.test(character)) || !VOICED_BEHIND.includes(reading[0]) ? reading : "";
  }
}
