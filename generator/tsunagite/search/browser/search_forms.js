// How people speak, brought to the form that words are listed in: 「よう見えん」 of the west is 見えない, 「痛うて」 痛くて, 「たたきます」 たたく.
// Loaded where a query finds nothing as it is; what becomes of a word counts only where more of it is then known.

/** @type {[RegExp, string | ((...found: string[]) => string)][]} each with what stands there in the language of books */
const FORMS = [
  [/(?:(?:んや|んじゃ|や|じゃ)?(?:けん|けど|きん|けんど|さかい|から|ろか|ろうか|が|で|わ)|んじゃ|んや|のや|んよ|わい|かいな|かいの|ねん|のう|なあ|がな)$/u, ""],
  [/(?<=[てで])(?:もらえん|もらえへん|くれん|くれへん|つか|おくれ|や|くんない)(?:の|か|かの)?$/u, ""],
  [/ませんでした$|ません$/u, "ない"],
  [/よう(?=(?!に)[一-鿿ぁ-ゖ]{1,6}(?:ん|へん)(?:$|[のかくでけ]))/u, ""],
  [/(?<=[かがさただなはばまらわえけげせぜてでねへべめれいきぎしじちにびみり])(?:ん|へん)(?=よう|ので|$)/u, "ない"],
  [/おらない/u, "いない"],
  [/てしも(?:う|っ)/u, "てしまっ"],
  [/(?<=[一-鿿ぁ-ゖ])うて/u, "くて"],
  [/(?<=[ぁ-ゖ])よ(?:る|った|んの)/u, "ている"],
  [/(?<=[一-鿿ぁ-ゖ])と(?:る|ん)(?=とこ|人|ん|$)/u, "ている"],
  [/(?<=[一-鿿ぁ-ゖ])とった/u, "ていた"],
  [/もん(?=[をがにの]|$)/u, "もの"],
  [/とこ(?=$|[はをがに])/u, "ところ"],
  [/([きぎしちにびみり])ます$/u, (_, end) => /** @type {Record<string, string>} */ ({ き: "く", ぎ: "ぐ", し: "す", ち: "つ", に: "ぬ", び: "ぶ", み: "む", り: "る" })[end]],
  [/ます$/u, "る"],
  [/(?<=[ぁ-ゖ])たいです$/u, "たい"],
];

/**
 * A word as books write it; itself where nothing of it is spoken.
 * @param {string} typed
 */
export function asWritten(typed) {
  return FORMS.reduce((text, [form, written]) => {
    const plain = text.replace(form, /** @type {string} */ (written));
    return plain.length > 1 ? plain : text;
  }, typed);
}
