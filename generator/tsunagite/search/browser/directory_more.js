// What the directory needs now and then: records that might fit, and the ways on where nothing is found. Loaded then.

import { addressOf, askedIn, withChoice } from "./chosen.js";
import { districtsOf } from "./facet_columns.js";
import { TITLES, valueWords } from "./facet_words.js";
import { MAYBE } from "./facets.js";
import { around } from "./near.js";
import { line } from "./result_notes.js";

/** @typedef {import("./chosen.js").Asked} Asked */
/** @typedef {import("./directory_page.js").DirectoryPage} DirectoryPage */
/** @typedef {import("./directory_page.js").Shown} Shown */
/** @typedef {{label: string, count: number, asked: Asked}} Way a search that would find something */

const FIRST = 10;
const AROUND = 4;
const CENTRE = "地域包括支援センター";

/**
 * What might satisfy everything, were it known: apart, and never counted.
 * @param {DirectoryPage} page
 * @param {number} mine
 */
export async function uncertain(page, mine) {
  const { asked, narrowed, metres } = /** @type {Shown} */ (page.shown);
  const holder = page.section.querySelector(".ts-found__maybe");
  const list = holder.querySelector("ol");
  const names = narrowed.names.filter((_, facet) => narrowed.maybe.some((record) => narrowed.states[facet](record) === MAYBE));
  holder.querySelector("h3").textContent = `${names.map((name) => TITLES[name]).join("・")}がわからないもの ${narrowed.maybe.length}件`;
  holder.querySelector("p").textContent = "合うかもしれませんが、書かれていません。電話で確かめてください。";
  const [button, more] = holder.querySelectorAll("button");
  button.textContent = asked.maybe ? "しまう" : "出す";
  button.onclick = () => page.go({ ...asked, maybe: !asked.maybe });
  holder.hidden = !narrowed.maybe.length; // only now does it say something
  const documents = await page.order(narrowed.maybe, asked.sort || (metres ? "near" : "relevance"), metres);
  if (mine !== page.turn) return;
  list.replaceChildren();
  more.hidden = true;
  if (!asked.maybe) return;
  const unknown = (/** @type {number} */ document) => narrowed.names.filter((_, facet) => narrowed.states[facet](document) === MAYBE).map((name) => TITLES[name]);
  await page.fill(list, documents, FIRST, unknown);
  if (mine === page.turn) page.offerMore(list, documents, more, unknown);
}

/**
 * Which filter to drop, and what that gives; areas around; the contact finder.
 * @param {DirectoryPage} page
 * @returns {Promise<HTMLElement[]>}
 */
export async function advice(page) {
  const { asked, found, narrowed, narrowing, facets } = /** @type {Shown} */ (page.shown);
  const contact = document.querySelector("#directory")?.getAttribute("data-contact") ?? "";
  if (!narrowing || !facets || !(found.documents.length || Object.keys(asked.chosen).length)) return whomToAsk(contact);
  const named = (/** @type {string} */ facet) => (asked.chosen[facet] ?? []).map((value) => valueWords(facets, facet, value));
  const words = (/** @type {string} */ name) => (name === "kind" ? [...named("group"), ...named("kind")] : named(name)).join("・");
  const ways = narrowed.names.flatMap((name, facet) => (narrowed.without[facet] ? [{ label: `「${words(name)}」を外す`, count: narrowed.without[facet], asked: withoutFacet(asked, name) }] : []));
  if (asked.query) {
    const count = narrowing.decide(page.all, asked.chosen).found.length;
    if (count) ways.push({ label: `ことば「${asked.query}」を外す`, count, asked: { ...asked, query: "" } });
  }
  return waysOn(ways, await areasAround(page), contact);
}

/**
 * @param {DirectoryPage} page
 * @returns {Promise<Way[]>}
 */
async function areasAround(page) {
  const { asked, narrowed, narrowing, facets } = /** @type {Shown} */ (page.shown);
  const value = asked.chosen.area?.[0];
  if (!value || !narrowing || !facets) return [];
  const { area, way } = narrowing.areaOf(value);
  if (area < 0) return [];
  const numbers = districtsOf(facets).map((one) => facets.values.area.indexOf(one));
  const near = around(await page.files.points(), area, numbers);
  const [id, label] = facets.values.area[area];
  const wider = way ? 0 : narrowing.counts(narrowed, "area", [[`${id}-for`]])[0];
  const widerWay = wider ? [{ label: `${label}の人が使えるもの（市全体のものも）`, count: wider, asked: withChoice(asked, "area", [`${id}-for`]) }] : [];
  const values = near.map((other) => facets.values.area[other][0] + (way && `-${way}`));
  const counts = narrowing.counts(narrowed, "area", values.map((one) => [one]));
  return [...widerWay, ...values.flatMap((one, at) => (counts[at] ? [{ label: facets.values.area[near[at]][1], count: counts[at], asked: withChoice(asked, "area", [one]) }] : [])).slice(0, AROUND)];
}

/**
 * The ways on where the filters leave nothing: which of them to drop and what that gives, then areas around.
 * @param {Way[]} ways
 * @param {Way[]} areas
 * @param {string} contact address of the contact finder, or ""
 * @returns {HTMLElement[]}
 */
function waysOn(ways, areas, contact) {
  const parts = [];
  if (ways.length) parts.push(line("条件を一つ外すと、見つかります。"), list(ways));
  if (areas.length) parts.push(line("地域を広げると、見つかります。"), list(areas));
  if (!ways.length && !areas.length) parts.push(line("条件を一つ外しても見つかりません。「すべて外す」で、はじめからさがせます。"));
  return [...parts, ...whomToAsk(contact)];
}

/**
 * Whom to ask where nothing is found: the windows of one's own town, and the centres that know them all.
 * @param {string} contact address of the contact finder, or ""
 * @returns {HTMLElement[]}
 */
function whomToAsk(contact) {
  const link = (/** @type {string} */ href, /** @type {string} */ textContent) => Object.assign(document.createElement("a"), { href, textContent });
  const last = line("見つからないことも、電話で聞けます。");
  const centres = link(`?${addressOf({ ...askedIn(""), query: CENTRE })}`, CENTRE);
  if (contact) last.append(link(contact, "わたしの窓口をさがす"), "（町を選ぶと、担当の窓口と電話が出ます）・");
  last.append(centres, "（高齢の人のことなら、どこからでも）");
  return [last];
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
function withoutFacet(asked, name) {
  const less = withChoice(asked, name, []);
  return name === "kind" ? withChoice(less, "group", []) : less;
}
