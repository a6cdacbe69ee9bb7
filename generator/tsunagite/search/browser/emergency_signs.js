// Which emergencies a search may mean. Every search asks this first; their words (emergency.js) are fetched only then.

import { numbers } from "./search_index.js";

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

export const LOOKED_AT = 300; // characters: nobody calls for help at greater length, and every pattern stays quick
export const NUMBER = /^#?\d{3,5}(?:番|$)/u;

const [I_ROW, A_ROW] = ["きぎしちにびみりい", "かがさたなばまらわ"];
const PAST = /** @type {Record<string, string>} */ ({ き: "いた", ぎ: "いだ", し: "した", ち: "つた", に: "んだ", び: "んだ", み: "んだ", り: "つた", い: "つた" });
const KANA_ALONE = /^[ぁ-ゖ| ]+$/u;

/**
 * A query in plain form as it is, and as the list writes verbs: 動きません, 動かん and 動かへん are 動かない, 燃えよる and 燃えとる are
 * 燃えている, 飲みました is 飲んだ, 渡してもうた is 渡してしまった. What is written in kana with blanks (いきが くるしい) is tried without them.
 * @param {string} form
 * @returns {string[]}
 */
export function spokenForms(form) {
  const joined = KANA_ALONE.test(form) ? form.replaceAll(" ", "") : form;
  const over = joined.replace(/([きぎしちにびみりい])よ(?:る|つた|つて|ります)/gu, (_, one) => PAST[one]); // ぶつかりよった
  const standard = joined
    .replace(/(?<=[てで])(?:しもうた|しもた|もうた|もた)/gu, "しまつた")
    .replace(/(?<=[かがさたなばまらわけげせてねべめれん])ねえ?(?=$|[| ]|よ|から|けど)/gu, "ない")
    .replace(/(?:と|よ)(?:らん|りません|つてない)/gu, "ていない")
    .replace(/(?<=[てで])おり?ません/gu, "いない")
    .replace(/(?<=[いきしちひみりぎじびえけせてねへめれげぜべ一-鿿])よ(?:る|つた|ります|つて|らす)/gu, "ている")
    .replace(/んど(?:る|つた|つて|ります|りました)/gu, "んでいる")
    .replace(/と(?:る|つた|つて|ります|りました|んの|んや)/gu, "ている")
    .replace(/(?<=[てで])(?:おります|おりました|います|いました)/gu, "いる")
    .replace(/(?<=[かがさたなばまらわこえけげせてねべめれき])(?<!ませ)(?:[へひ]ん|ん)(?=$|[| ]|よう|ごと|とよ|でし|くな|なつ|なり|の[やよで]|けど|です|から|ので|わ)/gu, "ない")
    .replace(/ない(?:ように|ごと)?な(?=[つり])/gu, "なくな")
    .replace(/([ちじ])や(?=つた|い|う|え)/gu, (_, one) => (one === "ち" ? "てしま" : "でしま"));
  const negative = standard.replace(/ありません/gu, "ない").replace(/(?<=て)きません/gu, "こない");
  const forms = [
    negative.replace(/([きぎしちにびみりい])ません?/gu, (_, one) => `${A_ROW[I_ROW.indexOf(one)]}ない`), // 動きません
    negative.replace(/ません?/gu, "ない"), // 起きません
    negative.replace(/([きぎしちにびみりい])まし(?:た|て)/gu, (_, one) => PAST[one]), // 飲みました
    negative.replace(/(?<=[えけげせてねべめれ一-鿿])まし(?=た|て)/gu, ""), // 倒れました
  ];
  return [...new Set([form, joined, over, ...forms])];
}

const LONGEST = 5; // characters of a piece, and NUMBERS: as in tsunagite/text/danger_words.py
const NUMBERS = 2_097_143;

/**
 * The emergencies of which a piece stands in a query, as places in the list.
 * @param {string} signs for each emergency the numbers of its pieces (`signs` of tsunagite/contact/emergency.py)
 * @param {string[]} forms of the query
 * @returns {number[]}
 */
export function mayBeMeant(signs, forms) {
  const asked = new Set(forms.flatMap((form) => [form, form.replaceAll(" ", "")]).flatMap(piecesOf));
  return signs.split(" ").flatMap((its, place) => {
    let sign = 0;
    return numbers(its).some((step) => asked.has((sign += step))) ? [place] : [];
  });
}

/**
 * The numbers that stand for the pieces of a text.
 * @param {string} text
 */
function piecesOf(text) {
  const found = [];
  for (let start = 0; start < text.length; start += 1) {
    for (let at = start, number = 0; at < Math.min(text.length, start + LONGEST); at += 1) found.push((number = (number * 65_599 + text.charCodeAt(at)) % NUMBERS));
  }
  return found;
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
  const asked = plain(query.slice(0, LOOKED_AT));
  const latin = /[a-z]/u.test(asked); // English, or kana typed without an input method
  const signs = section.dataset.signs ?? "";
  const meant = latin ? [] : mayBeMeant(signs, spokenForms(asked));
  if (!latin && !meant.length && !NUMBER.test(asked)) return;
  try {
    const { formsOf, showHelp } = await import("./emergency.js");
    await showHelp(section, query, latin ? mayBeMeant(signs, formsOf(query)) : meant, () => mine === turn);
  } catch {
    if (mine === turn) section.hidden = false; // without a network: the numbers that stand in the page
  }
}
