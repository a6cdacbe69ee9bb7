// What the reader must know of how a result came about.

/** @typedef {import("./search_query.js").Found} Found */

/**
 * @param {string} text
 * @param {string} [itsClass]
 */
export function line(text, itsClass = "") {
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
  if (found.loosely) said.push(`「${query}」の全部に合うものはありませんでした。ことばの一部が合うものを出しています。`);
  else if (found.dropped) said.push(`すべてのことばに合うものはありませんでした。${quoted(found.dropped.split(" "))}を外した結果です。`);
  else if (found.cut.length > 1) said.push(`${quoted(found.cut)}に分けてさがしました。`);
  else if (found.cut.length && found.cut[0] !== query) said.push(`${quoted(found.cut)}でさがしました。`);
  if (found.without) said.push(`すべてのことばに合うものは${found.whole}件です。そのあとに、「${found.without}」を外したものを続けています。`);
  if (found.used.length) {
    const words = [...new Set(found.used.map((used) => used.synonym))].slice(0, 4);
    said.push(`似たことば${quoted(words)}でもさがしました。`);
  }
  if (!found.documents.length) {
    said.push(`${quoted(found.words)}で、名前・ふりがな・種類・地域・説明をさがしましたが、見つかりませんでした。`);
    said.push("ことばを短くするか、困っていることを「お風呂に入れない」のように書いてみてください。「ほかのさがし方」からも選べます。");
  }
  return said.map((text) => line(text));
}
