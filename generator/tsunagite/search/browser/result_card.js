// One result as a card: name, the sentence that decides, what and where, when it opens and how far it is, why it was found.

import { badgeNodes, dateWords, inJapan, minutes, openingAt, spansOn } from "../../site/browser/hours.js";
import { dayAndTime } from "./chosen.js";
import { kindWords } from "./search_index.js";
import { key } from "./search_key.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_index.js").Row} Row */
/** @typedef {import("../../site/browser/hours.js").Opening} Opening */
/**
 * What a card shows besides its row.
 * @typedef {{far: string, lifts: string[], why: string[], unknown: string[]}} Extras
 */

const LONGEST_MARKED = 120;
const MINUTES = 1440;
const HIRAGANA = /^[ぁ-ゖ]$/u;

/**
 * The text with found words marked: every stretch whose folded form is a word that was searched.
 * @param {string} text
 * @param {string[]} marks
 * @returns {(Node | string)[]}
 */
export function marked(text, marks) {
  const characters = [...text];
  if (!marks.length || characters.length > LONGEST_MARKED) return [text];
  const longest = Math.max(...marks.map((mark) => [...mark].length)) + 4;
  /** @type {(Node | string)[]} */
  const parts = [];
  let plain = "";
  for (let at = 0; at < characters.length; ) {
    const length = markedLength(characters, at, marks, longest);
    if (length) {
      const mark = document.createElement("mark");
      mark.textContent = characters.slice(at, at + length).join("");
      parts.push(plain, mark);
      [plain, at] = ["", at + length];
    } else {
      plain += characters[at++];
    }
  }
  return [...parts, plain];
}

/** @type {Map<string, string>} */
const keysOfCharacters = new Map();

/** @param {string} character */
function keyOfCharacter(character) {
  let its = keysOfCharacters.get(character);
  if (its === undefined) keysOfCharacters.set(character, (its = key(character)));
  return its;
}

/**
 * @param {string[]} characters
 * @param {number} at
 * @param {string[]} marks
 * @param {number} longest
 */
function markedLength(characters, at, marks, longest) {
  const first = keyOfCharacter(characters[at]); // "" for a mark or a blank, which belong to no word
  if (!first || !marks.some((mark) => mark.startsWith(first[0]))) return 0;
  for (let length = Math.min(longest, characters.length - at); length > 0; length -= 1) {
    const [last, next] = [characters[at + length - 1], characters[at + length] ?? ""];
    // The み of 屋島みどり is no okurigana of 屋島: more kana follow it.
    const goesOn = HIRAGANA.test(last) && HIRAGANA.test(next) && marks.includes(key(characters.slice(at, at + length - 1).join("")));
    if (!goesOn && (last === "ー" || key(last)) && marks.includes(key(characters.slice(at, at + length).join("")))) return length;
  }
  return 0;
}

/** @param {number} moment */
function clock(moment) {
  return `${Math.floor((moment % MINUTES) / 60)}:${String(moment % 60).padStart(2, "0")}`;
}

/**
 * What is so at this moment, in the few words of a card: 「開いている（17:00まで）」「明日 9:30から」.
 * @param {Opening} opening
 * @param {Date} moment
 * @param {Set<string>} holidays
 * @returns {{text: string, state: import("../../site/browser/hours.js").Found["state"]}}
 */
export function openWords(opening, moment, holidays) {
  const now = inJapan(moment);
  const today = Math.floor(now / MINUTES);
  const { state, until, next, unsure, paused } = openingAt(opening, now, holidays);
  const appointment = opening.appointment ? "・予約制" : "";
  if (state === "open" && until !== undefined) {
    const end = until - now > MINUTES ? "" : `（${until % MINUTES ? `${Math.floor(until / MINUTES) > today ? "明日 " : ""}${clock(until)}` : "24:00"}まで）`;
    return { state, text: `開いている${end}${appointment}` };
  }
  if (state === "unsure") return { state, text: `${{ holiday: "祝日", year_end: "年末年始", note: "注意書き", overdue: "古い情報" }[unsure ?? "overdue"]}のため、電話で確認を` };
  if (!next) return { state, text: paused ? "休止中" : "いまの時期はお休み" };
  const day = Math.floor(next.start / MINUTES);
  const when = day === today ? "きょう" : day === today + 1 ? "明日" : dateWords(day);
  return { state, text: `${when} ${clock(next.start)}から${appointment}` };
}

/**
 * When it opens, in the words of a card. Unknown hours are said to be unknown.
 * @param {Opening | false | null} opening
 * @param {string} when "now", a weekday ("sat", "sat-10:00"), or ""
 * @param {Date} moment
 * @param {Set<string> | null} holidays null: this site does not know the holidays of today
 * @returns {{text: string, state: string}}
 */
export function opens(opening, when, moment, holidays) {
  if (!opening) return { text: "", state: "unknown" };
  const asked = when && when !== "now" ? dayAndTime(when) : null;
  if (asked) {
    const spans = spansOn(opening, asked.day, Math.floor(inJapan(moment) / MINUTES)) ?? [];
    const weeks = (/** @type {number[] | undefined} */ nth) => (nth?.length ? `（${nth.map((one) => `第${one}`).join("・")}）` : "");
    const hours = spans.toSorted((one, other) => minutes(one.open) - minutes(other.open)).map((span) => `${span.open.replace(/^0/u, "")}-${span.close.replace(/^0/u, "")}${weeks(span.nth)}`);
    return { text: hours.length ? `${asked.day === "祝" ? "祝日" : `${asked.day}曜`} ${hours.join("、")}` : "", state: "closed" };
  }
  return holidays ? openWords(opening, moment, holidays) : { text: "", state: "unknown" };
}

/**
 * @param {SearchIndex} index
 * @param {Row} row
 * @param {string[]} marks
 * @param {string} base
 * @param {Extras} extras
 * @param {{text: string, state: string}} open
 */
export function card(index, row, marks, base, extras, open) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#card"));
  const element = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  const part = (/** @type {string} */ selector) => /** @type {HTMLAnchorElement} */ (element.querySelector(selector));
  const [id, path, name, , sentence, kind, levels, place, phone, badges] = row;
  element.dataset.id = id;
  const link = part("a");
  link.href = base + (path || `r/${id}/`);
  link.append(...marked(name, marks));
  if (path) link.removeAttribute("translate"); // a page of ours, and no name of a place
  part(".ts-card__name").append(...badgeNodes(badges, new Date()));
  const fill = (/** @type {string} */ selector, /** @type {(Node | string)[]} */ content) => (content.some(Boolean) ? part(selector).append(...content) : part(selector).remove());
  fill(".ts-card__sentence", sentence ? marked(sentence, marks) : []);
  const facts = part(".ts-card__facts");
  for (const level of levels) {
    const mark = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`template[data-level="${index.meta.levels[level][0]}"]`));
    if (mark) facts.append(mark.content.cloneNode(true), " ");
  }
  for (const [words, itsClass] of [[kindWords(index.meta, kind), ""], [place, "ts-card__place"]]) {
    if (words) facts.append(span(marked(words, marks), itsClass));
  }
  const when = open.text ? span([open.text], `ts-card__open ts-card__open--${open.state}`) : "";
  fill(".ts-card__when", [when, extras.far ? span([extras.far], "ts-card__far") : "", ...extras.lifts.map((words) => span([words], "ts-card__lift"))]);
  const seen = [...element.querySelectorAll("mark")].map((mark) => key(mark.textContent ?? ""));
  const why = extras.why.filter((reason) => !seen.some((word) => word && key(reason).endsWith(word)));
  const unknown = extras.unknown.length ? `わからないこと：${extras.unknown.join("・")}` : "";
  fill(".ts-card__why", [[why.length ? `合うところ：${why.join("・")}` : "", unknown].filter(Boolean).join("。")]);
  fill(".ts-card__number", [phone[0] ? `電話 ${phone[0]}` : ""]);
  const call = part(".ts-card__call");
  if (phone[1]) {
    call.href = phone[1];
    call.setAttribute("aria-label", `${name}に電話する ${phone[0]}`);
  } else {
    call.remove();
  }
  const share = element.querySelector(".ts-card__share");
  share?.setAttribute("aria-label", `${name}を知らせる`);
  return element;
}

/**
 * @param {(Node | string)[]} content
 * @param {string} itsClass
 */
function span(content, itsClass) {
  const element = document.createElement("span");
  if (itsClass) element.className = itsClass;
  element.append(...content);
  return element;
}
