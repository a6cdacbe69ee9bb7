// Does a note look as if it named a person? A soft hint only: it is said beside the note, nothing is refused or sent.

const NAME = /[\p{Script=Han}\p{Script=Katakana}ー々ヶ]{1,6}[\s　]?[\p{Script=Han}\p{Script=Katakana}\p{Script=Hiragana}ー々]{0,6}[\s　]?(?:さま|さん|(?:様|氏|殿)(?!\p{Script=Han}))/u;
/** People by their part, not by name: a note about them is what notes are for. */
const PARTS = /^(?:お?(?:母|父|兄|姉|祖母|祖父|嫁|婿|子|孫|娘|息子|医者|隣|向かい|客|巡り|世話役|民生委員|ケアマネ(?:ジャー)?|ヘルパー|先生|担当(?:者)?|相談員|看護師|薬剤師|保健師|栄養士|訪問看護師|施設長|管理者|社協|業者|店員|運転手|利用者|家族|本人|ご(?:利用者|家族|本人)|奥|旦那|神|屋|皆|各位|配達員|職員|警察|大家|主人|ご主人))+$/u;
/** Shops, offices and words that only end like a name. */
const NO_PERSON = /(?:屋|店|会社|銀行|病院|医院|薬局|センター|クラブ|会|所|局|課|係|院|園|館|社)$|^(?:仕|模|同|多|異|一|有り|王|殿|御|神|宮|沈|摂|華|彼)$/u;
const PHONE = /(?:^|[^\d])0\d{1,4}[-ー－‐(（)） ]?\d{1,4}[-ー－‐)） ]?\d{3,4}(?!\d)/u;
const INSURED = /(?:被保険者|保険証|資格確認書|番号)[^\d]{0,6}\d{8,10}(?!\d)|(?:^|\D)\d{10}(?!\d)/u;
const BIRTH = /生年月日|(?:明治|大正|昭和|平成|[MTSH])[\s.]?\d{1,2}[年./-]\s?\d{1,2}[月./-]\s?\d{1,2}|19\d\d[年./-]\d{1,2}[月./-]\d{1,2}|生まれ|\d{2,3}歳の?(?:男性|女性)/u;

/** Half-width what people type full-width: digits, letters, marks. @param {string} text */
const plain = (text) => text.normalize("NFKC");

/** @param {string} text */
function namesSomebody(text) {
  const everyName = new RegExp(NAME, "gu");
  return [...text.matchAll(everyName)].some(([found]) => {
    const bare = found.replace(/(?<![\s　])[\s　]*(?:様|さま|さん|氏|殿)$/u, "").replace(/[\s　]/g, "");
    return bare.length > 0 && !PARTS.test(bare) && !NO_PERSON.test(bare);
  });
}

/**
 * What a text looks like: "name", "phone", "birth", "number", or "" where it looks like nothing of a person.
 * @param {string} text
 * @returns {"" | "name" | "phone" | "birth" | "number"}
 */
export function looksLike(text) {
  const said = plain(text);
  if (BIRTH.test(said)) return "birth";
  if (PHONE.test(said)) return "phone";
  if (INSURED.test(said)) return "number";
  return namesSomebody(said) ? "name" : "";
}

/** What is said then. */
export const HINTS = {
  name: "お名前のように見えます。",
  phone: "電話番号のように見えます。",
  birth: "生年月日のように見えます。",
  number: "保険証などの番号のように見えます。",
};
