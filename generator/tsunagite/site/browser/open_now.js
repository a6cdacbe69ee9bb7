// What the record page says of this moment: 「いま開いている時間です（17時まで）」, else when it opens next.

import { fetchFresh } from "./fresh.js";
import { dateWords, holidaysAt, inJapan, isBeforeData, openingAt } from "./hours.js";

/** @typedef {import("./hours.js").Opening} Opening */
/** @typedef {import("./hours.js").Found} Found */

const MINUTES = 1440;
const WRONG_CLOCK = "この端末の日付が、のせている情報の日付より前です。いま開いているかは、わかりません。電話で確かめてください。";

/** @param {number} moment minutes on the wall clock of Japan */
function time(moment) {
  const [hour, minute] = [Math.floor((moment % MINUTES) / 60), moment % 60];
  return minute ? `${hour}時${minute}分` : `${hour}時`;
}

/**
 * @param {number} moment
 * @param {number} today days since 1970-01-01
 */
function when(moment, today) {
  const day = Math.floor(moment / MINUTES);
  if (day === today) return `きょう${time(moment)}`;
  return day === today + 1 ? `あす${time(moment)}` : `${dateWords(day)}${time(moment)}`;
}

/**
 * @param {Found} found
 * @param {number} now
 * @returns {string}
 */
function sentence(found, now) {
  const today = Math.floor(now / MINUTES);
  const next = found.next ? `つぎは${when(found.next.start, today)}から。` : "";
  if (found.state === "open" && found.until !== undefined) {
    if (found.until - now > MINUTES) return "いま、開いている時間です。";
    const tomorrow = Math.floor(found.until / MINUTES) > today && found.until % MINUTES ? "あす" : "";
    const until = found.until % MINUTES ? time(found.until) : "24時";
    return `いま、開いている時間です（${tomorrow}${until}まで）。`;
  }
  if (found.paused) return `いまは休止中です。${next}`;
  if (found.state === "unsure") {
    const why = { holiday: "きょうは祝日です。", year_end: "年末年始です。", note: "きょうは、注意書きにある、いつもとちがう日かもしれません。", overdue: "長く確かめられていません。" }[found.unsure ?? "overdue"];
    return `${why}開いているかは、電話で確かめてください。${next}`;
  }
  if (!found.next) return "";
  const soon = Math.floor(found.next.start / MINUTES) === today;
  const doubt = found.skipped === undefined ? "" : `${dateWords(found.skipped)}は、開いているかわかりません。`;
  return (soon ? `きょうは${time(found.next.start)}からです。` : `いまは時間の外です。${next}`) + doubt;
}

/**
 * @param {Opening} opening
 * @param {Date} moment
 * @param {Set<string>} holidays
 * @returns {{text: string, open: boolean}} `text` is empty where nothing true can be said
 */
export function openNow(opening, moment, holidays) {
  const now = inJapan(moment);
  const found = openingAt(opening, now, holidays);
  const text = sentence(found, now);
  const caution = [opening.appointment ? "予約が必要です。" : "", opening.note ? "時間の注意書きも見てください。" : ""].join("");
  return { text: text && text + caution, open: found.state === "open" };
}

/**
 * Fills the line of the page, and again whenever the reader comes back to it.
 * @param {HTMLElement} line with the opening as JSON in `data-opening`
 */
export async function sayOpenNow(line) {
  const answer = await fetchFresh(`${line.dataset.base}assets/tsunagite/holidays.json`);
  if (!answer.ok) return;
  /** @type {import("./hours.js").Holidays} */
  const table = await answer.json();
  const opening = JSON.parse(line.dataset.opening ?? "");
  const show = () => {
    const now = new Date();
    const holidays = holidaysAt(table, now);
    const { text, open } = holidays ? openNow(opening, now, holidays) : { text: isBeforeData(table, now) ? WRONG_CLOCK : "", open: false };
    const words = /** @type {HTMLElement} */ (line.querySelector("span"));
    words.textContent = text;
    line.hidden = !text;
    line.classList.toggle("ts-now--open", open);
  };
  show();
  document.addEventListener("visibilitychange", show);
}
