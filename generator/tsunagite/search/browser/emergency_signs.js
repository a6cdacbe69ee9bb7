// Whether a search may be an emergency. Every search asks this first; the list itself (emergency.js) is fetched only then.

const BREAKS = /[。.!?\n]+/gu;
const NOTHING = /[ー~〜・'’"「」『』()（）…‐-]+/gu;
const BLANKS = /[\s、,/]+/gu;
const SMALL_AND_TWIN = /[ぁぃぅぇぉっゃゅょゎぢづを]/gu;
const USUAL = "ぁあぃいぅうぇえぉおっつゃやゅゆょよゎわぢじづずをお";

/**
 * The form in which words and queries are compared: as `plain` of tsunagite/text/danger_words.py, which says why.
 * @param {string} text
 */
export function plain(text) {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[ァ-ヶ]/gu, (one) => String.fromCharCode(one.charCodeAt(0) - 0x60))
    .replace(BREAKS, "|")
    .replace(NOTHING, "")
    .replace(SMALL_AND_TWIN, (one) => USUAL[USUAL.indexOf(one) + 1])
    .replace(BLANKS, " ")
    .trim();
}

/**
 * @param {string} signs as `EmergencyView.signs` writes them
 * @param {string} query
 */
export function mayBeDanger(signs, query) {
  const asked = plain(query.slice(0, 300));
  if (/[a-z]{2}|^#?\d{3,5}(?:番|$)/u.test(asked)) return true; // English, kana typed without an input method, a number
  return signs.split(" ").some((group) => asked.includes(group[0]) && group.slice(1).split(",").some((rest) => asked.includes(group[0] + rest)));
}

let turn = 0;

/**
 * Shows above all results whom a query asks to call, or nothing. Asked again with the same query it changes nothing.
 * @param {string} query
 */
export async function offerHelp(query) {
  const section = /** @type {HTMLElement} */ (document.querySelector("#danger"));
  if (section.dataset.query === query) return;
  const mine = (turn += 1);
  section.dataset.query = query;
  section.hidden = true;
  if (!mayBeDanger(section.dataset.signs ?? "", query)) return;
  try {
    const { showHelp } = await import("./emergency.js");
    await showHelp(section, query, () => mine === turn);
  } catch {
    if (mine === turn) section.hidden = false; // without a network: the numbers that stand in the page
  }
}
