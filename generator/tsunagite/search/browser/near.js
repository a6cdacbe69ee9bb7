// How far it is: metres in a straight line, and what that is on foot. Which place somebody means by a name.

import { key } from "./search_key.js";

/** @typedef {import("./facet_columns.js").Points} Points */

/** 不動産の表示に関する公正競争規約施行規則: 80 m count as one minute, a part of a minute as a whole one. */
export const METRES_A_MINUTE = 80;
const LONGEST_WALK = 60; // minutes; farther off a walk is no help
const EARTH = 6_371_008; // mean radius in metres

const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;

/**
 * Metres between two places on the ground (haversine).
 * @param {number} lat
 * @param {number} lng
 * @param {number} otherLat
 * @param {number} otherLng
 */
export function metresBetween(lat, lng, otherLat, otherLng) {
  const half = (/** @type {number} */ one, /** @type {number} */ other) => Math.sin(radians(other - one) / 2) ** 2;
  const share = half(lat, otherLat) + Math.cos(radians(lat)) * Math.cos(radians(otherLat)) * half(lng, otherLng);
  return 2 * EARTH * Math.asin(Math.sqrt(share));
}

/**
 * Metres from one place to every record; NaN where a record has no point.
 * @param {Points} points
 * @param {number} lat
 * @param {number} lng
 */
export function metresFrom(points, lat, lng) {
  return points.lat.map((its, record) => metresBetween(lat, lng, its, points.lng[record]));
}

/**
 * 「歩いて約6分（直線で480m）」; beyond an hour the distance alone.
 * @param {number} metres
 */
export function walking(metres) {
  const straight = metres < 995 ? `${Math.max(10, Math.round(metres / 10) * 10)}m` : `${(metres / 1000).toFixed(1)}km`;
  const minutes = Math.max(1, Math.ceil(metres / METRES_A_MINUTE));
  return minutes > LONGEST_WALK ? `直線で${straight}` : `歩いて約${minutes}分（直線で${straight}）`;
}

/**
 * The areas somebody may mean, best first: the whole name or reading, then its beginning, then a part of it.
 * @param {Points} points
 * @param {string} typed
 * @returns {number[]}
 */
export function placesNamed({ places }, typed) {
  const word = key(typed);
  if (!word) return [];
  /** @type {[number, number, number][]} */
  const found = [];
  for (const [area, { spellings, lat }] of places.entries()) {
    if (lat === null) continue;
    const ranks = spellings.map(key).flatMap((its) => (its === word ? [0] : its.startsWith(word) ? [1] : word.length > 1 && its.includes(word) ? [2] : []));
    if (ranks.length) found.push([Math.min(...ranks), spellings[0].length, area]);
  }
  return found.sort((one, other) => one[0] - other[0] || one[1] - other[1] || one[2] - other[2]).map(([, , area]) => area);
}

/**
 * The areas around one, nearest first.
 * @param {Points} points
 * @param {number} area
 * @param {number[]} among
 */
export function around({ places }, area, among) {
  const { lat, lng } = places[area];
  if (lat === null || lng === null) return [];
  const away = (/** @type {number} */ other) => metresBetween(lat, lng, places[other].lat ?? NaN, places[other].lng ?? NaN);
  return among.filter((other) => other !== area && away(other) >= 0).sort((one, other) => away(one) - away(other));
}
