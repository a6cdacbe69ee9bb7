// The line that says that something newer is there, with the way to it: nothing is replaced while somebody reads or writes.

import { element } from "./dom.js";

/**
 * @param {string} text
 * @param {string} label of the button that brings the newer one
 * @param {() => void} bring
 */
export function offerNewer(text, label, bring) {
  if (document.querySelector(".ts-newer")) return;
  const take = element("button", { type: "button", class: "ts-button" }, label);
  const later = element("button", { type: "button", class: "ts-button" }, "あとで");
  const line = element("aside", { class: "ts-newer", "aria-label": "新しい内容" }, element("p", { role: "status" }, text), element("p", {}, take, " ", later));
  take.addEventListener("click", bring);
  later.addEventListener("click", () => line.remove());
  document.querySelector(".ts-header")?.after(line);
}

/**
 * The page that is shown is an old copy.
 * @param {string} moment when it came
 */
export function offerNewPage(moment) {
  const came = new Date(moment);
  const when = Number.isNaN(came.getTime()) ? "前" : came.toLocaleDateString("ja-JP", { dateStyle: "long", timeZone: "Asia/Tokyo" });
  offerNewer(`このページは新しくなりました。いま出ているのは、${when}に受け取ったものです。`, "新しくする", () => location.reload());
}
