// The calendar on the reader's own day: what has passed goes, today and tomorrow are named.

import { inJapan, isoDay } from "../../site/browser/hours.js";

const MINUTES = 1440;

/** @param {Date} moment */
export function dayInJapan(moment) {
  return Math.floor(inJapan(moment) / MINUTES);
}

/** Days before today leave the list; in the table of a month they stay, since a month is a whole. */
function mark() {
  const today = dayInJapan(new Date());
  const [now, next] = [isoDay(today), isoDay(today + 1)];
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-day]"))) {
    const day = element.dataset.day ?? "";
    if (element.tagName !== "TD") element.hidden = day < now;
    element.classList.toggle("cal-today", day === now);
    element.classList.toggle("cal-tomorrow", day === next);
  }
  const none = /** @type {HTMLElement | null} */ (document.querySelector(".cal-days .cal-none"));
  if (none) none.hidden = Boolean(document.querySelector(".cal-days .cal-day:not([hidden])"));
}

mark();
document.addEventListener("visibilitychange", mark);
