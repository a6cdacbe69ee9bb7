// One item of a list: what the record says, for the screen and for paper, with its note and the buttons that move it.

import { element } from "../../site/browser/dom.js";
import { fact, phoneOf } from "./list_out.js";
import { badgeNodes } from "../../site/browser/hours.js";
import { sayOpenNow } from "../../site/browser/open_now.js";
import { HINTS, looksLike } from "./privacy_hint.js";
import { ago, day } from "../../site/browser/site.js";

/** @typedef {import("../../offline/browser/record_data.js").RecordData} RecordData */
/** @typedef {import("./my_lists.js").Item} Item */
/** @typedef {{base: string, offline: boolean, act: (what: string, id: string) => void, note: (id: string, text: string) => void}} Hands */

/**
 * @param {Element} item
 * @param {string} selector
 * @returns {any}
 */
const part = (item, selector) => item.querySelector(selector);

/**
 * What is said under a note that seems to name somebody.
 * @param {string} text
 */
export function hint(text) {
  const kind = looksLike(text);
  return kind ? `${HINTS[kind]}この端末を見た人に読まれることがあります。書かないことをおすすめします。` : "";
}

/**
 * @param {Item} item
 * @param {Hands} hands
 * @returns {HTMLLIElement} with nothing of the record yet
 */
export function itemElement(item, hands) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#item"));
  const made = /** @type {HTMLLIElement} */ (template.content.firstElementChild?.cloneNode(true));
  made.dataset.id = item.id;
  made.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-do]");
    if (button instanceof HTMLElement && button.dataset.do) hands.act(button.dataset.do, item.id);
  });
  const [note, label] = [part(made, "textarea"), part(made, ".ts-item__note label")];
  note.id = `note-${item.id}`;
  label.htmlFor = note.id;
  note.addEventListener("input", () => hands.note(item.id, note.value));
  showNotes(made, item);
  return made;
}

/**
 * The note as it is kept, what is to be said of it, and whether there is another one beside it.
 * @param {HTMLElement | undefined} made
 * @param {Item} item
 * @param {string} [refused] that the device does not keep it
 */
export function showNotes(made, item, refused = "") {
  if (!made) return;
  const [note, other] = [part(made, "textarea"), part(made, ".ts-item__other")];
  if (note.value !== item.note) note.value = item.note;
  part(made, ".ts-item__note .ts-hint").textContent = refused + hint(item.note);
  part(made, ".ts-item__noted").textContent = item.note;
  note.rows = Math.min(6, Math.max(1, item.note.split("\n").length, Math.ceil(item.note.length / 24)));
  other.hidden = !item.other;
  other.querySelector("q").textContent = item.other ?? "";
}

/**
 * @param {HTMLElement} made
 * @param {Item} item
 * @param {RecordData | undefined} record undefined where there is none any more
 * @param {RecordData | undefined} instead what took its place
 * @param {Hands} hands
 */
export function fill(made, item, record, instead, hands) {
  const name = record?.name ?? item.name ?? item.id;
  for (const button of made.querySelectorAll(".ts-item__do button")) button.setAttribute("aria-label", `「${name}」を${button.textContent?.trim()}`);
  const heading = part(made, "h2");
  if (!record) {
    heading.textContent = name || item.id;
    part(made, ".ts-item__kind").textContent = "";
    const gone = hands.offline
      ? "いまは電波が届かず、この記録を出せません。電波の届くところで、もう一度開いてください。"
      : `この番号（${item.id}）の記録は、いまはのっていません。終わったか、番号がちがうかもしれません。`;
    show(part(made, ".ts-number"), gone);
    part(made, ".ts-number").hidden = false;
    return;
  }
  const link = element("a", { href: `${hands.base}r/${item.id}/` }, record.name);
  heading.replaceChildren(link, ...badgeNodes(record.badges, new Date()));
  part(made, ".ts-item__kind").textContent = [record.kind, record.place].filter(Boolean).join("・");
  part(made, ".ts-item__sentence").textContent = record.ended ? "" : (record.idea ?? record.sentence ?? "");
  reach(made, record);
  showEnded(made, record, instead, hands);
  const now = part(made, ".ts-now");
  if (record.opening && !now.dataset.opening) {
    now.dataset.opening = JSON.stringify(record.opening);
    void sayOpenNow(now).catch(() => undefined);
  }
  part(made, ".ts-item__paper").replaceChildren(...facts(record).map(([label, text]) => element("div", {}, element("dt", {}, label), element("dd", {}, text))));
}

/**
 * @param {HTMLElement} place
 * @param {string} text
 */
function show(place, text) {
  place.textContent = text;
  place.hidden = !text;
}

/**
 * @param {HTMLElement} made
 * @param {RecordData} record
 */
function reach(made, record) {
  const phone = phoneOf(record);
  const call = part(made, ".ts-call");
  call.hidden = !phone?.[1];
  if (phone?.[1]) {
    call.href = phone[1];
    part(call, ".ts-call__number").textContent = phone[0];
    part(call, ".ts-call__note").textContent = [phone[2], phone[3]].filter(Boolean).join(" ");
  }
  const words = phone && !phone[1] ? `電話 ${phone[0]}（見本の番号です。かかりません）` : phone ? "" : (record.reach?.[0] ?? "");
  show(part(made, ".ts-number"), words);
}

/**
 * @param {HTMLElement} made
 * @param {RecordData} record
 * @param {RecordData | undefined} instead
 * @param {Hands} hands
 */
function showEnded(made, record, instead, hands) {
  const ended = part(made, ".ts-item__ended");
  ended.hidden = !record.ended;
  if (!record.ended) return;
  ended.firstElementChild.textContent = instead ? `${record.ended}代わりに「${instead.name}」があります。` : record.ended;
  const [link, button] = [part(ended, "a"), part(ended, "button")];
  link.hidden = button.hidden = !instead;
  link.href = `${hands.base}r/${record.instead}/`;
  link.textContent = instead?.name ?? "";
  if (instead) button.setAttribute("aria-label", `「${record.name}」を「${instead.name}」に入れかえる`);
}

/**
 * What paper needs beside the number: when, where, what it costs, for whom, and how sure all this is.
 * @param {RecordData} record
 * @returns {[string, string][]}
 */
function facts(record) {
  const hours = [...(record.hours ?? []).map(([days, span, label]) => [label, days, span].filter(Boolean).join(" ")), ...(record.hours_notes ?? [])].join("\n");
  const [text, checked, due] = record.verified;
  const old = due && new Date() > new Date(day(due).getTime() + 86_400_000) ? `${ago(day(checked), new Date())}の情報です。使う前に電話で確かめてください` : "";
  /** @type {[string, string][]} */
  const all = [
    ["時間", record.ended ? "" : hours],
    ["場所", record.address ?? record.place ?? ""],
    ...["費用", "対象", "予約", "持ち物・書類"].map((label) => /** @type {[string, string]} */ ([label, fact(record, label)])),
    ["確認", [text, old].filter(Boolean).join("。")],
  ];
  return all.filter(([, words]) => words);
}
