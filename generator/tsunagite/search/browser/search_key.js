// The form under which what somebody types meets what is written: the same as tsunagite/text/search_key.py, which says
// why and holds the table of kanji. A test gives both the same texts.

const KANJI = "[一-鿿々]";
const STEM_END = "[いきぎしじちびみりえけげせてべめれっ]";
const INNER_OKURIGANA = new RegExp(`(?<=${KANJI})${STEM_END}{1,2}(?=${KANJI})`, "gu");
const LAST_OKURIGANA = new RegExp(`(?<=${KANJI}${KANJI})${STEM_END}(?![ぁ-ゖ])`, "gu");
const BETWEEN_KANJI = new RegExp(`(?<=${KANJI})[ケヶヵがヵ](?=${KANJI})|(?<=[ぁ-ゖァ-ヶ])[ケヶヵが](?=[丘岡台])`, "gu");
/** @type {Record<string, string>} */
const WORDS = {
  子ども: "こども", 子供: "こども", 小供: "こども", 障がい: "障害", 障碍: "障害", 友だち: "友達", ご飯: "ごはん", 御飯: "ごはん",
  車いす: "車椅子", 車イス: "車椅子", 一人: "ひとり", 独り: "ひとり",
};
const MIXED = new RegExp(`(?<![一二三四五六七八九十百千0-9])(?:${Object.keys(WORDS).join("|")})`, "gu");
const NUMBER = /[一二三四五六七八九十]+/gu;
const LONG = /(?<=[ぁ-ゖァ-ヶ])[ー-]+/gu;
const BLOCK = /(?<=[0-9])(?:丁目|番地の|番地|番(?=[0-9]|$)|号(?=[0-9]|$|\s)|の(?=[0-9]))/gu;
const SPLIT = /[^0-9a-zぁ-ゖ一-鿿々〇ヶ\-〆\u{20000}-\u{2fa1f}]+/u;
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/gu;
const DIGITS = "〇一二三四五六七八九";

/** @type {Map<string, string>} */
let table = new Map();

/**
 * Takes the table of characters that are one, as the index brings it: each is followed by its usual form.
 * @param {string} pairs
 */
export function useVariants(pairs) {
  const characters = [...pairs];
  table = new Map();
  for (let at = 0; at < characters.length; at += 2) table.set(characters[at], characters[at + 1]);
}

/** @param {string} kanji */
function digits(kanji) {
  const ten = kanji.indexOf("十");
  const digit = (/** @type {string} */ one) => String(DIGITS.indexOf(one));
  if (ten < 0) return [...kanji].map(digit).join("");
  const [tens, ones] = [kanji.slice(0, ten), kanji.slice(ten + 1)];
  if (tens.length > 1 || ones.length > 1 || ones.includes("十")) {
    return [...kanji].map((one) => (one === "十" ? "10" : digit(one))).join("");
  }
  return String((tens ? Number(digit(tens)) : 1) * 10 + (ones ? Number(digit(ones)) : 0));
}

/**
 * The search form of a text; marks and blanks stay.
 * @param {string} text
 * @returns {string}
 */
export function fold(text) {
  const plain = [...text.normalize("NFKC").toLowerCase().replace(SELECTORS, "")].map((one) => table.get(one) ?? one).join("");
  return plain
    .replace(MIXED, (word) => WORDS[word])
    .replace(INNER_OKURIGANA, "")
    .replace(LAST_OKURIGANA, "")
    .replace(BETWEEN_KANJI, "ヶ")
    .replace(NUMBER, digits)
    .replace(LONG, "")
    .replace(/[ァ-ヵ]/gu, (one) => String.fromCharCode(one.charCodeAt(0) - 0x60))
    .replace(BLOCK, "-")
    .replace(/-+/gu, "-");
}

/**
 * The pieces of a folded text between marks and blanks, without hyphens at their ends.
 * @param {string} text
 * @returns {string[]}
 */
export function runs(text) {
  return fold(text)
    .split(SPLIT)
    .map((piece) => piece.replace(/^-+|-+$/gu, ""))
    .filter((piece) => piece);
}

/**
 * A folded name without marks and blanks.
 * @param {string} text
 * @returns {string}
 */
export function key(text) {
  return runs(text).join("");
}
