// What the reader must know of how a result came about, and the ways on where there is none.

import { addressOf, withChoice } from "./chosen.js";

/** @typedef {import("./chosen.js").Asked} Asked */
/** @typedef {import("./search_query.js").Found} Found */
/** @typedef {{label: string, count: number, asked: Asked}} Way a search that would find something */

/**
 * @param {string} text
 * @param {string} [itsClass]
 */
function line(text, itsClass = "") {
  const element = document.createElement("p");
  element.textContent = text;
  element.className = itsClass;
  return element;
}

/**
 * @param {Found} found
 * @param {string} query
 * @returns {HTMLElement[]}
 */
export function howFound(found, query) {
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
  return said.map((text) => line(text));
}

/**
 * The ways on where the filters leave nothing: which of them to drop and what that gives, then areas around.
 * @param {Way[]} ways
 * @param {Way[]} areas
 * @param {string} contact address of the contact finder, or ""
 * @returns {HTMLElement[]}
 */
export function waysOn(ways, areas, contact) {
  const parts = [];
  if (ways.length) parts.push(line("条件を一つ外すと、見つかります。"), list(ways));
  if (areas.length) parts.push(line("地域を広げると、見つかります。"), list(areas));
  if (!ways.length && !areas.length) parts.push(line("条件を一つ外しても見つかりません。「すべて外す」で、はじめからさがせます。"));
  if (contact) {
    const last = line("だれに聞けばよいかわからないときは、");
    const link = Object.assign(document.createElement("a"), { href: contact, textContent: "わたしの窓口をさがす" });
    last.append(link, "。");
    parts.push(last);
  }
  return parts;
}

/** @param {Way[]} ways */
function list(ways) {
  const holder = document.createElement("ul");
  holder.className = "ts-plainlist ts-waysOn";
  holder.append(
    ...ways.map(({ label, count, asked }) => {
      const item = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: `?${addressOf(asked)}`, className: "ts-row" });
      const words = Object.assign(document.createElement("span"), { className: "ts-row__text", textContent: label });
      const number = Object.assign(document.createElement("span"), { className: "ts-row__count", textContent: `${count}件` });
      link.append(words, number);
      item.append(link);
      return item;
    }),
  );
  return holder;
}

/**
 * The search without one facet.
 * @param {Asked} asked
 * @param {string} name
 */
export function withoutFacet(asked, name) {
  const less = withChoice(asked, name, []);
  return name === "kind" ? withChoice(less, "group", []) : less;
}
