// The list in a frame of another site: what its address asks for (q, area, kind, group). Nothing is stored on the device.
// The window around the frame is told how high the list is: {tsunagite: "height", height} (embed_host.js).

import { active, addressOf, askedIn, asksSomething } from "../../search/browser/chosen.js";
import { DirectoryFiles } from "../../search/browser/directory_files.js";
import { Narrowing } from "../../search/browser/facets.js";
import { valueWords } from "../../search/browser/facet_words.js";
import { kindWords, openIndex } from "../../search/browser/search_index.js";
import { search } from "../../search/browser/search_query.js";
import { badgesAt } from "../../site/browser/hours.js";

/** @typedef {import("../../search/browser/search_index.js").Row} Row */
/** @typedef {import("../../search/browser/facet_columns.js").Facets} Facets */

const STEP = 20;
const { base = "../", sensitive = "", secret = "" } = document.body.dataset;

/**
 * @param {string} selector
 * @returns {any}
 */
const one = (selector) => document.querySelector(selector);

/**
 * What an address asks for that no record of this site has: an id that was renamed, or written wrongly by who put the list there.
 * @param {Facets} facets
 * @param {import("../../search/browser/chosen.js").Chosen} chosen
 */
function unknownIn(facets, chosen) {
  return Object.entries(chosen).flatMap(([name, values]) => {
    const known = facets.values[name];
    return known ? values.filter((value) => !known.some(([id]) => id === value || value.replace(/-(?:in|for)$/u, "") === id)).map((value) => `${name}=${value}`) : [];
  });
}

/** Tells the window around the frame how high the list is. */
function tellHeight() {
  if (parent !== window) parent.postMessage({ tsunagite: "height", height: Math.ceil(document.documentElement.getBoundingClientRect().height) }, "*");
}

/**
 * Whether a record may stand in a frame: not one whose page can be left at once, for here there is no button to leave.
 * @param {Facets} facets
 * @returns {(record: number) => boolean}
 */
function shownInFrames({ values, columns: { need, kind } }) {
  const delicate = new Set(sensitive.split(" ").filter(Boolean));
  const hidden = new Set(secret.split(" ").filter(Boolean));
  const alone = need.table.map((needs) => Boolean(needs?.length) && needs.every((its) => delicate.has(values.need[its][0])));
  const kinds = kind.table.map((its) => hidden.has(values.kind[its]?.[0] ?? ""));
  return (record) => !alone[need.of[record]] && !kinds[kind.of[record]];
}

/**
 * One record: its name leads to its page in a new window.
 * @param {import("../../search/browser/search_index.js").Meta} meta
 * @param {Row} row
 */
function item(meta, row) {
  const [id, , name, , sentence, kind, , place, phone, badges] = row;
  const element = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: `${base}r/${id}/`, target: "_blank", rel: "noopener", textContent: name });
  element.append(link);
  for (const words of badgesAt(badges, new Date())) element.append(text("span", "badge", words));
  if (sentence) element.append(text("p", "", sentence));
  element.append(text("p", "quiet", [kindWords(meta, kind), place].filter(Boolean).join("・")));
  if (phone[1]) {
    const call = Object.assign(document.createElement("a"), { href: phone[1], textContent: `電話 ${phone[0]}` });
    call.setAttribute("aria-label", `${name}に電話する ${phone[0]}`);
    element.append(call);
  } else if (phone[0]) element.append(text("p", "quiet", `電話 ${phone[0]}`));
  return element;
}

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} textContent
 */
function text(tag, className, textContent) {
  return Object.assign(document.createElement(tag), { className, textContent });
}

async function show() {
  const asked = askedIn(location.search);
  const said = one("#said");
  if (!asksSomething({ ...asked, near: "" })) {
    said.textContent = "何を出すかが、アドレスに書かれていません（q、area、kind、group のどれか）。";
    return;
  }
  said.textContent = "読みこんでいます。";
  const files = new DirectoryFiles(base);
  const names = active(asked.chosen);
  const [index, facets] = await Promise.all([openIndex(base), files.facets(names)]);
  const { meta } = index;
  const all = Array.from({ length: meta.records }, (_, number) => number);
  const found = asked.query ? (await search(index, asked.query)).documents.filter((document) => document < meta.records) : all;
  const narrowing = new Narrowing(facets, { moment: new Date(), holidays: null, metres: null });
  const left = names.length ? narrowing.decide(found, asked.chosen).found : found;
  const documents = left.filter(shownInFrames(facets));
  const words = [...(asked.query ? [`「${asked.query}」`] : []), ...Object.entries(asked.chosen).flatMap(([name, values]) => values.map((value) => valueWords(facets, name, value)))];
  one("#title").textContent = document.title = words.join("・");
  one("#all").href = `${base}search/?${addressOf(asked)}`;
  const list = one("#list");
  const more = one("#more");
  const add = async () => {
    const from = list.childElementCount;
    const next = documents.slice(from, from + STEP);
    list.append(...(await index.rows(next)).map((row) => item(meta, row)));
    more.hidden = list.childElementCount >= documents.length;
    return list.children[from]?.querySelector("a");
  };
  await add();
  more.addEventListener("click", async () => (await add())?.focus());
  const unknown = unknownIn(facets, asked.chosen);
  const reason = unknown.length ? `${unknown.map((one) => `「${one}」`).join("")}の記録は、いまこのサイトにありません。` : "";
  said.textContent = documents.length ? `${documents.length}件` : `ありません。${reason}`;
}

one("#needs").remove();
new ResizeObserver(tellHeight).observe(document.body);
show().catch((problem) => {
  one("#said").textContent = "いまは出せません。下のリンクから見てください。";
  if (navigator.onLine) throw problem;
});
