// Taking a result along: a table for a spreadsheet, paper, a link.

import { walking } from "./near.js";

import { kindWords } from "./search_index.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_index.js").Row} Row */

export const HEADER = ["名前", "ふりがな", "種類", "助け合い", "ひとこと", "場所", "電話", "直線の距離", "ページ"];

/**
 * @param {SearchIndex} index
 * @param {Row} row
 * @param {number | null} metres
 * @param {string} root address of the site
 * @returns {string[]}
 */
export function tableRow(index, [id, path, name, reading, sentence, kind, levels, place, phone], metres, root) {
  const far = metres !== null && metres >= 0 ? walking(metres) : "";
  return [name, reading, kindWords(index.meta, kind), levels.map((level) => index.meta.levels[level][1]).join("・"), sentence, place, phone[0] ?? "", far, root + (path || `r/${id}/`)];
}

/**
 * @param {string} name
 * @param {string} content
 */
export function download(name, content) {
  const address = URL.createObjectURL(new Blob([content], { type: "text/csv;charset=utf-8" }));
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/**
 * Hands an address over to the device's own ways of sending, else to the clipboard.
 * @param {string} title
 * @param {string} url
 * @returns {Promise<string>} what to say, "" where the device says it itself
 */
export async function send(title, url) {
  try {
    if (navigator.share) {
      await navigator.share({ title, url });
      return "";
    }
    await navigator.clipboard.writeText(url);
    return "アドレスを写しました。メールなどに貼り付けられます。";
  } catch (problem) {
    return /** @type {Error} */ (problem).name === "AbortError" ? "" : url;
  }
}
