// What the directory shows for an address: cards, map, facets with their counts, notes, and the ways on where nothing is found.
// Each result is an element with data-id, in the order shown; the list has data-total.

import { active, addressOf, askedIn, asksSomething, withChoice } from "./chosen.js";
import { COUNTED, DirectoryFiles } from "./directory_files.js";
import { offerHelp } from "./emergency_signs.js";
import { holidaysAt } from "../../site/browser/hours.js";
import { card, opens } from "./result_card.js";
import { goBackTo, keptPlace } from "../../site/browser/place.js";
import { howFound } from "./result_notes.js";
import { reasons, search } from "./search_query.js";

/** @typedef {import("./chosen.js").Asked} Asked */
/** @typedef {import("./facet_columns.js").Facets} Facets */
/** @typedef {import("./facets.js").Narrowed} Narrowed */
/** @typedef {import("./facets.js").Narrowing} Narrowing */
/** @typedef {import("./near_panel.js").Start} Start */
/** @typedef {import("./result_lift.js").Lift} Lift */
/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_query.js").Found} Found */
/**
 * What is shown: what was asked, what the words found, what the facets left of it, and from where it is measured.
 * `lift`: what puts records before their equals, null where nothing does. `narrowing` and `facets` are null where nothing was chosen and nothing counts: then no column was fetched.
 * @typedef {{asked: Asked, found: Found, narrowed: Narrowed, documents: number[], narrowing: Narrowing | null, facets: Facets | null, start: Start | null, metres: Float64Array | null, far: (document: number) => string, lift: Lift | null}} Shown
 */

const FIRST = 10;
const STEP = 20;
const MOST_AGAIN = 500; // cards that stand there at once for somebody who comes back
const SIDE_BY_SIDE = "(min-width: 1200px)";
const BESIDE = "(min-width: 900px)";

/**
 * @param {string} selector
 * @returns {any}
 */
const one = (selector) => document.querySelector(selector);

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
   * @param {DirectoryFiles} files
   */
  constructor(index, files) {
    this.base = files.base;
    this.section = one("#found");
    this.index = index;
    this.files = files;
    /** @type {Shown | null} */
    this.shown = null;
    this.turn = 0;
    this.listed = -1; // the turn whose results stand there
    /** How far somebody had read who comes back; `shown`: how many cards stood there. */
    this.read = keptPlace();
    this.session = false; // one visit to the sheet is one step of the history
    /** @type {import("./facet_panel.js").FacetPanel | null} */
    this.panel = null;
    this.all = Array.from({ length: index.meta.records }, (_, number) => number);
  }

  /** Whether what is asked for now stands there: its map and its facets may still be on their way. */
  get stands() {
    return this.listed === this.turn;
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
    return query ? foundBy(this.index, query) : Promise.resolve(/** @type {Found} */ ({ documents: this.all, words: [], cut: [], meant: "", dropped: "", used: [], marks: [], matches: [], whole: 0, without: "" }));
  }

  /** Holidays of today; null where nobody can tell whether a place is open today. */
  knownHolidays() {
    return holidaysAt(this.index.meta.holidays, new Date());
  }

  /**
   * What the facets leave of some documents.
   * @param {Asked} asked
   * @param {number[]} documents
   * @param {Float64Array | null} metres
   * @returns {Promise<Pick<Shown, "narrowing" | "narrowed" | "facets">>}
   */
  async narrow(asked, documents, metres) {
    const names = active(asked.chosen);
    if (!names.length && !this.panel) return { narrowing: null, facets: null, narrowed: { found: documents, maybe: [], names, states: [], without: [], documents, missing: new Uint32Array() } };
    const [{ Narrowing }, facets] = await Promise.all([import("./facets.js"), this.files.facets(this.panel ? [...names, ...COUNTED] : names)]);
    const narrowing = new Narrowing(facets, { moment: new Date(), holidays: this.knownHolidays(), metres });
    return { narrowing, facets, narrowed: narrowing.decide(documents, asked.chosen) };
  }

  /**
   * Metres from a start to every record, and how that is said.
   * @param {Start | null} start
   */
  async distances(start) {
    if (!start) return { metres: null, far: () => "" };
    const [{ metresFrom, walking }, points] = await Promise.all([import("./near.js"), this.files.points()]);
    const metres = metresFrom(points, start.lat, start.lng);
    return { metres, far: (/** @type {number} */ document) => (metres[document] >= 0 ? walking(metres[document]) : "") };
  }

  /**
   * What puts records that answer to a need before their equals.
   * @param {Asked} asked
   * @param {Found} found
   * @param {Float64Array | null} metres
   */
  async lift(asked, found, metres) {
    const { liftOf } = await import("./result_lift.js");
    const serves = asked.near && metres ? servesArea(await this.files.facets(), asked.near) : null;
    return liftOf(this.index, found, (number) => this.files.column(`lift/${number}`), { moment: new Date(), holidays: this.knownHolidays(), metres, serves });
  }

  /** Shows what the address asks for. */
  async show() {
    const mine = (this.turn += 1);
    const asked = askedIn(location.search);
    if (mine > 1) one("#q").value = asked.query; // the page brings the first word itself: what was typed since stays
    keepForm(asked);
    void offerHelp(asked.query);
    const [found, start] = await Promise.all([this.words(asked.query), this.start(asked.near), this.ahead(asked)]);
    const { metres, far } = await this.distances(start);
    const { narrowing, narrowed, facets } = await this.narrow(asked, found.documents, metres);
    const sort = asked.sort || (start ? "near" : "relevance");
    const lift = asked.query && narrowed.found.length ? await this.lift(asked, found, metres) : null;
    const documents = lift && sort === "relevance" ? lift.order(narrowed.found) : await this.order(narrowed.found, sort, metres);
    if (mine !== this.turn) return;
    this.shown = { asked, found, narrowed, documents, narrowing, facets, start, metres, far, lift };
    if (narrowing) this.panel?.update(asked, narrowing, narrowed);
    else if (this.panel) await this.count();
    if (mine !== this.turn) return;
    this.frame(sort);
    if (this.asks()) {
      await this.list(mine);
    } else {
      this.section.hidden = true;
      delete this.section.dataset.total;
      this.listed = mine;
    }
    if (mine === this.turn && this.asks()) {
      goBackTo(this.read, this.section);
      this.read = undefined;
    }
    if (mine === this.turn) await this.map();
  }

  /**
   * Begins to fetch what decides, while the words are being looked up.
   * @param {Asked} asked
   */
  async ahead(asked) {
    const names = active(asked.chosen);
    if (names.length) await Promise.all([import("./facets.js"), import("./facet_words.js"), this.files.facets(names)]);
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
   * What the cards of some documents show.
   * @param {number[]} documents
   */
  async rows(documents) {
    const [rows] = await Promise.all([this.index.rows(documents), this.shown?.lift?.know(documents)]);
    return rows;
  }

  /**
   * A card for a document.
   * @param {import("./search_index.js").Row} row
   * @param {number} document
   * @param {string[]} [unknown] what is not known of it
   */
  card(row, document, unknown = []) {
    const { asked, found, far, lift } = /** @type {Shown} */ (this.shown);
    const why = asked.query ? reasons(this.index, found, document).flatMap(({ reason }) => (reason ? [reason] : [])) : [];
    const extras = { far: far(document), lifts: lift?.words(document) ?? [], why, unknown };
    return card(this.index, row, found.marks, this.base, extras, opens(row[10], asked.chosen.open?.[0] ?? "", new Date(), this.knownHolidays()));
  }

  /** @param {number} mine */
  async list(mine) {
    const { asked, found, narrowed, documents } = /** @type {Shown} */ (this.shown);
    const { section } = this;
    const list = section.querySelector("ol");
    const total = documents.length;
    const [first, conditions] = await Promise.all([this.rows(documents.slice(0, Math.max(FIRST, Math.min(this.read?.shown ?? 0, MOST_AGAIN)))), this.conditions()]);
    const notes = howFound(found, asked.query);
    if (!total || found.loosely) notes.push(...(await (await import("./directory_more.js")).advice(this)));
    if (mine !== this.turn) return;
    list.replaceChildren(...first.map((row, at) => this.card(row, documents[at])));
    this.offerMore(list, documents, section.querySelector(".ts-found__more button"), () => []);
    this.filters(conditions);
    section.querySelector(".ts-found__notes").replaceChildren(...notes);
    one("#found-title").textContent = total ? `${total}件` : "見つかりませんでした";
    one("#found-said").textContent = total ? `${total}件見つかりました。` : "見つかりませんでした。";
    one(".ts-sort").hidden = section.querySelector(".ts-found__take").hidden = !total;
    const words = [asked.query, ...conditions.map(({ label }) => label)].filter(Boolean);
    const day = new Date().toLocaleString("ja-JP", { timeZone: "Asia/Tokyo", dateStyle: "long", timeStyle: "short" });
    section.querySelector(".ts-found__asked").textContent = `${words.map((word, at) => (asked.query && !at ? `「${word}」` : word)).join("・")}（${day}の時点）`;
    document.title = [...words, document.title.split("｜").slice(-2).join("｜")].join("｜");
    list.dataset.total = section.dataset.total = String(total);
    this.listed = mine;
    one("#search-wait").hidden = true; // its map may still be on its way
    if (!narrowed.maybe.length) section.querySelector(".ts-found__maybe").hidden = true;
    section.hidden = false;
    if (narrowed.maybe.length) await (await import("./directory_more.js")).uncertain(this, mine);
  }

  /**
   * @param {HTMLElement} list
   * @param {number[]} documents
   * @param {HTMLButtonElement} button
   * @param {(document: number) => string[]} unknown
   */
  offerMore(list, documents, button, unknown) {
    const mine = this.turn;
    button.hidden = list.childElementCount >= documents.length;
    button.onclick = async () => {
      const from = list.childElementCount;
      await this.fill(list, documents, from + STEP, unknown);
      if (mine !== this.turn) return;
      button.hidden = list.childElementCount >= documents.length;
      /** @type {HTMLElement | null} */ (list.children[from]?.querySelector("a"))?.focus();
    };
  }

  /**
   * @param {HTMLElement} list
   * @param {number[]} documents
   * @param {number} until how many cards shall stand there
   * @param {(document: number) => string[]} [unknown]
   */
  async fill(list, documents, until, unknown = () => []) {
    const mine = this.turn;
    const next = documents.slice(list.childElementCount, until);
    const rows = await this.rows(next);
    if (mine !== this.turn) return;
    list.append(...rows.map((row, at) => this.card(row, next[at], unknown(next[at]))));
  }

  /**
   * Everything that narrows, in words, each with the search that lets it go.
   * @returns {Promise<{label: string, less: Asked}[]>}
   */
  async conditions() {
    const { asked, facets, start } = /** @type {Shown} */ (this.shown);
    const chosen = Object.entries(asked.chosen);
    const { valueWords } = chosen.length ? await import("./facet_words.js") : { valueWords: () => "" };
    const found = chosen.flatMap(([name, values]) =>
      values.map((value) => ({ label: facets ? valueWords(facets, name, value) : value, less: withChoice(asked, name, values.filter((other) => other !== value)) })),
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
    const [{ showMap }, facets, points] = await Promise.all([import("./result_map.js"), this.files.facets(), this.files.points()]);
    const kind = facets.columns.kind;
    const name = (/** @type {number} */ record) => facets.values.kind[kind.table[kind.of[record]]][1];
    await showMap(section, { index: this.index, points, name, said: holder.dataset }, documents, start ? [start.lat, start.lng] : null);
  }

  /**
   * Where "near" starts.
   * @param {string} near
   * @returns {Promise<Start | null>}
   */
  async start(near) {
    if (!near) return null;
    const [{ startOf }, facets] = await Promise.all([import("./near_panel.js"), this.files.facets()]);
    return startOf(near, facets, () => this.files.points(), this.base);
  }

  /**
   * @param {number[]} documents
   * @param {string} sort
   * @param {Float64Array | null} metres
   */
  async order(documents, sort, metres) {
    if (sort === "relevance") return documents;
    const [{ ordered }, facets] = await Promise.all([import("./result_order.js"), this.files.facets(sort === "kana" ? ["order"] : sort === "verified" ? ["verified"] : [])]);
    return ordered(documents, sort, facets, metres);
  }

  /** Counts what is shown for a panel that came after it. */
  async count() {
    const { shown } = this;
    if (!shown) return;
    Object.assign(shown, await this.narrow(shown.asked, shown.found.documents, shown.metres));
    if (shown.narrowing && shown === this.shown) this.panel?.update(shown.asked, shown.narrowing, shown.narrowed);
  }

  /** The facets as a form: beside the list where there is room, else in the sheet, where they are not made before it opens. */
  async place() {
    const beside = matchMedia(BESIDE).matches;
    const sheet = one("#sheet");
    if (beside && sheet.open) sheet.close();
    if (!this.panel) {
      if (!beside && !sheet.open) return;
      const [{ FacetPanel }, facets] = await Promise.all([import("./facet_panel.js"), this.files.facets(COUNTED), import("./facets.js")]);
      this.panel ??= new FacetPanel(facets, (asked) => this.go(asked, this.session));
      await this.count();
    }
    const aside = one(".ts-facets");
    (beside ? aside : one(".ts-sheet__body")).append(this.panel.form);
    aside.hidden = !beside;
  }
}

/**
 * Whether records are for people of an area, or of one above it; null where what was chosen is no area.
 * @param {Facets} facets
 * @param {string} near
 */
function servesArea({ values, columns: { served }, lines }, near) {
  const area = values.area.findIndex(([id]) => id === near);
  if (area < 0) return null;
  const serves = served.table.map((areas) => (areas ?? []).some((one) => lines[area].includes(one)));
  return (/** @type {number} */ document) => serves[served.of[document]] ?? false;
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
