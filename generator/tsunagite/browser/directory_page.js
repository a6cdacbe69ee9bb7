// What the directory shows for an address: cards, map, facets with their counts, notes, and the ways on where nothing is found.
// Each result is an element with data-id, in the order shown; the list has data-total.

import { addressOf, askedIn, asksSomething, withChoice } from "./chosen.js";
import { districtsOf, readFacets, readPoints } from "./facet_columns.js";
import { TITLES, valueWords } from "./facet_words.js";
import { MAYBE, Narrowing } from "./facets.js";
import { inJapan, isoDay } from "./hours.js";
import { around, metresFrom } from "./near.js";
import { card, opens } from "./result_card.js";
import { howFound, waysOn, withoutFacet } from "./result_notes.js";
import { reasons, search } from "./search_query.js";

/** @typedef {import("./chosen.js").Asked} Asked */
/** @typedef {import("./facet_columns.js").Facets} Facets */
/** @typedef {import("./facet_columns.js").Points} Points */
/** @typedef {import("./facets.js").Narrowed} Narrowed */
/** @typedef {import("./near_panel.js").Start} Start */
/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_query.js").Found} Found */
/**
 * What is shown: what was asked, what the words found, what the facets left of it, and from where it is measured.
 * @typedef {{asked: Asked, found: Found, narrowed: Narrowed, documents: number[], narrowing: Narrowing, start: Start | null, metres: Float64Array | null}} Shown
 */

const FIRST = 10;
const STEP = 20;
const AROUND = 4;
const SIDE_BY_SIDE = "(min-width: 1200px)";
const BESIDE = "(min-width: 900px)";

/**
 * @param {string} selector
 * @returns {any}
 */
const one = (selector) => document.querySelector(selector);

/** @type {Map<string, Promise<any>>} */
const files = new Map();

/**
 * @param {string} path
 * @param {(written: any) => any} read
 */
function file(path, read) {
  const base = one("#directory").dataset.base;
  let found = files.get(path);
  if (!found) {
    found = fetch(base + path).then(async (answer) => {
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return read(await answer.json());
    });
    found.catch(() => files.delete(path));
    files.set(path, found);
  }
  return found;
}

export const loadFacets = /** @type {() => Promise<Facets>} */ (() => file("search/facets.json", readFacets));
export const loadPoints = /** @type {() => Promise<Points>} */ (() => file("search/points.json", readPoints));

/** @type {{query: string, found: Promise<Found>} | null} */
let searched = null;

/**
 * What words find; the last search is kept, for facets that narrow it.
 * @param {SearchIndex} index
 * @param {string} query
 * @returns {Promise<Found>}
 */
export function foundBy(index, query) {
  if (searched?.query !== query) {
    const found = search(index, query);
    found.catch(() => (searched = null));
    searched = { query, found };
  }
  return searched.found;
}

export class DirectoryPage {
  /**
   * @param {SearchIndex} index
   * @param {Facets} facets
   */
  constructor(index, facets) {
    this.base = one("#directory").dataset.base;
    this.section = one("#found");
    this.index = index;
    this.facets = facets;
    /** @type {Shown | null} */
    this.shown = null;
    this.turn = 0;
    this.session = false; // one visit to the sheet is one step of the history
    /** @type {import("./facet_panel.js").FacetPanel | null} */
    this.panel = null;
    this.all = Array.from({ length: facets.count }, (_, number) => number);
  }

  /**
   * @param {Asked} asked
   * @param {boolean} [instead] of the present address
   */
  go(asked, instead = false) {
    const address = addressOf(asked);
    history[instead ? "replaceState" : "pushState"](null, "", address ? `?${address}` : location.pathname);
    this.session = one("#sheet").open;
    return this.show();
  }

  /** @param {string} query */
  words(query) {
    return query ? foundBy(this.index, query) : Promise.resolve(/** @type {Found} */ ({ documents: this.all, words: [], cut: [], meant: "", dropped: "", used: [], marks: [], matches: [] }));
  }

  /** Holidays of today; null where this site was built too long ago to know them. */
  knownHolidays() {
    const { until, days } = this.facets.holidays;
    return isoDay(Math.floor(inJapan(new Date()) / 1440)) <= until ? days : null;
  }

  /** Shows what the address asks for. */
  async show() {
    const mine = (this.turn += 1);
    const asked = askedIn(location.search);
    const input = one("#q");
    if (asked.query || mine > 1) input.value = asked.query; // what was typed before the script came stays
    keepForm(asked);
    const [found, start] = await Promise.all([this.words(asked.query), this.start(asked.near)]);
    const metres = start ? metresFrom(await loadPoints(), start.lat, start.lng) : null;
    const narrowing = new Narrowing(this.facets, { moment: new Date(), holidays: this.knownHolidays(), metres });
    const narrowed = narrowing.decide(found.documents, asked.chosen);
    const sort = asked.sort || (start ? "near" : "relevance");
    const documents = await this.order(narrowed.found, sort, metres);
    if (mine !== this.turn) return;
    this.shown = { asked, found, narrowed, documents, narrowing, start, metres };
    this.panel?.update(asked, narrowing, narrowed);
    this.frame(sort);
    if (this.asks()) {
      await this.list(mine);
    } else {
      this.section.hidden = true;
      delete this.section.dataset.total;
    }
    if (mine === this.turn) await this.map();
  }

  /** Whether a list is asked for; "near" alone asks for none before the place is known. */
  asks() {
    const { asked, start } = /** @type {Shown} */ (this.shown);
    return asksSomething({ ...asked, near: start ? asked.near : "" });
  }

  /**
   * Everything around the cards.
   * @param {string} sort
   */
  frame(sort) {
    const { asked, start, documents } = /** @type {Shown} */ (this.shown);
    const chosen = Object.values(asked.chosen).flat().length;
    one(".ts-ways__count").textContent = chosen ? ` ${chosen}` : "";
    one("[data-way=open]").setAttribute("aria-pressed", String(asked.chosen.open?.[0] === "now"));
    one("[data-sheet=show]").textContent = `${documents.length}件を見る`;
    one("[data-sheet=clear]").disabled = !chosen;
    if (asked.near && !start) openNear(true);
    const orders = [["relevance", asked.query ? "合う順" : "種類の順"], ...(start ? [["near", "近い順"]] : []), ["kana", "五十音順"], ["verified", "確認の新しい順"]];
    const select = one(".ts-sort select");
    select.replaceChildren(...orders.map(([value, words]) => Object.assign(document.createElement("option"), { value, textContent: words, selected: value === sort })));
  }

  /**
   * A card for a document.
   * @param {import("./search_index.js").Row} row
   * @param {number} document
   * @param {boolean} maybe
   */
  card(row, document, maybe) {
    const { asked, found, narrowed, metres } = /** @type {Shown} */ (this.shown);
    const { table, of } = this.facets.columns.hours;
    const opening = document < this.facets.count ? table[of[document]] : null;
    const why = asked.query ? reasons(this.index, found, document).flatMap(({ reason }) => (reason ? [reason] : [])) : [];
    const unknown = maybe ? narrowed.names.filter((_, facet) => narrowed.states[facet](document) === MAYBE).map((name) => TITLES[name]) : [];
    const extras = { document, opening, metres: metres?.[document] ?? null, why, unknown };
    return card(this.index, row, found.marks, this.base, extras, opens(opening, asked.chosen.open?.[0] ?? "", new Date(), this.knownHolidays()));
  }

  /** @param {number} mine */
  async list(mine) {
    const { asked, found, documents } = /** @type {Shown} */ (this.shown);
    const { section } = this;
    const [list, uncertain] = section.querySelectorAll("ol");
    const first = await this.index.rows(documents.slice(0, FIRST));
    if (mine !== this.turn) return;
    list.replaceChildren(...first.map((row, at) => this.card(row, documents[at], false)));
    this.offerMore(list, documents, false, section.querySelector(".ts-found__more button"));
    await this.uncertain(mine, uncertain);
    if (mine !== this.turn) return;
    const words = this.conditions();
    this.filters(words);
    const total = documents.length;
    const notes = howFound(found, asked.query);
    if (!total && (found.documents.length || Object.keys(asked.chosen).length)) notes.push(...(await this.advice()));
    if (mine !== this.turn) return;
    section.querySelector(".ts-found__notes").replaceChildren(...notes);
    one("#found-title").textContent = total ? `${total}件` : "見つかりませんでした";
    one("#found-said").textContent = total ? `${total}件見つかりました。` : "見つかりませんでした。";
    one(".ts-sort").hidden = section.querySelector(".ts-found__take").hidden = !total;
    const day = new Date().toLocaleString("ja-JP", { timeZone: "Asia/Tokyo", dateStyle: "long", timeStyle: "short" });
    section.querySelector(".ts-found__asked").textContent = `${[asked.query && `「${asked.query}」`, ...words.map(({ label }) => label)].filter(Boolean).join("・")}（${day}の時点）`;
    document.title = [...[asked.query, ...words.map(({ label }) => label)].filter(Boolean), document.title.split("｜").slice(-2).join("｜")].join("｜");
    list.dataset.total = section.dataset.total = String(total);
    section.hidden = false;
  }

  /**
   * @param {HTMLElement} list
   * @param {number[]} documents
   * @param {boolean} maybe
   * @param {HTMLButtonElement} button
   */
  offerMore(list, documents, maybe, button) {
    const mine = this.turn;
    button.hidden = list.childElementCount >= documents.length;
    button.onclick = async () => {
      const from = list.childElementCount;
      await this.fill(list, documents, maybe, from + STEP);
      if (mine !== this.turn) return;
      button.hidden = list.childElementCount >= documents.length;
      /** @type {HTMLElement | null} */ (list.children[from]?.querySelector("a"))?.focus();
    };
  }

  /**
   * @param {HTMLElement} list
   * @param {number[]} documents
   * @param {boolean} maybe
   * @param {number} until how many cards shall stand there
   */
  async fill(list, documents, maybe, until) {
    const mine = this.turn;
    const next = documents.slice(list.childElementCount, until);
    const rows = await this.index.rows(next);
    if (mine !== this.turn) return;
    list.append(...rows.map((row, at) => this.card(row, next[at], maybe)));
  }

  /**
   * What might satisfy everything, were it known: apart, and never counted.
   * @param {number} mine
   * @param {HTMLElement} list
   */
  async uncertain(mine, list) {
    const { asked, narrowed, metres } = /** @type {Shown} */ (this.shown);
    const holder = this.section.querySelector(".ts-found__maybe");
    holder.hidden = !narrowed.maybe.length;
    if (holder.hidden) return;
    const unknown = narrowed.names.filter((_, facet) => narrowed.maybe.some((record) => narrowed.states[facet](record) === MAYBE));
    holder.querySelector("h3").textContent = `${unknown.map((name) => TITLES[name]).join("・")}がわからないもの ${narrowed.maybe.length}件`;
    holder.querySelector("p").textContent = "合うかもしれませんが、書かれていません。電話で確かめてください。";
    const [button, more] = holder.querySelectorAll("button");
    button.textContent = asked.maybe ? "しまう" : "出す";
    button.onclick = () => this.go({ ...asked, maybe: !asked.maybe });
    const documents = await this.order(narrowed.maybe, asked.sort || (metres ? "near" : "relevance"), metres);
    if (mine !== this.turn) return;
    list.replaceChildren();
    more.hidden = true;
    if (!asked.maybe) return;
    const rows = await this.index.rows(documents.slice(0, FIRST));
    if (mine !== this.turn) return;
    list.replaceChildren(...rows.map((row, at) => this.card(row, documents[at], true)));
    this.offerMore(list, documents, true, more);
  }

  /**
   * Everything that narrows, in words, each with the search that lets it go.
   * @returns {{label: string, less: Asked}[]}
   */
  conditions() {
    const { asked, start } = /** @type {Shown} */ (this.shown);
    const found = Object.entries(asked.chosen).flatMap(([name, values]) =>
      values.map((value) => ({ label: valueWords(this.facets, name, value), less: withChoice(asked, name, values.filter((other) => other !== value)) })),
    );
    if (start) found.unshift({ label: `${start.label}の近く`, less: { ...withChoice(asked, "walk", []), near: "", sort: asked.sort === "near" ? "" : asked.sort } });
    return found;
  }

  /** @param {{label: string, less: Asked}[]} conditions */
  filters(conditions) {
    const chips = conditions.map(({ label, less }) => {
      const chip = Object.assign(document.createElement("a"), { className: "ts-chip", href: `?${addressOf(less)}`, textContent: `${label} ×` });
      chip.setAttribute("aria-label", `「${label}」のしぼりこみをやめる`);
      const item = document.createElement("li");
      item.append(chip);
      return item;
    });
    const list = one(".ts-found__filters");
    list.replaceChildren(...chips);
    list.hidden = !chips.length;
  }

  /** Which filter to drop, and what that gives; areas around; the contact finder. */
  async advice() {
    const { asked, narrowed, narrowing } = /** @type {Shown} */ (this.shown);
    const words = (/** @type {string} */ name) => (name === "kind" ? [...(asked.chosen.group ?? []).map((value) => valueWords(this.facets, "group", value)), ...(asked.chosen.kind ?? []).map((value) => valueWords(this.facets, "kind", value))] : asked.chosen[name].map((value) => valueWords(this.facets, name, value))).join("・");
    const ways = narrowed.names.flatMap((name, facet) => (narrowed.without[facet] ? [{ label: `「${words(name)}」を外す`, count: narrowed.without[facet], asked: withoutFacet(asked, name) }] : []));
    if (asked.query) {
      const count = narrowing.decide(this.all, asked.chosen).found.length;
      if (count) ways.push({ label: `ことば「${asked.query}」を外す`, count, asked: { ...asked, query: "" } });
    }
    return waysOn(ways, await this.areasAround(), one("#directory").dataset.contact ?? "");
  }

  async areasAround() {
    const { asked, narrowed, narrowing } = /** @type {Shown} */ (this.shown);
    const value = asked.chosen.area?.[0];
    if (!value) return [];
    const { area, way } = narrowing.areaOf(value);
    if (area < 0) return [];
    const numbers = districtsOf(this.facets).map((one) => this.facets.values.area.indexOf(one));
    const near = around(await loadPoints(), area, numbers);
    const [id, label] = this.facets.values.area[area];
    const wider = way ? 0 : narrowing.counts(narrowed, "area", [[`${id}-for`]])[0];
    const widerWay = wider ? [{ label: `${label}の人が使えるもの（市全体のものも）`, count: wider, asked: withChoice(asked, "area", [`${id}-for`]) }] : [];
    const values = near.map((other) => this.facets.values.area[other][0] + (way && `-${way}`));
    const counts = narrowing.counts(narrowed, "area", values.map((one) => [one]));
    return [...widerWay, ...values.flatMap((one, at) => (counts[at] ? [{ label: this.facets.values.area[near[at]][1], count: counts[at], asked: withChoice(asked, "area", [one]) }] : [])).slice(0, AROUND)];
  }

  /** Which of list and map stands there, and the map where it does. */
  async map() {
    const { asked, documents, start } = /** @type {Shown} */ (this.shown);
    const [section, holder] = [one(".ts-resultmap"), one("#directory")];
    const wide = matchMedia(SIDE_BY_SIDE).matches;
    const any = this.asks() && documents.length > 0;
    const shows = any && (wide ? asked.view !== "list" : asked.view === "map");
    holder.dataset.view = shows ? (wide ? "both" : "map") : "list";
    const [toMap, toList] = document.querySelectorAll(".ts-view");
    [/** @type {any} */ (toMap).hidden, /** @type {any} */ (toList).hidden] = [!any || shows, !any || !shows];
    say(toMap, `地図（${documents.length}件）`);
    say(toList, wide ? "地図をしまう" : `一覧（${documents.length}件）`);
    section.hidden = !shows;
    if (!shows) return;
    const { showMap } = await import("./result_map.js");
    const kind = this.facets.columns.kind;
    const name = (/** @type {number} */ record) => this.facets.values.kind[kind.table[kind.of[record]]][1];
    await showMap(section, { index: this.index, points: await loadPoints(), name, said: holder.dataset }, documents, start ? [start.lat, start.lng] : null);
  }

  /**
   * Where "near" starts.
   * @param {string} near
   * @returns {Promise<Start | null>}
   */
  async start(near) {
    if (!near) return null;
    const { startOf } = await import("./near_panel.js");
    return startOf(near, this.facets, loadPoints, this.base);
  }

  /**
   * @param {number[]} documents
   * @param {string} sort
   * @param {Float64Array | null} metres
   */
  async order(documents, sort, metres) {
    if (sort === "relevance") return documents;
    const { ordered } = await import("./result_order.js");
    return ordered(documents, sort, this.facets, metres);
  }

  /** The facets as a form: beside the list where there is room, else in the sheet, where they are not made before it opens. */
  async place() {
    const beside = matchMedia(BESIDE).matches;
    const sheet = one("#sheet");
    if (beside && sheet.open) sheet.close();
    if (!this.panel) {
      if (!beside && !sheet.open) return;
      const { FacetPanel } = await import("./facet_panel.js");
      this.panel ??= new FacetPanel(this.facets, (asked) => this.go(asked, this.session));
      if (this.shown) this.panel.update(this.shown.asked, this.shown.narrowing, this.shown.narrowed);
    }
    const aside = one(".ts-facets");
    (beside ? aside : one(".ts-sheet__body")).append(this.panel.form);
    aside.hidden = !beside;
  }
}

/**
 * A new word keeps everything else: it goes with the form, also where the form is sent without us.
 * @param {Asked} asked
 */
function keepForm(asked) {
  const form = one(".ts-page .ts-search");
  for (const old of form.querySelectorAll("input[type=hidden]")) old.remove();
  for (const [name, value] of new URLSearchParams(addressOf({ ...asked, query: "" }))) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
}

/**
 * @param {Element} button
 * @param {string} words
 */
function say(button, words) {
  const span = button.querySelector("span");
  if (span) span.textContent = words;
}

/** @param {boolean} open */
export function openNear(open) {
  one("#near").hidden = !open;
  one("[data-way=near]").setAttribute("aria-expanded", String(open));
}
