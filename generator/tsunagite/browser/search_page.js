// The search page: /search/?q=...&need=...&area=... shows what was found as cards, in rank order, and says what was tried.
// Each result is an element with data-id; the list has data-total.

import { openIndex } from "./search_box.js";
import { key } from "./search_key.js";
import { search } from "./search_query.js";

/**
 * @typedef {import("./search_index.js").SearchIndex} SearchIndex
 * @typedef {import("./search_index.js").Row} Row
 * @typedef {import("./search_query.js").Found} Found
 */

const FILTERS = ["need", "group", "kind", "level", "area", "organization"];
const FIRST = 10;
const STEP = 20;
const LONGEST_MARKED = 120;
const HIRAGANA = /^[ぁ-ゖ]$/u;

/**
 * @param {string} selector
 * @returns {any}
 */
const one = (selector) => document.querySelector(selector);

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

/**
 * @param {string[]} characters
 * @param {number} at
 * @param {string[]} marks
 * @param {number} longest
 */
function markedLength(characters, at, marks, longest) {
  if (!key(characters[at])) return 0; // a mark or a blank belongs to no word
  for (let length = Math.min(longest, characters.length - at); length > 0; length -= 1) {
    const [last, next] = [characters[at + length - 1], characters[at + length] ?? ""];
    // The み of 屋島みどり is no okurigana of 屋島: more kana follow it.
    const goesOn = HIRAGANA.test(last) && HIRAGANA.test(next) && marks.includes(key(characters.slice(at, at + length - 1).join("")));
    if (!goesOn && (last === "ー" || key(last)) && marks.includes(key(characters.slice(at, at + length).join("")))) return length;
  }
  return 0;
}

/**
 * @param {SearchIndex} index
 * @param {Row} row
 * @param {string[]} marks
 * @param {string} base
 */
function card(index, row, marks, base) {
  const element = /** @type {HTMLElement} */ (one("#card").content.firstElementChild.cloneNode(true));
  const part = (/** @type {string} */ selector) => /** @type {HTMLAnchorElement} */ (element.querySelector(selector));
  const [id, path, name, , sentence, kind, levels, place, phone, badges] = row;
  element.dataset.id = id;
  const link = part("a");
  link.href = base + (path || `r/${id}/`);
  link.append(...marked(name, marks));
  for (const words of badges) {
    const badge = document.createElement("span");
    badge.className = "ts-badge";
    badge.textContent = words;
    part(".ts-card__name").append(" ", badge);
  }
  if (sentence) part(".ts-card__sentence").append(...marked(sentence, marks));
  else part(".ts-card__sentence").remove();
  const facts = part(".ts-card__facts");
  for (const level of levels) facts.append(one(`template[data-level="${index.meta.levels[level][0]}"]`).content.cloneNode(true), " ");
  for (const [words, name] of [[index.meta.kinds[kind] ?? "手引き", ""], [place, "ts-card__place"]]) {
    if (!words) continue;
    const span = document.createElement("span");
    span.className = name ?? "";
    span.append(...marked(words, marks));
    facts.append(span);
  }
  const call = part(".ts-card__call");
  if (phone[1]) {
    call.href = phone[1];
    call.setAttribute("aria-label", `${name}に電話する ${phone[0]}`);
  } else {
    call.remove();
  }
  return element;
}

/**
 * What the reader must know of how the results came about.
 * @param {Found} found
 * @param {string} query
 * @returns {HTMLElement[]}
 */
function notes(found, query) {
  const quoted = (/** @type {string[]} */ words) => words.map((word) => `「${word}」`).join("");
  const said = [];
  if (found.meant) said.push(`「${query}」では見つかりませんでした。もしかして「${found.meant}」ですか。その結果を出しています。`);
  if (found.dropped) said.push(`すべてのことばに合うものはありませんでした。「${found.dropped}」を外した結果です。`);
  else if (found.cut.length > 1) said.push(`${quoted(found.cut)}に分けてさがしました。`);
  else if (found.cut.length) said.push(`${quoted(found.cut)}でさがしました。`);
  if (found.used.length) {
    const words = [...new Set(found.used.map((used) => used.synonym))].slice(0, 4);
    said.push(`似たことば${quoted(words)}でもさがしました。`);
  }
  if (!found.documents.length) {
    said.push(`${quoted(found.words)}で、名前・ふりがな・種類・地域・説明をさがしましたが、見つかりませんでした。`);
    said.push("ことばを短くする、ひらがなにする、または下の「ほかのさがし方」から選んでみてください。");
  }
  return said.map((text) => {
    const line = document.createElement("p");
    line.textContent = text;
    return line;
  });
}

/**
 * @param {SearchIndex} index
 * @param {URLSearchParams} asked
 * @param {Record<string, string>} filters
 */
function showFilters(index, asked, filters) {
  const chips = Object.entries(filters).map(([type, id]) => {
    const label = index.meta.terms.find((term) => term[0] === type && term[1] === id)?.[2] ?? id;
    const rest = new URLSearchParams(asked);
    rest.delete(type);
    const chip = document.createElement("a");
    chip.className = "ts-chip";
    chip.href = `?${rest}`;
    chip.textContent = `${label} ×`;
    chip.setAttribute("aria-label", `「${label}」のしぼりこみをやめる`);
    const item = document.createElement("li");
    item.append(chip);
    return item;
  });
  const list = one(".ts-found__filters");
  list.replaceChildren(...chips);
  list.hidden = !chips.length;
}

let shown = 0;

/** Shows what the address asks for. */
async function show() {
  const mine = (shown += 1);
  const section = one("#found");
  const base = section.dataset.base;
  const asked = new URLSearchParams(location.search);
  const query = (asked.get("q") ?? "").trim();
  const filters = Object.fromEntries(FILTERS.filter((name) => asked.get(name)).map((name) => [name, asked.get(name) ?? ""]));
  const input = one("#q");
  if (query || mine > 1) input.value = query; // what was typed before the script came stays
  keepFilters(filters);
  if (!query && !Object.keys(filters).length) {
    section.hidden = true;
    delete section.dataset.total;
    return;
  }
  const title = one("#found-title");
  try {
    const index = await openIndex(base);
    const found = await search(index, query, { filters });
    const list = section.querySelector("ol");
    const more = section.querySelector("button");
    const add = async () => {
      const from = list.childElementCount;
      const rows = await index.rows(found.documents.slice(from, from + STEP));
      if (mine !== shown) return;
      list.append(...rows.map((row) => card(index, row, found.marks, base)));
      more.hidden = list.childElementCount >= found.documents.length;
      if (from) list.children[from]?.querySelector("a")?.focus();
    };
    const first = await index.rows(found.documents.slice(0, FIRST));
    if (mine !== shown) return;
    list.replaceChildren(...first.map((row) => card(index, row, found.marks, base)));
    more.hidden = first.length >= found.documents.length;
    more.onclick = add;
    showFilters(index, asked, filters);
    section.querySelector(".ts-found__notes").replaceChildren(...notes(found, query));
    title.textContent = found.documents.length ? `${found.documents.length}件` : "見つかりませんでした";
    one("#found-said").textContent = found.documents.length ? `${found.documents.length}件見つかりました。` : "見つかりませんでした。";
    list.dataset.total = section.dataset.total = String(found.documents.length);
  } catch {
    if (mine !== shown) return;
    title.textContent = "いまはさがせません";
    section.querySelector(".ts-found__notes").textContent = "電波の届くところで、もう一度お試しください。";
  }
  section.hidden = false;
}

/**
 * A new word keeps the filters: they go with the form.
 * @param {Record<string, string>} filters
 */
function keepFilters(filters) {
  const form = one(".ts-page .ts-search");
  for (const old of form.querySelectorAll("input[type=hidden]")) old.remove();
  for (const [name, value] of Object.entries(filters)) {
    const hidden = Object.assign(document.createElement("input"), { type: "hidden", name, value });
    form.append(hidden);
  }
}

/** Takes the search page over: a search changes the address without loading the page again. */
export function takeOver() {
  const go = (/** @type {string} */ address) => {
    history.pushState(null, "", address);
    void show();
  };
  one(".ts-page .ts-search").addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    one("#q").blur(); // the keyboard of a phone makes room for the results
    go(`?${new URLSearchParams(/** @type {any} */ (new FormData(form)))}`);
  });
  one(".ts-found__filters").addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const chip = /** @type {HTMLElement} */ (event.target).closest("a");
    if (!chip || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go(chip.href);
  });
  addEventListener("popstate", () => void show());
  void show();
  if (!location.search) one("#q").focus();
}
