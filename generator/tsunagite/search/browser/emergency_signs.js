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

/**
 * @param {string} signs as `EmergencyView.signs` writes them
 * @param {string} query
 */
export function mayBeDanger(signs, query) {
  const asked = plain(query.slice(0, 300));
  if (/[a-z]{2}|^#?\d{3,5}(?:番|$)/u.test(asked)) return true; // English, kana typed without an input method, a number
  const forms = spokenForms(asked);
  return signs.split(" ").some((group) => forms.some((form) => form.includes(group[0]) && group.slice(1).split(",").some((rest) => form.includes(group[0] + rest))));
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
