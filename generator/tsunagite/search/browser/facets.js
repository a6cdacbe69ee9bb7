// Narrowing: which records satisfy every facet that was chosen, which might, and how many each further choice would leave.
// Pure: no page, no clock. A facet answers yes, no or "not known"; what is not known is never counted as no.

import { active, AREA_WAYS, dayAndTime } from "./chosen.js";
import { inJapan, openingAt, openOn } from "../../site/browser/hours.js";
import { METRES_A_MINUTE } from "./near.js";

/** @typedef {import("./facet_columns.js").Facets} Facets */
/** @typedef {import("./facet_columns.js").Columns} Columns */
/** @typedef {import("./chosen.js").Chosen} Chosen */
/**
 * What a decision depends on besides the columns: the moment, the holidays known, and metres from the chosen place.
 * @typedef {{moment: Date, holidays: Set<string> | null, metres: Float64Array | null}} World
 */

export const NO = 0;
export const MAYBE = 1;
export const YES = 2;

/**
 * The first day that still counts as verified within "6m", "1y", "2y".
 * @param {string} value
 * @param {Date} moment
 */
export function since(value, moment) {
  const months = Number.parseInt(value, 10) * (value.endsWith("y") ? 12 : 1);
  const day = new Date(inJapan(moment) * 60_000);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString().slice(0, 10);
}

const yesNo = (/** @type {boolean} */ yes) => (yes ? YES : NO);

/**
 * How one entry of a table answers to values of its facet (any of them; for access all of them).
 * @param {Facets} facets
 * @param {World} world
 * @returns {Record<string, {column: keyof Columns, state: (entry: any, values: string[]) => number}>}
 */
function rules({ values }, world) {
  const numbers = (/** @type {string} */ facet, /** @type {string[]} */ ids) => ids.map((id) => values[facet].findIndex((value) => value[0] === id));
  const among = (/** @type {string} */ facet) => (/** @type {number[] | null} */ entry, /** @type {string[]} */ ids) => entry === null ? MAYBE : yesNo(numbers(facet, ids).some((one) => entry.includes(one)));
  const one = (/** @type {string} */ facet) => (/** @type {number | null} */ entry, /** @type {string[]} */ ids) => entry === null ? MAYBE : yesNo(numbers(facet, ids).includes(entry));
  const anyone = values.situation?.findIndex((value) => value[0] === "anyone");
  const now = inJapan(world.moment);
  const today = Math.floor(now / 1440);
  return {
    need: { column: "need", state: among("need") },
    level: { column: "level", state: among("level") },
    fee: { column: "fee", state: one("fee") },
    way: { column: "way", state: one("way") },
    language: { column: "language", state: among("language") },
    organization: { column: "organization", state: (entry, ids) => yesNo(entry !== null && numbers("organization", ids).includes(entry)) },
    access: {
      column: "access",
      state: (entry, ids) => {
        const wanted = numbers("access", ids);
        if (entry?.[1].some((/** @type {number} */ lacks) => wanted.includes(lacks))) return NO;
        return entry && wanted.every((has) => entry[0].includes(has)) ? YES : MAYBE;
      },
    },
    age: {
      column: "who",
      state: (entry, [age]) => {
        if (!entry) return MAYBE;
        return yesNo((entry[0] === null || Number(age) >= entry[0]) && (entry[1] === null || Number(age) <= entry[1]));
      },
    },
    care: { column: "who", state: (entry, ids) => (entry ? yesNo(!entry[2].length || numbers("care", ids).some((care) => entry[2].includes(care))) : MAYBE) },
    situation: {
      column: "who",
      state: (entry, ids) => (entry ? yesNo(!entry[3].length || entry[3].includes(anyone) || numbers("situation", ids).some((its) => entry[3].includes(its))) : MAYBE),
    },
    booking: {
      column: "booking",
      state: (entry, ids) => Math.min(...ids.map((id) => {
        const needed = entry?.[id === "no_booking" ? 0 : 1] ?? null;
        return needed === null ? MAYBE : yesNo(!needed);
      })),
    },
    verified: { column: "verified", state: (entry, [within]) => yesNo(entry !== null && entry >= since(within, world.moment)) },
    open: {
      column: "hours",
      state: (entry, [when]) => {
        if (entry === false) return NO;
        if (entry === null) return MAYBE;
        if (when === "now") {
          if (!world.holidays) return MAYBE; // hours.js: holidaysAt
          const { state } = openingAt(entry, now, world.holidays);
          return state === "unsure" ? MAYBE : yesNo(state === "open");
        }
        const asked = dayAndTime(when);
        const open = asked ? openOn(entry, asked.day, asked.minute, today) : false;
        return open === null ? MAYBE : yesNo(open);
      },
    },
  };
}

/** How the facets of one site are decided at one moment. */
export class Narrowing {
  /**
   * @param {Facets} facets
   * @param {World} world
   */
  constructor(facets, world) {
    this.facets = facets;
    this.world = world;
    this.rules = rules(facets, world);
    /** @type {import("./facet_columns.js").Column<Where> | undefined} */
    this.where = undefined;
  }

  /**
   * @param {string} name
   * @returns {import("./facet_columns.js").Column<any>}
   */
  columnOf(name) {
    if (name === "area") return (this.where ??= whereColumn(this.facets));
    return this.facets.columns[name === "kind" || name === "group" ? "kind" : this.rules[name].column];
  }

  /**
   * How one entry of the column of a facet answers to what is chosen of it.
   * @param {string} name
   * @param {Chosen} chosen
   * @returns {(entry: any) => number}
   */
  entryState(name, chosen) {
    if (name === "area") return this.areaEntry(chosen.area);
    if (name === "kind" || name === "group") return this.kindEntry(chosen);
    return (entry) => this.rules[name].state(entry, chosen[name]);
  }

  /**
   * How every record answers.
   * @param {string} name
   * @param {Chosen} chosen
   * @returns {(record: number) => number}
   */
  stateOf(name, chosen) {
    if (name === "walk") {
      const { metres } = this.world;
      const most = Number(chosen.walk[0]) * METRES_A_MINUTE;
      return (record) => (metres ? yesNo(metres[record] <= most) : YES); // without a place to start from nothing is far
    }
    const { table, of } = this.columnOf(name);
    const states = Uint8Array.from(table, this.entryState(name, chosen)); // each entry is decided once
    return (record) => states[of[record]];
  }

  /**
   * A group stands for all its kinds until some of them are chosen.
   * @param {Chosen} chosen
   * @returns {(kind: number | null) => number}
   */
  kindEntry(chosen) {
    const { kind: kinds, group: groups } = this.facets.values;
    const wanted = new Set(chosen.kind ?? []);
    const narrowed = new Set(kinds.filter(([id]) => wanted.has(id)).map((kind) => kind[2]));
    return (kind) => {
      if (kind === null) return NO;
      const [id, , group] = kinds[kind];
      return yesNo(wanted.has(id) || (!narrowed.has(group) && (chosen.group ?? []).includes(groups[group ?? 0][0])));
    };
  }

  /**
   * "yashima" (lies there or is for it), "yashima-in" (lies there), "yashima-for" (people there may use it, also what is
   * for the whole city). Equipment is found where it lies only.
   * @param {string[]} values
   * @returns {(entry: Where) => number}
   */
  areaEntry(values) {
    const asked = values.map((value) => this.areaOf(value));
    return ({ place, served, equipment }) =>
      yesNo(asked.some(({ area, way }) => {
        if (way !== "for" && place !== null && (way || !equipment) && this.inside(place, area)) return true;
        return way !== "in" && !equipment && served.some((one) => this.inside(one, area) || (way === "for" && area >= 0 && this.inside(area, one)));
      }));
  }

  /** @param {string} value */
  areaOf(value) {
    const ids = this.facets.values.area;
    const whole = ids.findIndex(([id]) => id === value);
    if (whole >= 0) return { area: whole, way: "" };
    const way = AREA_WAYS.find((one) => value.endsWith(`-${one}`)) ?? "";
    return { area: ids.findIndex(([id]) => id === value.slice(0, -way.length - 1)), way };
  }

  /**
   * @param {number} area
   * @param {number} outer
   */
  inside(area, outer) {
    return this.facets.lines[area].includes(outer);
  }

  /**
   * Decides some records.
   * @param {number[]} documents in the order in which they shall stay
   * @param {Chosen} chosen
   * @returns {Narrowed}
   */
  decide(documents, chosen) {
    const names = active(chosen);
    const states = names.map((name) => this.stateOf(name, chosen));
    /** @type {number[]} */
    const found = [];
    /** @type {number[]} */
    const maybe = [];
    const without = new Uint32Array(names.length);
    const missing = new Uint32Array(documents.length); // bits of the facets that do not say yes
    for (let at = 0; at < documents.length; at += 1) {
      const record = documents[at];
      let [not, notYes] = [0, 0];
      if (record >= this.facets.count) notYes = not = names.length ? -1 : 0; // a guide has no facets
      else {
        for (let facet = 0; facet < states.length; facet += 1) {
          const state = states[facet](record);
          if (state !== YES) notYes |= 1 << facet;
          if (state === NO) not |= 1 << facet;
        }
      }
      missing[at] = notYes;
      if (!notYes) found.push(record);
      else if (!not) maybe.push(record);
      for (let facet = 0; facet < names.length; facet += 1) if (!(notYes & ~(1 << facet))) without[facet] += 1;
    }
    return { found, maybe, names, states, without: [...without], documents, missing };
  }

  /**
   * How many records each choice of a facet would leave, everything else staying as chosen.
   * @param {Narrowed} narrowed
   * @param {string} name
   * @param {string[][]} choices each the values that would be chosen
   * @returns {number[]}
   */
  counts({ names, documents, missing }, name, choices) {
    const mine = names.indexOf(name === "group" ? "kind" : name);
    const others = mine < 0 ? -1 : ~(1 << mine);
    const left = documents.filter((document, at) => document < this.facets.count && !(missing[at] & others));
    if (name === "walk") {
      return choices.map((values) => {
        const state = this.stateOf(name, { walk: values });
        return left.filter((record) => state(record) === YES).length;
      });
    }
    const { table, of } = this.columnOf(name);
    const histogram = new Uint32Array(table.length);
    for (const record of left) histogram[of[record]] += 1;
    return choices.map((values) => {
      const state = this.entryState(name, { [name]: values });
      let sum = 0;
      for (let entry = 0; entry < table.length; entry += 1) if (histogram[entry] && state(table[entry]) === YES) sum += histogram[entry];
      return sum;
    });
  }
}

/**
 * `found`: every facet says yes; `maybe`: none says no; `without[i]`: how many `names[i]` alone keeps away, plus `found`.
 * @typedef {{found: number[], maybe: number[], names: string[], states: ((record: number) => number)[], without: number[], documents: number[], missing: Uint32Array}} Narrowed
 */

/** @typedef {{place: number | null, served: number[], equipment: boolean}} Where where a record lies and whom it is for, as numbers of areas */

/**
 * One column of three: the few different places, areas served, and whether it is equipment.
 * @param {Facets} facets
 * @returns {import("./facet_columns.js").Column<Where>}
 */
function whereColumn({ columns: { place, served, kind }, values, count }) {
  const equipment = kind.table.map((one) => one !== null && values.group[values.kind[one][2] ?? 0][2] === 1);
  /** @type {Map<string, number>} */
  const known = new Map();
  /** @type {Where[]} */
  const table = [];
  const of = new Uint16Array(count);
  for (let record = 0; record < count; record += 1) {
    const entry = `${place.of[record]} ${served.of[record]} ${equipment[kind.of[record]]}`;
    let number = known.get(entry);
    if (number === undefined) {
      known.set(entry, (number = table.length));
      table.push({ place: place.table[place.of[record]], served: served.table[served.of[record]] ?? [], equipment: equipment[kind.of[record]] });
    }
    of[record] = number;
  }
  return { table, of };
}
