// A record's page made from saved data, where the network is gone and the page itself was never opened. It stands at the
// record's own address and says what the page says, in the same order, with plainer means.

import { element } from "../../site/browser/dom.js";
import { badgeNodes, badgesAt } from "../../site/browser/hours.js";
import { sayOpenNow } from "../../site/browser/open_now.js";
import { recordsOf } from "./record_data.js";
import { ago, day } from "../../site/browser/site.js";

/** @typedef {import("./record_data.js").RecordData} RecordData */

/** @param {string} path */
export function idIn(path) {
  return /\/r\/([a-z0-9-]+)\/?$/.exec(path)?.[1] ?? "";
}

/**
 * @param {string} title
 * @param {...(Node | false | undefined | "")} parts nothing is shown where all are empty
 */
function section(title, ...parts) {
  return parts.some(Boolean) && element("section", {}, element("h2", {}, title), ...parts);
}

/** @param {string[] | undefined} lines */
const paragraphs = (lines) => (lines ?? []).map((line) => element("p", {}, line));

/** @param {RecordData} record */
function phones(record) {
  return (record.phones ?? []).map(([number, href, label, note, fax], at) => {
    const words = element("span", { class: "ts-call__words" }, element("span", { class: "ts-call__verb" }, "電話する", label && " ", label && element("span", { class: "ts-call__label" }, label)), " ", element("span", { class: "ts-call__number" }, number), note && " ", note && element("span", { class: "ts-call__note" }, note));
    if (href) return element("a", { class: `ts-call${at ? "" : " ts-call--big"}`, href }, words);
    const what = fax ? "FAX" : label || "電話";
    return element("p", { class: "ts-number" }, element("span", { class: "ts-call__label" }, what), " ", element("span", { class: "ts-call__number" }, number), !fax && " ", !fax && element("span", { class: "ts-quiet" }, "見本の番号です。かかりません。"));
  });
}

/** @param {[string, string][]} facts */
function list(facts) {
  return element("dl", { class: "ts-facts" }, ...facts.map(([label, text]) => element("div", {}, element("dt", {}, label), element("dd", {}, text))));
}

/** @param {RecordData} record */
function hours(record) {
  if (!record.hours?.length) return "";
  const rows = record.hours.map(([days, span, label]) => element("tr", {}, element("th", { scope: "row" }, days), element("td", {}, span, label && " ", label && element("span", { class: "ts-quiet" }, label))));
  return element("table", { class: "ts-hours" }, element("caption", { class: "ts-hidden" }, "時間"), element("tbody", {}, ...rows));
}

/**
 * The notice of a pause, which goes with its last day.
 * @param {RecordData} record
 * @returns {import("../../site/browser/hours.js").Badge[]}
 */
function pauses({ pause }) {
  if (!pause) return [];
  return pause[1] ? [pause] : [pause[0]];
}

/**
 * @param {RecordData} record
 * @param {RecordData | undefined} instead
 * @param {string} base
 */
function ended(record, instead, base) {
  if (!record.ended) return "";
  const other = instead && element("p", {}, "代わりに、", element("a", { href: `${base}r/${record.instead}/` }, instead.name), "があります。");
  return element("div", { class: "ts-notice ts-notice--strong" }, element("p", {}, record.ended), other);
}

/** @param {RecordData} record */
function verified(record) {
  const [text, checked, due] = record.verified;
  const old = due && new Date() > new Date(day(due).getTime() + 86_400_000);
  return element(
    "footer",
    { class: "ts-verified" },
    element("h2", {}, "確認と出典"),
    element("p", {}, text, old && " ", old && element("span", { class: "ts-old" }, `${ago(day(checked), new Date())}の情報です。使う前に電話で確かめてください`)),
    ...(record.sources ?? []).map((source) => element("p", { class: "ts-quiet" }, `出典：${source}`)),
  );
}

/**
 * @param {RecordData} record
 * @param {RecordData | undefined} instead
 * @param {string} base
 */
export function article(record, instead, base) {
  const now = element("p", { class: "ts-now", hidden: true, "data-base": base, "data-opening": record.opening ? JSON.stringify(record.opening) : "" }, element("span", {}));
  if (record.opening) void sayOpenNow(now).catch(() => undefined);
  const [alert, , until] = record.alert && new Date() <= new Date(day(record.alert[1]).getTime() + 86_400_000) ? record.alert : ["", "", ""];
  return element(
    "article",
    { class: "ts-record" },
    element("header", { class: "ts-record__head" },
      element("p", { class: "ts-card__facts" }, ...(record.levels ?? []).map((level) => element("span", { class: "ts-badge" }, level)), element("span", {}, record.kind)),
      element("h1", {}, record.name, ...badgeNodes(record.badges, new Date())),
      record.reading && element("p", { class: "ts-reading" }, record.reading),
      record.sentence && element("p", { class: "ts-sentence" }, record.sentence)),
    ended(record, instead, base),
    ...badgesAt(pauses(record), new Date()).map((text) => element("p", { class: "ts-notice ts-notice--strong" }, text)),
    record.idea && element("p", { class: "ts-notice" }, record.idea),
    alert && element("p", { class: "ts-notice ts-notice--strong" }, `${alert}（${until}まで）`),
    element("section", { class: "ts-reach", "aria-label": "連絡先" }, ...phones(record), record.opening && now, ...(record.reach ?? []).map((text) => element("p", { class: "ts-number" }, text))),
    record.helpful && element("section", { class: "ts-kindness" }, element("h2", {}, "この店・この会ならでは"), element("p", {}, record.helpful)),
    section("時間", hours(record), ...paragraphs(record.hours_notes)),
    section("使う前に", record.facts && list(record.facts)),
    section("くわしく", ...paragraphs(record.about)),
    section("使うには", record.steps && element("ol", { class: "ts-steps" }, ...record.steps.map((step) => element("li", {}, step)))),
    section("ウェブサイト・問い合わせ", record.links && element("ul", { class: "ts-plainlist" }, ...record.links.map(([label, address]) => element("li", {}, element("a", { href: address, rel: "noopener" }, label))))),
    record.tips && element("details", { class: "ts-tips" }, element("summary", {}, "つなぎ方（専門職の方へ）"), element("p", {}, record.tips)),
    section("場所", record.address && element("p", { class: "ts-address" }, record.address), record.directions && element("p", {}, record.directions), record.areas && element("p", {}, `対象の地域：${record.areas.join("、")}`)),
    verified(record),
  );
}

/** @param {HTMLElement} holder */
export async function showSaved(holder) {
  const { base = "", files } = holder.dataset;
  const id = idIn(location.pathname);
  const said = /** @type {HTMLElement} */ (holder.querySelector("[role=status]"));
  if (!id) return;
  try {
    const found = (await recordsOf([id], Number(files), base)).get(id);
    const instead = found?.instead ? (await recordsOf([found.instead], Number(files), base)).get(found.instead) : undefined;
    if (found) {
      document.title = `${found.name}｜${document.title.split("｜").pop()}`;
      holder.replaceWith(article(found, instead, base));
    } else {
      said.textContent = "この記録は保存されていません。新しくのったものか、もうのっていないものです。電波の届くところで、もう一度開いてください。";
    }
  } catch {
    said.textContent = "いまは出せません。電波の届くところで、もう一度開いてください。";
  }
}
