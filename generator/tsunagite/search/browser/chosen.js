// What somebody asked the directory for, as its address says it: words, facets, a place to start from, an order, a view.
// Everything stands in the address, so that a search can be sent, kept, and walked back; but never where the reader is.

import { minutes } from "../../site/browser/hours.js";

/** @typedef {Record<string, string[]>} Chosen values by facet; a facet of which nothing is chosen is absent */
/**
 * `near`: an area, "r:" and a record, or "here" (the place itself stays in the device); `sort` "" leaves it to us.
 * @typedef {{query: string, chosen: Chosen, near: string, sort: string, view: string, maybe: boolean}} Asked
 */

/** In the order of the panel. `organization` has no place in it; it comes from the page of an organisation. */
export const FACETS = ["open", "need", "kind", "level", "area", "age", "care", "situation", "fee", "access", "way", "language", "booking", "walk", "verified", "organization"];
const PARAMETERS = [...FACETS.slice(0, 2), "group", ...FACETS.slice(2)];
export const WEEKDAYS = "月火水木金土日祝";
const DAY_IDS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "holiday"];
export const AREA_WAYS = ["in", "for"];
/** @type {Record<string, RegExp>} what a value must look like; other values are ids of the site's own vocabulary */
const FORMS = { age: /^\d{1,3}$/u, walk: /^[123]0$/u, verified: /^(6m|1y|2y)$/u, open: /^(now|(mon|tue|wed|thu|fri|sat|sun|holiday)(-([01]\d|2[0-3]):[0-5]\d)?)$/u };
export const SORTS = ["", "relevance", "near", "kana", "verified"];
export const VIEWS = ["", "list", "map"];
const MANY = ["group", "kind", "need", "level", "situation", "fee", "access", "way", "language", "booking", "organization"];

/**
 * @param {string} address the part after "?"
 * @returns {Asked}
 */
export function askedIn(address) {
  const written = new URLSearchParams(address);
  /** @type {Chosen} */
  const chosen = {};
  for (const name of PARAMETERS) {
    const values = [...new Set(written.getAll(name).filter(Boolean))];
    if (values.length && values.every((value) => !(name in FORMS) || FORMS[name].test(value))) chosen[name] = MANY.includes(name) ? values : values.slice(0, 1);
  }
  const one = (/** @type {string} */ name, /** @type {string[]} */ among) => (among.includes(written.get(name) ?? "") ? (written.get(name) ?? "") : "");
  return {
    query: (written.get("q") ?? "").trim(),
    chosen,
    near: written.get("near") ?? "",
    sort: one("sort", SORTS),
    view: one("view", VIEWS),
    maybe: written.has("maybe"),
  };
}

/**
 * @param {Asked} asked
 * @returns {string} the part after "?"
 */
export function addressOf({ query, chosen, near, sort, view, maybe }) {
  const written = new URLSearchParams();
  if (query) written.set("q", query);
  for (const name of PARAMETERS) for (const value of chosen[name] ?? []) written.append(name, value);
  for (const [name, value] of Object.entries({ near, sort, view, maybe: maybe ? "1" : "" })) if (value) written.set(name, value);
  return `${written}`;
}

/**
 * The same with another choice of one facet (none: the facet is let go).
 * @param {Asked} asked
 * @param {string} name
 * @param {string[]} values
 * @returns {Asked}
 */
export function withChoice(asked, name, values) {
  const { [name]: _, ...others } = asked.chosen;
  return { ...asked, chosen: values.length ? { ...others, [name]: values } : others };
}

/**
 * Whether anything narrows or orders the directory.
 * @param {Asked} asked
 */
export function asksSomething({ query, chosen, near }) {
  return Boolean(query || near || Object.keys(chosen).length);
}

/**
 * The facets of which something is chosen; kind and group are one.
 * @param {Chosen} chosen
 */
export function active(chosen) {
  return FACETS.filter((name) => chosen[name]?.length || (name === "kind" && chosen.group?.length));
}

/**
 * "sat" or "sat-10:00" as its character of the week and its minute.
 * @param {string} value
 * @returns {{day: string, minute: number | null} | null}
 */
export function dayAndTime(value) {
  const [id, time] = value.split("-");
  const day = WEEKDAYS[DAY_IDS.indexOf(id)];
  if (!day || (time !== undefined && !/^([01]\d|2[0-3]):[0-5]\d$/u.test(time))) return null;
  return { day, minute: time === undefined ? null : minutes(time) };
}

/** @param {string} day 月火水木金土日祝 */
export function dayId(day) {
  return DAY_IDS[WEEKDAYS.indexOf(day)];
}

