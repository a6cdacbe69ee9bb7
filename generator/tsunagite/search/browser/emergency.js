// The list of emergencies (vocabulary/emergency.yml): which of them a search speaks of, and the numbers above its results.

import { fetchFresh } from "../../site/browser/fresh.js";
import { plain, spokenForms } from "./emergency_signs.js";
import { kanaOf } from "./romaji.js";

/** @typedef {[label: string, number: string, href: string, open: string, direct: string, directHref: string]} Line */
/** @typedef {[label: string, action: string, lines: number[], words: string[], alone: string[], but: string[], first: string]} Danger */
/** @typedef {{endings: string[], lines: Line[], dangers: Danger[]}} Emergencies as `EmergencyView.data` writes them */
/** @typedef {{label: string, action: string, first: string}} Told `first`: before any call */

const MOST = 3; // dangers told of; more help nobody in a hurry
const LINES = 4;
const LONGEST = 300; // characters that are looked at: nobody calls for help at greater length, and every pattern stays quick
const GAP = "[^| ]{0,8}(?: [^| ]{0,4})?"; // what may stand between two parts of a pattern: a few words, hardly into the next one
const FILLER = /かもしれない|かもしれません|かも|です|でした|だ|どうしたらいい|どうすれば|どうしよう|どうする|どうしたら|いいですか|いい|たすけて|助けて|ください|おねがい|お願い|今すぐ|すぐ|いま|今|急に|突然|また|夜中|夜|になつた|になりました|になる|した|しました|している|してる|して|らしい|みたい|の疑い|疑い|の症状|症状|の応急処置|応急処置|の処置|処置|の手当て|手当て|手当|の対応|対応|の対処|対処|対処法|の電話|電話番号|電話|番号|の連絡先|連絡先|通報|相談|どこに|どこ|何番|母|父|祖母|祖父|おばあちやん|おじいちやん|ばあちやん|じいちやん|夫|妻|主人|家族|親|子ども|子供|こども|赤ちやん|利用者|隣の人|近所の人|私|わたし|自分|が|お|に|の|は|も|で|な|か|ね|よ/gu;

/** @type {WeakMap<Emergencies, {dangers: {words: RegExp | null, but: RegExp | null}[]}>} */
const compiled = new WeakMap();

/** @param {string} part a long word of which one character may be wrong, missing or too much, but the first */
function mistyped(part) {
  const characters = [...part];
  const at = (/** @type {number} */ place, /** @type {string} */ instead) => [...characters.slice(0, place), instead, ...characters.slice(place + 1)].join("");
  const forms = characters.flatMap((one, place) => (place ? [at(place, ".?"), at(place, `.${one}`)] : []));
  return [part, ...forms].join("|");
}

/**
 * @param {string[]} words
 * @returns {RegExp | null}
 */
function pattern(words) {
  const group = (/** @type {string} */ part) => `(?:${part.replace(/[\\^$.*+?()[\]{}|]/gu, "\\$&").split("/").map((one) => (one.endsWith("~") ? mistyped(one.slice(0, -1)) : one)).join("|")})`;
  return words.length ? new RegExp(words.map((word) => word.split(" ").map(group).join(GAP)).join("|"), "gu") : null;
}

/**
 * What is typed without the pieces that end as the name of something harmless does: an insurance, a course.
 * @param {string} form
 * @param {string[]} endings
 */
function withoutNames(form, endings) {
  return form.split(/([| ])/u).map((piece) => (endings.some((ending) => piece.endsWith(ending)) ? "|" : piece)).join("");
}

/** @param {Emergencies} all */
function patterns(all) {
  let made = compiled.get(all);
  if (!made) {
    made = { dangers: all.dangers.map(([, , , words, , but]) => ({ words: pattern(words), but: pattern(but) })) };
    compiled.set(all, made);
  }
  return made;
}

/**
 * Kana typed without an input method, or with one that let a letter through (いきができなi). A word with a letter that is no kana
 * (cross) is of another language: it ends what stands before it.
 * @param {string} text
 */
function fromRomaji(text) {
  return plain(text.split(" ").map((word) => kanaOf(word)).map((word) => (/[a-z]/u.test(word) ? "|" : word)).join(""));
}

/**
 * The dangers that a query speaks of, in the order of the list, as places in it.
 * @param {Emergencies} all
 * @param {string} query
 * @returns {number[]}
 */
export function dangersIn(all, query) {
  const { dangers } = patterns(all);
  const typed = plain(query.slice(0, LONGEST));
  const forms = [typed, ...(/[a-z]/u.test(typed) ? [fromRomaji(typed)] : [])].flatMap(spokenForms).map((form) => withoutNames(form, all.endings));
  const turned = forms.filter((form) => form.includes(" ")).map((form) => form.split(" ").reverse().join(" "));
  return dangers.flatMap(({ words, but }, place) => {
    const left = [...forms, ...turned].map((form) => (but ? form.replace(but, "|") : form));
    const its = all.dangers[place][4];
    const meant = left.some((form) => (words && form.search(words) >= 0) || its.some((word) => isAlone(form.replaceAll(" ", ""), word)));
    return meant ? [place] : [];
  });
}

/**
 * @param {string} form
 * @param {string} word
 */
function isAlone(form, word) {
  const its = word.replaceAll(" ", "");
  return form.includes(its) && !form.replace(its, "").replace(/\|$/u, "").replace(FILLER, "");
}

/**
 * The numbers to call, in this order, and what to do until help comes. A number that is typed calls for itself.
 * @param {Emergencies} all
 * @param {string} query
 * @returns {{told: Told[], lines: Line[]}}
 */
export function helpFor(all, query) {
  const digits = plain(query).replace(/[#番\s]/gu, "");
  const typed = all.lines.flatMap(([, number], place) => (/^\d{3,}$/u.test(digits) && number.replace(/\D/gu, "") === digits ? [place] : []));
  if (typed.length) return { told: [], lines: typed.map((place) => all.lines[place]) };
  const found = dangersIn(all, query).map((place) => all.dangers[place]).slice(0, MOST);
  const first = found.map(([, , [line]]) => line);
  const lines = [...new Set([...first, ...found.flatMap(([, , its]) => its)])].slice(0, Math.max(LINES, found[0]?.[2].length ?? 0));
  return { told: found.map(([label, action, , , , , before]) => ({ label, action, first: before })), lines: lines.map((place) => all.lines[place]) };
}

/** @type {Promise<Emergencies> | undefined} */
let list;

async function read() {
  const answer = await fetchFresh(new URL("../../emergency/words.json", import.meta.url));
  if (!answer.ok) throw new Error(`${answer.status} emergency/words.json`);
  return answer.json();
}

/**
 * Shows what a query calls for, or nothing.
 * @param {HTMLElement} section
 * @param {string} query
 * @param {() => boolean} isAsked whether the query is still the one that is asked
 */
export async function showHelp(section, query, isAsked) {
  list ??= read();
  list.catch(() => (list = undefined)); // the next query tries again
  const all = await list;
  if (!isAsked()) return;
  const { told, lines } = helpFor(all, query);
  const before = /** @type {HTMLElement} */ (section.querySelector(".ts-danger__first"));
  before.textContent = told.find((one) => one.first)?.first ?? "";
  section.querySelector("ul")?.replaceChildren(...lines.map((line) => button(section, line)));
  section.querySelector("dl")?.replaceChildren(...told.map(({ label, action }) => {
    const row = document.createElement("div");
    row.append(element("dt", label), element("dd", action));
    return row;
  }));
  section.hidden = !lines.length;
}

/**
 * @param {HTMLElement} section
 * @param {Line} line
 */
function button(section, [label, number, href, open, direct, directHref]) {
  const item = document.createElement("li");
  const template = /** @type {HTMLTemplateElement} */ (section.querySelector("template"));
  item.append(template.content.cloneNode(true));
  const link = /** @type {HTMLAnchorElement} */ (item.querySelector("a"));
  link.href = href;
  const [verb, digits, note] = link.querySelectorAll(".ts-call__words > span");
  [verb.textContent, digits.textContent, note.textContent] = [label, number, open];
  if (direct) {
    const other = /** @type {HTMLAnchorElement} */ (element("a", `${number} を押せない電話は ${direct}`));
    other.href = directHref;
    other.className = "ts-more";
    item.append(other);
  }
  return item;
}

/**
 * @param {string} name
 * @param {string} words
 */
function element(name, words) {
  const made = document.createElement(name);
  made.textContent = words;
  return made;
}
