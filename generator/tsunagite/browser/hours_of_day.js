// When is it open on a weekday, whatever the date: "on Saturdays at 10:00". Weeks of the month count as open and are said.

import { isoDay, weekday } from "./hours.js";

/** @typedef {import("./hours.js").Opening} Opening */
/** @typedef {import("./hours.js").Span} Span */

const DAY = 1440;

/** @param {string} time "HH:MM" */
export function minutesOf(time) {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/**
 * The spans of a usual day of the week (月火水木金土日) or of a national holiday (祝), in the season of the next such day.
 * `null`: not known (a holiday of which nothing is written).
 * @param {Opening} opening
 * @param {string} day one of 月火水木金土日祝
 * @param {number} today days since 1970-01-01
 * @returns {Span[] | null}
 */
export function spansOn(opening, day, today) {
  const iso = isoDay(day === "祝" ? today : nextDay(day, today));
  const inSeason = opening.spans.filter((span) => (!span.from || span.from <= iso) && (!span.to || iso <= span.to));
  const named = inSeason.filter((span) => span.days.includes(day));
  if (day !== "祝") return named;
  if (opening.holidays === true) return [];
  if (named.length) return named;
  const daily = inSeason.filter((span) => [..."月火水木金土日"].every((one) => span.days.includes(one)));
  return daily.length || !inSeason.length ? daily : null;
}

/**
 * The next such weekday, today included.
 * @param {string} day
 * @param {number} today
 */
export function nextDay(day, today) {
  let next = today;
  while (weekday(next) !== day) next += 1;
  return next;
}

/**
 * Whether it is open on a weekday (at a time of it, or at all). `null`: not known.
 * @param {Opening} opening
 * @param {string} day
 * @param {number | null} minute since midnight
 * @param {number} today
 * @returns {boolean | null}
 */
export function openOn(opening, day, minute, today) {
  const spans = spansOn(opening, day, today);
  if (spans === null) return null;
  if (minute === null) return spans.length > 0;
  const past = day === "祝" ? [] : (spansOn(opening, "日月火水木金土日"["日月火水木金土日".lastIndexOf(day) - 1], today) ?? []);
  return spans.some((span) => runs(span, minute)) || past.some((span) => runs(span, minute + DAY));
}

/**
 * @param {Span} span
 * @param {number} minute since midnight of the day on which it begins
 */
function runs(span, minute) {
  const start = minutesOf(span.open);
  const end = minutesOf(span.close);
  return start <= minute && minute < (end > start ? end : end + DAY);
}
