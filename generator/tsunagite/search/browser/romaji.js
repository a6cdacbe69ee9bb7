// Japanese in Latin letters, as it is typed without an input method and written on signs: back to hiragana.

const KANA = { a: "あいうえお", k: "かきくけこ", s: "さしすせそ", t: "たちつてと", n: "なにぬねの", h: "はひふへほ", m: "まみむめも", y: "やいゆえよ", r: "らりるれろ", w: "わいうえお", g: "がぎぐげご", z: "ざじずぜぞ", d: "だじずでど", b: "ばびぶべぼ", p: "ぱぴぷぺぽ", j: "じじじじじ", f: "ふふふふふ", c: "かしくせこ" };
const ROMAJI = /(sh|ch|ts|[kgsztdnhbpmyrwjfc])?(y?)([aiueo])|nn?(?![aiueoy])|([kstpgzdbc])(?=\4)/gu;
const SMALL = { a: "ゃ", u: "ゅ", o: "ょ" };
const SHORT = /[おこそとのほもよろごぞどぼぽょうくすつぬふむゆるぐずぶぷゅ](?!う|お)/gu; // Hepburn without marks writes しょう and しょ as sho
const MOST = 3; // places that may be long: eight spellings

/**
 * The kana of what is romaji in a text; letters that are no kana stay.
 * @param {string} text in small letters
 */
export function kanaOf(text) {
  return text.replace(ROMAJI, (all, start = "", y, vowel) => {
    if (!vowel) return all.startsWith("n") ? "ん" : "っ";
    const row = KANA[/** @type {keyof typeof KANA} */ ({ sh: "s", ch: "t", ts: "t" }[/** @type {string} */ (start)] ?? (start || (y ? "y" : "a")))];
    const small = y && start ? true : /^(?:sh|ch|j)$/u.test(start) && vowel !== "i" && vowel !== "e";
    return small ? row[1] + SMALL[/** @type {keyof typeof SMALL} */ (vowel)] : row["aiueo".indexOf(vowel)];
  });
}

/**
 * Every way in which a word in Latin letters may be a reading: busshozan is ぶっしょざん or ぶっしょうざん. None where it is no romaji.
 * @param {string} word in small letters
 * @returns {string[]}
 */
export function kanaSpellings(word) {
  const kana = kanaOf(word);
  if (!/^[ぁ-ゖ]{2,}$/u.test(kana)) return [];
  const ends = [...kana.matchAll(SHORT)].slice(0, MOST).map((found) => found.index + 1).reverse();
  return ends.reduce((spellings, end) => [...spellings, ...spellings.map((one) => one.slice(0, end) + (one[end - 1] === "お" ? "お" : "う") + one.slice(end))], [kana]);
}
