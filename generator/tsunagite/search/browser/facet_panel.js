// The facets as a form: a column on a desktop, a sheet from below on a phone. Counts follow the result.

import { askedIn, dayId, WEEKDAYS, withChoice } from "./chosen.js";
import { districtsOf } from "./facet_columns.js";
import { BOOKING, TITLES, VERIFIED, WALKS } from "./facet_words.js";

/** @typedef {import("./chosen.js").Asked} Asked */
/** @typedef {import("./facet_columns.js").Facets} Facets */
/** @typedef {import("./facets.js").Narrowing} Narrowing */
/** @typedef {import("./facets.js").Narrowed} Narrowed */

const AREA_WORDS = /** @type {[string, string][]} */ ([["", "そこにあるもの・そこ向けのもの"], ["in", "そこにあるもの"], ["for", "そこの人が使えるもの（市全体のものも）"]]);
const HOURS = Array.from({ length: 17 }, (_, hour) => `${String(hour + 6).padStart(2, "0")}:00`);

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, unknown>} properties
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[T]}
 */
function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export class FacetPanel {
  /**
   * @param {Facets} facets
   * @param {(asked: Asked) => void} choose
   */
  constructor(facets, choose) {
    this.facets = facets;
    this.choose = choose;
    this.form = make("form", { className: "ts-facets__form" });
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("change", (event) => this.changed(/** @type {HTMLInputElement} */ (event.target)));
    /** @type {Map<string, HTMLInputElement[]>} */
    this.checks = new Map();
    this.form.append(this.openGroup(), ...["need"].flatMap((name) => this.checkGroup(name)), this.kindGroup(), ...this.checkGroup("level"), ...this.areaGroup(), ...this.whoGroup());
    for (const name of ["fee", "access", "way", "language", "booking"]) this.form.append(...this.checkGroup(name));
    this.walk = this.selectGroup("walk", WALKS, "指定なし");
    this.form.append(this.walk, this.selectGroup("verified", VERIFIED, "いつでも"));
  }

  /**
   * @param {string} name
   * @param {(Node | string)[]} content
   * @param {string} [title]
   */
  group(name, content, title = TITLES[name]) {
    const group = make("details", { className: "ts-facet" }, make("summary", {}, make("span", {}, title), make("span", { className: "ts-facet__chosen" })), make("fieldset", {}, make("legend", { className: "ts-hidden" }, title), ...content));
    group.dataset.facet = name;
    group.open = ["open", "need"].includes(name);
    return group;
  }

  /**
   * @param {string} name
   * @param {string} value
   * @param {string} label
   */
  check(name, value, label) {
    const input = make("input", { type: "checkbox", name, value });
    const line = make("label", { className: "ts-facet__line" }, input, make("span", {}, label), make("span", { className: "ts-facet__count" }));
    this.checks.set(name, [...(this.checks.get(name) ?? []), input]);
    return line;
  }

  /**
   * Only values that some record has; nothing where there are none.
   * @param {string} name
   * @returns {HTMLElement[]}
   */
  checkGroup(name) {
    const values = name === "booking" ? BOOKING : this.facets.values[name].filter((_, value) => this.occurs(name, value));
    return values.length ? [this.group(name, values.map(([id, label]) => this.check(name, id, label)))] : [];
  }

  /**
   * @param {string} name
   * @param {number} value
   */
  occurs(name, value) {
    const { columns } = this.facets;
    if (name === "situation") return columns.who.table.some((who) => who?.[3].includes(value)) && this.facets.values.situation[value][0] !== "anyone";
    if (name === "access") return columns.access.table.some((access) => access?.[0].includes(value));
    const table = /** @type {any[]} */ (/** @type {any} */ (columns)[name].table);
    return table.some((entry) => (Array.isArray(entry) ? entry.includes(value) : entry === value));
  }

  openGroup() {
    this.day = make("select", { name: "day" }, ...[["", "指定なし"], ["now", "いま"], ...[...WEEKDAYS].map((day) => [dayId(day), day === "祝" ? "祝日" : `${day}曜日`])].map(([value, words]) => make("option", { value }, words)));
    this.time = make("select", { name: "time" }, make("option", { value: "" }, "何時でも"), ...HOURS.map((value) => make("option", { value }, `${Number(value.slice(0, 2))}時`)));
    const line = (/** @type {string} */ words, /** @type {HTMLSelectElement} */ select) => make("label", { className: "ts-facet__select" }, make("span", {}, words), select);
    return this.group("open", [line("いつ", this.day), line("時刻", this.time)]);
  }

  kindGroup() {
    const { group: groups, kind: kinds } = this.facets.values;
    const used = new Set(this.facets.columns.kind.table);
    const lines = groups.flatMap(([id, label], group) => {
      const inside = kinds.filter((kind, number) => kind[2] === group && used.has(number));
      if (!inside.length) return [];
      const within = make("div", { className: "ts-facet__within", hidden: true }, ...inside.map(([kind, its]) => this.check("kind", kind, its)));
      within.dataset.group = id;
      return [this.check("group", id, label), ...(inside.length > 1 ? [within] : [])];
    });
    return this.group("kind", lines);
  }

  /** @returns {HTMLElement[]} */
  areaGroup() {
    const areas = districtsOf(this.facets);
    if (!areas.length) return [];
    this.area = make("select", { name: "area" }, make("option", { value: "" }, "どこでも"), ...areas.map(([id, label]) => make("option", { value: id }, label)));
    this.areaWay = make("select", { name: "areaWay" }, ...AREA_WORDS.map(([value, words]) => make("option", { value }, words)));
    const line = (/** @type {string} */ words, /** @type {HTMLSelectElement} */ select) => make("label", { className: "ts-facet__select" }, make("span", {}, words), select);
    return [this.group("area", [line("地区", this.area), line("出すもの", this.areaWay)])];
  }

  /** @returns {HTMLElement[]} */
  whoGroup() {
    if (!this.facets.columns.who.table.some(Boolean)) return [];
    this.age = make("input", { type: "number", name: "age", min: "0", max: "120", inputMode: "numeric" });
    const cares = this.facets.values.care;
    this.care = make("select", { name: "care" }, make("option", { value: "" }, "指定なし"), ...cares.map(([id, label]) => make("option", { value: id }, label)));
    const situations = this.facets.values.situation.filter((_, value) => this.occurs("situation", value));
    return [this.group("who", [
      make("label", { className: "ts-facet__select" }, make("span", {}, "年齢（歳）"), this.age),
      make("label", { className: "ts-facet__select" }, make("span", {}, "介護の認定"), this.care),
      ...situations.map(([id, label]) => this.check("situation", id, label)),
    ], "使う人")];
  }

  /**
   * @param {string} name
   * @param {[string, string][]} choices
   * @param {string} none
   */
  selectGroup(name, choices, none) {
    const select = make("select", { name }, make("option", { value: "" }, none), ...choices.map(([value, words]) => make("option", { value }, words)));
    return this.group(name, [make("label", { className: "ts-facet__select" }, make("span", {}, TITLES[name]), select)]);
  }

  /**
   * The address knows what was chosen a moment ago, also where its result is still on the way.
   * @param {HTMLInputElement} input
   */
  changed(input) {
    const { name, value } = input;
    let asked = askedIn(location.search);
    if (input.type === "checkbox") {
      const values = (this.checks.get(name) ?? []).filter((one) => one.checked).map((one) => one.value);
      asked = withChoice(asked, name, values);
      if (name === "group" && !input.checked) {
        const its = new Set([...this.form.querySelectorAll(`[data-group="${value}"] input`)].map((one) => /** @type {HTMLInputElement} */ (one).value));
        asked = withChoice(asked, "kind", (asked.chosen.kind ?? []).filter((kind) => !its.has(kind)));
      }
    } else if (name === "day" || name === "time") {
      const [day, time] = [this.day?.value ?? "", this.time?.value ?? ""];
      asked = withChoice(asked, "open", day ? [day === "now" || !time ? day : `${day}-${time}`] : []);
    } else if (name === "area" || name === "areaWay") {
      const [area, way] = [this.area?.value ?? "", this.areaWay?.value ?? ""];
      asked = withChoice(asked, "area", area ? [way ? `${area}-${way}` : area] : []);
    } else {
      asked = withChoice(asked, name, value && input.validity.valid ? [value] : []);
    }
    this.choose(asked);
  }

  /**
   * Shows what is chosen, and what each further choice would leave.
   * @param {Asked} asked
   * @param {Narrowing} narrowing
   * @param {Narrowed} narrowed
   */
  update(asked, narrowing, narrowed) {
    const { chosen } = asked;
    for (const [name, inputs] of this.checks) {
      const mine = chosen[name] ?? [];
      const choices = inputs.map(({ value }) => (name === "access" ? [...new Set([...mine, value])] : [value]));
      const counts = narrowing.counts(narrowed, name, choices);
      for (const [at, input] of inputs.entries()) {
        input.checked = mine.includes(input.value);
        const line = /** @type {HTMLElement} */ (input.parentElement);
        /** @type {HTMLElement} */ (line.lastElementChild).textContent = String(counts[at]);
        line.classList.toggle("ts-facet__line--none", !counts[at] && !input.checked);
      }
    }
    for (const within of /** @type {NodeListOf<HTMLElement>} */ (this.form.querySelectorAll(".ts-facet__within"))) {
      const its = [...within.querySelectorAll("input")].some((input) => input.checked);
      within.hidden = !its && !chosen.group?.includes(within.dataset.group ?? "");
    }
    const when = chosen.open?.[0] ?? "";
    const [day, time] = when.split("-");
    if (this.day && this.time) {
      [this.day.value, this.time.value] = [day, time ?? ""];
      this.time.disabled = !day || day === "now";
      this.countOptions(this.day, narrowing.counts(narrowed, "open", [...this.day.options].slice(1).map(({ value }) => [value === "now" || !time ? value : `${value}-${time}`])));
    }
    if (this.area && this.areaWay) {
      const [, id, way] = /^(.*)-(in|for)$/u.exec(chosen.area?.[0] ?? "") ?? ["", chosen.area?.[0] ?? "", ""];
      [this.area.value, this.areaWay.value] = [id, way];
      this.areaWay.disabled = !id;
      this.countOptions(this.area, narrowing.counts(narrowed, "area", [...this.area.options].slice(1).map(({ value }) => [way ? `${value}-${way}` : value])));
    }
    for (const name of ["age", "care", "walk", "verified"]) {
      const input = /** @type {HTMLInputElement | null} */ (this.form.querySelector(`[name=${name}]`));
      if (input && input !== document.activeElement) input.value = chosen[name]?.[0] ?? "";
    }
    this.walk.hidden = !asked.near;
    for (const group of /** @type {NodeListOf<HTMLElement>} */ (this.form.querySelectorAll(".ts-facet"))) {
      const names = { kind: ["group", "kind"], who: ["age", "care", "situation"] }[group.dataset.facet ?? ""] ?? [group.dataset.facet ?? ""];
      const count = names.reduce((sum, name) => sum + (chosen[name]?.length ?? 0), 0);
      const words = /** @type {HTMLElement} */ (group.querySelector(".ts-facet__chosen"));
      words.textContent = count ? `${count}つ選択中` : "";
    }
  }

  /**
   * @param {HTMLSelectElement} select
   * @param {number[]} counts of all options but the first
   */
  countOptions(select, counts) {
    for (const [at, option] of [...select.options].slice(1).entries()) {
      option.dataset.label ??= option.textContent ?? "";
      option.textContent = `${option.dataset.label}（${counts[at]}件）`;
    }
  }
}
