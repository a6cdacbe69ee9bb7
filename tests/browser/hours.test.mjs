// What the record page says of a moment. Moments are written on Japan's clock (+09:00).

import assert from "node:assert/strict";
import test from "node:test";

import { badgesAt, openOn } from "../../generator/tsunagite/site/browser/hours.js";
import { openWords } from "../../generator/tsunagite/search/browser/result_card.js";
import { openNow } from "../../generator/tsunagite/site/browser/open_now.js";

const HOLIDAYS = new Set(["2026-11-03", "2026-11-23", "2027-01-01"]);
const OFFICE = { spans: [{ days: "月火水木金", open: "08:30", close: "17:00" }], holidays: true, yearEnd: "12-29/01-03", note: false, appointment: false };
const of = (spans, more = {}) => ({ ...OFFICE, holidays: null, yearEnd: "", spans, ...more });
const said = (opening, moment) => openNow(opening, new Date(`${moment}:00+09:00`), HOLIDAYS).text;

test("an office says until when it is open", () => {
  assert.equal(said(OFFICE, "2026-11-24T10:00"), "いま、開いている時間です（17時まで）。");
});

const PAUSED = { ...OFFICE, pause: { from: "2026-12-01", to: "2027-01-31" } };

test("an office is not open in a pause, and is again on the day after it by itself", () => {
  assert.equal(said(PAUSED, "2026-11-30T10:00"), "いま、開いている時間です（17時まで）。");
  assert.equal(said(PAUSED, "2026-12-01T10:00"), "いまは休止中です。つぎは2月1日（月）8時30分から。");
  assert.equal(said(PAUSED, "2027-01-31T10:00"), "いまは休止中です。つぎはあす8時30分から。");
  assert.equal(said(PAUSED, "2027-02-01T10:00"), "いま、開いている時間です（17時まで）。");
  assert.equal(said({ ...OFFICE, pause: { from: "2026-11-01" } }, "2026-11-24T10:00"), "いまは休止中です。");
  assert.equal(openWords({ ...OFFICE, pause: { to: "2027-12-31" } }, new Date("2026-11-24T10:00:00+09:00"), HOLIDAYS).text, "休止中");
  assert.equal(openOn(PAUSED, "月", 600, 20_788), false); // asked on 2026-12-01: next Monday is the 7th
  assert.equal(openOn(PAUSED, "月", 600, 20_850), true); // asked on 2027-02-01
});

test("the badge of a pause goes with its last day on the clock of Japan", () => {
  const badges = ["見本", ["休止（2027年1月31日まで）", "2027-01-31"]];
  assert.deepEqual(badgesAt(badges, new Date("2027-01-31T23:59:00+09:00")), ["見本", "休止（2027年1月31日まで）"]);
  assert.deepEqual(badgesAt(badges, new Date("2027-02-01T00:00:00+09:00")), ["見本"]);
});

test("the closing minute is closed, the opening minute is open", () => {
  assert.equal(said(OFFICE, "2026-11-24T17:00"), "いまは時間の外です。つぎはあす8時30分から。");
  assert.equal(openNow(OFFICE, new Date("2026-11-24T08:30:00+09:00"), HOLIDAYS).open, true);
});

test("before it opens the reader hears today's hour", () => {
  assert.equal(said(OFFICE, "2026-11-24T07:00"), "きょうは8時30分からです。");
});

test("a closed holiday leads to the next working day", () => {
  assert.equal(said(OFFICE, "2026-11-22T10:00"), "いまは時間の外です。つぎは11月24日（火）8時30分から。");
});

test("a holiday of which nothing is written stays unknown and is not counted as closed", () => {
  const club = of([{ days: "月", open: "13:30", close: "15:00" }]);
  assert.equal(said(club, "2026-11-23T14:00"), "きょうは祝日です。開いているかは、電話で確かめてください。つぎは11月30日（月）13時30分から。");
  assert.equal(said(club, "2026-11-22T14:00"), "いまは時間の外です。つぎは11月30日（月）13時30分から。11月23日（月）は、開いているかわかりません。");
});

test("a day that the note excepts is for a telephone call, also the day after a holiday on which a library is open", () => {
  const library = { ...OFFICE, holidays: false, spans: [{ days: "火水木金土日", open: "09:30", close: "17:00" }], note: true, doubt: ["shift", "month-end"] };
  const why = "きょうは、注意書きにある、いつもとちがう日かもしれません。開いているかは、電話で確かめてください。";
  assert.equal(said(library, "2026-11-23T10:00"), `${why}つぎは11月25日（水）9時30分から。時間の注意書きも見てください。`); // a Monday, usually closed
  assert.equal(said(library, "2026-11-24T10:00"), `${why}つぎはあす9時30分から。時間の注意書きも見てください。`);
  assert.match(said(library, "2026-11-25T10:00"), /^いま、開いている/);
  assert.equal(openWords(library, new Date("2027-01-31T10:00:00+09:00"), HOLIDAYS).text, "注意書きのため、電話で確認を");
});

test("every day means holidays, too", () => {
  const shop = of([{ days: "月火水木金土日", open: "09:00", close: "20:00" }]);
  assert.match(said(shop, "2026-11-23T14:00"), /^いま、開いている/);
});

test("hours of holidays count on holidays only", () => {
  const library = of([{ days: "火水木金", open: "09:30", close: "19:00" }, { days: "土日祝", open: "09:30", close: "17:00" }]);
  assert.equal(said(library, "2026-11-03T16:00"), "いま、開いている時間です（17時まで）。"); // a Tuesday
});

test("New Year is unknown unless it is written", () => {
  const shop = of([{ days: "月火水木金土日", open: "09:00", close: "20:00" }]);
  assert.match(said(shop, "2026-12-30T10:00"), /^年末年始です。/);
  assert.equal(said(OFFICE, "2026-12-30T10:00"), "いまは時間の外です。つぎは1月4日（月）8時30分から。");
});

test("a pub is open past midnight, also into a day on which it is shut", () => {
  const pub = of([{ days: "金", open: "17:00", close: "02:00" }]);
  assert.equal(said(pub, "2026-11-21T01:30"), "いま、開いている時間です（2時まで）。");
  assert.equal(said(pub, "2026-11-20T23:00"), "いま、開いている時間です（あす2時まで）。");
});

test("morning and afternoon that touch are one, a lunch break is a break", () => {
  const clinic = of([{ days: "火", open: "09:00", close: "12:00" }, { days: "火", open: "12:00", close: "13:00" }, { days: "火", open: "15:00", close: "18:00" }]);
  assert.equal(said(clinic, "2026-11-24T10:00"), "いま、開いている時間です（13時まで）。");
  assert.equal(said(clinic, "2026-11-24T14:00"), "きょうは15時からです。");
});

test("the second Tuesday of a month is found a month ahead", () => {
  const club = of([{ days: "火", nth: [2], open: "10:00", close: "11:30" }]);
  assert.equal(said(club, "2026-11-10T12:00"), "いまは時間の外です。つぎは12月8日（火）10時から。");
});

test("day and night are open without an end", () => {
  const line = of([{ days: "月火水木金土日", open: "00:00", close: "24:00" }]);
  assert.equal(said(line, "2026-11-24T23:30"), "いま、開いている時間です。");
});

test("after the season nothing is promised", () => {
  const pool = of([{ days: "月火水木金土日", open: "10:00", close: "17:00", from: "2026-07-01", to: "2026-08-31" }]);
  assert.equal(said(pool, "2026-11-24T12:00"), "");
});

test("a note and an appointment are named beside the hours", () => {
  assert.match(said({ ...OFFICE, note: true, appointment: true }, "2026-11-24T10:00"), /予約が必要です。時間の注意書きも見てください。$/);
});

test("the clock of the reader's own country does not matter", () => {
  assert.match(openNow(OFFICE, new Date("2026-11-24T00:00:00Z"), HOLIDAYS).text, /開いている/); // nine in Japan
});

test("nothing is said to be open by hours that nobody has checked for too long", () => {
  const old = { ...OFFICE, trusted: "2026-11-23" };
  assert.equal(said(old, "2026-11-23T14:00"), said(OFFICE, "2026-11-23T14:00"));
  assert.equal(said(old, "2026-11-24T10:00"), "長く確かめられていません。開いているかは、電話で確かめてください。");
  assert.equal(openWords(old, new Date("2026-11-24T10:00:00+09:00"), HOLIDAYS).text, "古い情報のため、電話で確認を");
  assert.equal(openOn(old, "火", null, 20781), null); // 2026-11-24: not known
  assert.equal(openOn(OFFICE, "火", null, 20781), true);
});

test("a badge changes its words after its day", () => {
  const badges = ["見本", ["休止（2026年11月23日まで）", "2026-11-23"], ["2025年11月確認", "2026-11-23", "要確認"]];
  assert.deepEqual(badgesAt(badges, new Date("2026-11-23T23:00:00+09:00")), ["見本", "休止（2026年11月23日まで）", "2025年11月確認"]);
  assert.deepEqual(badgesAt(badges, new Date("2026-11-24T01:00:00+09:00")), ["見本", "要確認"]);
});
