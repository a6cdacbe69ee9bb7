// The list of emergencies (vocabulary/emergency.yml): which of them a search speaks of, and the numbers above its results.

import { fetchFresh } from "../../site/browser/fresh.js";
import { LOOKED_AT, NUMBER, plain, spokenForms } from "./emergency_signs.js";
import { kanaOf } from "./romaji.js";

/** @typedef {[label: string, number: string, href: string, open: string, direct: string, directHref: string]} Line */
/** @typedef {[label: string, action: string, lines: number[], words: string[], alone: string[], but: string[], first: string]} Danger as `EmergencyView.words` writes it */
/** @typedef {{endings: string[], lines: Line[]}} Numbers as `EmergencyView.numbers` writes them */
/** @typedef {{label: string, action: string, first: string}} Told `first`: before any call */

const MOST = 3; // dangers told of; more help nobody in a hurry
const LINES = 4;
const GAP = 16; // characters that may stand between two parts of a pattern: a few words
const FILLER = /かもしれない|かもしれません|かも|です|でした|だ|どうしたらいい|どうすれば|どうしよう|どうする|どうしたら|いいですか|いい|たすけて|助けて|ください|おねがい|お願い|今すぐ|すぐ|いま|今|急に|突然|また|夜中|夜|になつた|になりました|になる|した|しました|している|してる|して|らしい|みたい|の疑い|疑い|の症状|症状|の応急処置|応急処置|の処置|処置|の手当て|手当て|手当|の対応|対応|の対処|対処|対処法|の電話|電話番号|電話|番号|の連絡先|連絡先|通報|相談|どこに|どこ|何番|おかあさん|お母さん|おかん|おとうさん|お父さん|おとん|息子|娘|孫|母|父|祖母|祖父|おばあちやん|おじいちやん|ばあちやん|じいちやん|夫|妻|主人|家族|親|子ども|子供|こども|赤ちやん|利用者|隣の人|近所の人|私|わたし|自分|さん|けど|けん|じや|ばい|べ|ぞ|や|が|お|に|の|は|も|で|な|か|ね|よ/gu;

/** @typedef {[start: number, end: number][]} Spans where something stands in a text */
/** @typedef {number[][][]} Patterns each a list of groups that follow each other, a group the places of its alternatives in `Compiled.parts` */
/** @typedef {{parts: Map<string, number>, longest: number, mistyped: [number, RegExp][], words: Patterns, but: Patterns}} Compiled an emergency */

/** @type {WeakMap<Danger, Compiled>} */
const compiled = new WeakMap();

/** @param {string} part a long word of which one character may be wrong, missing or too much, but the first */
function mistyped(part) {
  const characters = [...part];
  const at = (/** @type {number} */ place, /** @type {string} */ instead) => [...characters.slice(0, place), instead, ...characters.slice(place + 1)].join("");
  const forms = characters.flatMap((one, place) => (place ? [at(place, ".?"), at(place, `.${one}`)] : []));
  return [part, ...forms].join("|");
}

/**
 * @param {Danger} danger
 * @returns {Compiled}
 */
function compile([, , , words, , but]) {
  const parts = /** @type {Map<string, number>} */ (new Map());
  const number = (/** @type {string} */ part) => parts.get(part) ?? parts.set(part, parts.size).size - 1;
  const read = (/** @type {string[]} */ its) => its.map((word) => word.split(" ").map((group) => group.split("/").map((part) => number(part.replaceAll("_", " ")))));
  const patterns = { words: read(words), but: read(but) };
  const mistakable = [...parts].filter(([part]) => part.endsWith("~"));
  return { ...patterns, parts, longest: Math.max(...[...parts.keys()].map((part) => part.length)), mistyped: mistakable.map(([part, place]) => [place, new RegExp(mistyped(part.slice(0, -1)), "gu")]) };
}

/**
 * Where each part of a pattern stands in a text.
 * @param {Compiled} made
 * @param {string} text
 */
function partsIn(made, text) {
  const found = /** @type {Map<number, Spans>} */ (new Map());
  const add = (/** @type {number} */ part, /** @type {number} */ start, /** @type {number} */ end) => found.get(part)?.push([start, end]) ?? found.set(part, [[start, end]]);
  for (let start = 0; start < text.length; start += 1) {
    for (let end = start + 1; end <= Math.min(text.length, start + made.longest); end += 1) {
      const part = made.parts.get(text.slice(start, end));
      if (part !== undefined) add(part, start, end);
    }
  }
  for (const [part, wrong] of made.mistyped) for (const one of text.matchAll(wrong)) add(part, one.index, one.index + one[0].length);
  return found;
}

/**
 * Where a pattern stands: its groups in their order, none too far from the one before it and in the same sentence.
 * @param {number[][]} groups
 * @param {Map<number, Spans>} parts
 * @param {string} text
 */
function patternIn(groups, parts, text) {
  let spans = groups[0].flatMap((part) => parts.get(part) ?? []);
  for (const group of groups.slice(1)) {
    if (!spans.length) break;
    const next = group.flatMap((part) => parts.get(part) ?? []);
    spans = next.flatMap(([start, end]) => {
      const before = spans.find(([, over]) => over <= start && start <= over + GAP && !text.slice(over, start).includes("|"));
      return before ? [/** @type {[number, number]} */ ([before[0], end])] : [];
    });
  }
  return spans;
}

/** @param {string} text blanks between its pieces: the same pieces from the last to the first */
const turned = (text) => text.split(" ").reverse().join(" ");

/**
 * Whether a text speaks of an emergency in this order of its pieces or the other, leaving out what its harmless sayings say.
 * @param {Compiled} made
 * @param {string} text
 */
function speaksOf(made, text) {
  const parts = partsIn(made, text);
  const harmless = made.but.flatMap((groups) => patternIn(groups, parts, text));
  const cut = harmless.length ? withoutSpans(text, harmless) : text;
  const orders = cut.includes(" ") ? [cut, turned(cut)] : [cut];
  return orders.some((one) => {
    const its = one === text ? parts : partsIn(made, one);
    return made.words.some((groups) => patternIn(groups, its, one).length);
  });
}

/**
 * @param {string} text
 * @param {Spans} spans
 */
function withoutSpans(text, spans) {
  const kept = text.split("").map((one, at) => (spans.some(([start, end]) => start <= at && at < end) ? "|" : one));
  return kept.join("").replace(/\|{2,}/gu, "|");
}

/**
 * What is typed without the pieces that end as the name of something harmless does: an insurance, a course. A piece that is only such
 * an end (低血糖 予防) takes the one before it along.
 * @param {string} form
 * @param {string[]} endings
 */
function withoutNames(form, endings) {
  const pieces = form.split(/([| ])/u);
  const harmless = pieces.map((piece) => endings.some((ending) => piece.endsWith(ending)));
  return pieces.map((piece, at) => (harmless[at] || (pieces[at + 1] === " " && endings.includes(pieces[at + 2])) ? "|" : piece)).join("");
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
 * A query in plain form, in all the ways that it may be meant.
 * @param {string} query
 * @returns {string[]}
 */
export function formsOf(query) {
  const typed = plain(query.slice(0, LOOKED_AT));
  const slips = /[a-z]/u.test(typed) ? [fromRomaji(typed), typed.replace(/(?<![a-z])[a-z]{1,2}(?![a-z])/gu, "")] : []; // やけdした
  return [typed, ...slips].flatMap(spokenForms);
}

/**
 * Those of some emergencies that a query speaks of.
 * @param {Danger[]} dangers
 * @param {string[]} endings
 * @param {string} query
 * @returns {Danger[]}
 */
export function dangersIn(dangers, endings, query) {
  const forms = [...new Set(formsOf(query).map((form) => withoutNames(form, endings)))];
  return dangers.filter((danger) => {
    const made = compiled.get(danger) ?? compile(danger);
    compiled.set(danger, made);
    return danger[4].some((word) => forms.some((form) => isAlone(form.replaceAll(" ", ""), word))) || forms.some((form) => speaksOf(made, form));
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
 * @param {Numbers} all
 * @param {Danger[]} dangers that the query may mean, in the order of the list
 * @param {string} query
 * @returns {{told: Told[], lines: Line[]}}
 */
export function helpFor(all, dangers, query) {
  const digits = plain(query).replace(/[#番\s]/gu, "");
  const typed = all.lines.filter(([, number]) => /^\d{3,}$/u.test(digits) && number.replace(/\D/gu, "") === digits);
  if (typed.length) return { told: [], lines: typed };
  const found = dangersIn(dangers, all.endings, query).slice(0, MOST);
  const first = found.map(([, , [line]]) => line);
  const lines = [...new Set([...first, ...found.flatMap(([, , its]) => its)])].slice(0, Math.max(LINES, found[0]?.[2].length ?? 0));
  return { told: found.map(([label, action, , , , , before]) => ({ label, action, first: before })), lines: lines.map((place) => all.lines[place]) };
}

/** @type {Map<string, Promise<any>>} */
const files = new Map();

/**
 * A file of the list, fetched once.
 * @param {string} path
 * @returns {Promise<any>}
 */
function file(path) {
  const its = files.get(path) ?? read(path);
  its.catch(() => files.delete(path)); // the next query tries again
  files.set(path, its);
  return its;
}

/** @param {string} path */
async function read(path) {
  const answer = await fetchFresh(new URL(`../../emergency/${path}`, import.meta.url));
  if (!answer.ok) throw new Error(`${answer.status} emergency/${path}`);
  return answer.json();
}

/**
 * Shows what a query calls for, or nothing.
 * @param {HTMLElement} section
 * @param {string} query
 * @param {number[]} meant places of the emergencies that it may mean
 * @param {() => boolean} isAsked whether the query is still the one that is asked
 */
export async function showHelp(section, query, meant, isAsked) {
  if (!meant.length && !NUMBER.test(plain(query))) return;
  const [all, ...dangers] = await Promise.all([file("words.json"), ...meant.map((place) => file(`words/${place}.json`))]);
  if (!isAsked()) return;
  const { told, lines } = helpFor(all, dangers, query);
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
