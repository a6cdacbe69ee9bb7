// Narrowing by facets over four made-up records, addresses, distances, tables: pure parts of the directory.

import assert from "node:assert/strict";
import test from "node:test";

import { addressOf, askedIn, asksSomething, withChoice } from "../../generator/tsunagite/search/browser/chosen.js";
import { addColumn, kanaRanks, readFacets, readPoints } from "../../generator/tsunagite/search/browser/facet_columns.js";
import { Narrowing } from "../../generator/tsunagite/search/browser/facets.js";
import { metresBetween, metresFrom, placesNamed, walking } from "../../generator/tsunagite/search/browser/near.js";
import { openWords } from "../../generator/tsunagite/search/browser/result_card.js";
import { ordered } from "../../generator/tsunagite/search/browser/result_order.js";
import { cell, csv } from "../../generator/tsunagite/site/browser/csv.js";

// Numbers below 45 are written as one character of this row (tsunagite/search/index.py).
const written = (...numbers) => numbers.map((number) => "#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNO"[number]).join("");
const OFFICE = { spans: [{ days: "月火水木金", open: "09:00", close: "17:00" }], holidays: true, yearEnd: "12-29/01-03", note: false, appointment: false };
const SATURDAY = { ...OFFICE, spans: [{ days: "土", open: "10:00", close: "12:00", nth: [2, 4] }] };
// 0: an office in yama; 1: a Saturday club in yama for the whole city; 2: a shop in kawa, nothing known; 3: equipment in yama
const FACETS = readFacets({
  count: 4,
  values: {
    need: [["meals", "食事"], ["company", "仲間"]], group: [["public", "公共", 0], ["shops", "店", 0], ["tools", "設備", 1]],
    kind: [["office", "窓口", 0], ["club", "集まり", 0], ["shop", "店", 1], ["aed", "AED", 2]], level: [["mutual", "互助"]],
    area: [["city", "市", -1, "city"], ["yama", "山地区", 0, "district"], ["kawa", "川地区", 0, "district"], ["yama-1", "山一丁目", 1, "town"], ["kawa-1", "川一丁目", 2, "town"]],
    organization: [], fee: [["free", "無料"], ["paid", "有料"]], access: [["ramp", "段差なし"], ["parking", "駐車場"]], language: [["en", "英語"]],
    care: [["none", "認定なし"], ["care_2", "要介護2"]], situation: [["alone", "一人暮らし"], ["anyone", "誰でも"]], way: [["physical", "場所"], ["visit", "訪問"]],
  },
  columns: {
    kind: { table: [null, 0, 1, 2, 3], of: written(1, 2, 3, 4) },
    need: { table: [null, [], [0], [0, 1]], of: written(2, 3, 2, 1) },
    level: { table: [null, []], of: written(1, 1, 1, 1) },
    place: { table: [null, 3, 4], of: written(1, 1, 2, 1) },
    served: { table: [null, [], [0]], of: written(1, 2, 1, 1) },
    organization: { table: [null], of: written(0, 0, 0, 0) },
    who: { table: [null, [65, null, [], [1]], [null, 64, [1], [0]]], of: written(1, 2, 0, 0) },
    fee: { table: [null, 0, 1], of: written(1, 2, 0, 0) },
    access: { table: [null, [[0], [1]], [[0, 1], []]], of: written(1, 2, 0, 0) },
    language: { table: [null], of: written(0, 0, 0, 0) },
    booking: { table: [null, [null, null], [false, false], [true, null]], of: written(2, 3, 1, 1) },
    way: { table: [null, 0], of: written(1, 1, 1, 1) },
    hours: { table: [null, OFFICE, SATURDAY, false], of: written(1, 2, 0, 0) },
    verified: { table: [null, "2026-09-02", "2024-09-01"], of: written(1, 2, 0, 0) },
  },
});
addColumn(FACETS, "order", { starts: [0, 2], of: written(1, 0, 1, 0) });
const HOLIDAYS = new Set(["2026-11-23"]);
const POINTS = readPoints({ corner: [3_400_000, 13_400_000], lat: written(1, 11, 0, 21), lng: written(1, 1, 0, 1), areas: [[["市"], null, null], [["山", "やま"], 34, 134], [["川", "かわ"], 34.1, 134], [["山一丁目", "やま1ちょうめ"], 34.001, 134], [["川一丁目"], 34.1, 134]] });
const ALL = [0, 1, 2, 3];
const TUESDAY = new Date("2026-11-24T10:00:00+09:00");

function decide(chosen, { moment = TUESDAY, metres = null, documents = ALL } = {}) {
  const narrowing = new Narrowing(FACETS, { moment, holidays: HOLIDAYS, metres });
  const narrowed = narrowing.decide(documents, chosen);
  return { narrowing, narrowed, found: narrowed.found, maybe: narrowed.maybe };
}

test("nothing chosen keeps everything, guides too", () => {
  assert.deepEqual(decide({}, { documents: [2, 0, 7] }).found, [2, 0, 7]);
  assert.deepEqual(decide({ need: ["meals"] }, { documents: [7, 2, 0] }).found, [2, 0]);
});

test("what is not known is kept apart and never counted", () => {
  const { found, maybe } = decide({ open: ["now"] });
  assert.deepEqual([found, maybe], [[0], [2, 3]]);
  assert.deepEqual(decide({ fee: ["free"], need: ["meals"] }).maybe, [2]);
});

test("on a holiday of which this office says it is closed nothing is open, and nothing unknown becomes closed", () => {
  const { found, maybe } = decide({ open: ["now"] }, { moment: new Date("2026-11-23T10:00:00+09:00") });
  assert.deepEqual([found, maybe], [[], [2, 3]]);
});

test("a weekday and an hour are about the week, not about today", () => {
  assert.deepEqual(decide({ open: ["sat-10:00"] }).found, [1]);
  assert.deepEqual(decide({ open: ["sat-12:00"] }).found, []);
  assert.deepEqual(decide({ open: ["mon"] }).found, [0]);
});

test("within a facet any value is enough, for access all are needed, and what is known to be missing says no", () => {
  assert.deepEqual(decide({ fee: ["free", "paid"] }).found, [0, 1]);
  assert.deepEqual(decide({ access: ["ramp", "parking"] }).found, [1]);
  assert.deepEqual(decide({ access: ["parking"] }).maybe, [2, 3]);
});

test("an age, a care level and a situation fit where no such condition is written", () => {
  assert.deepEqual(decide({ age: ["70"] }).found, [0]);
  assert.deepEqual(decide({ age: ["60"] }).found, [1]);
  assert.deepEqual(decide({ care: ["none"] }).found, [0]);
  assert.deepEqual(decide({ situation: ["alone"] }).found, [0, 1]);
});

test("an area is what lies there or is for it; for its people also what is for the whole city; equipment where it lies", () => {
  assert.deepEqual(decide({ area: ["yama"] }).found, [0, 1]);
  assert.deepEqual(decide({ area: ["kawa-for"] }).found, [1]);
  assert.deepEqual(decide({ area: ["yama-in"] }).found, [0, 1, 3]);
  assert.deepEqual(decide({ area: ["kawa-1"] }).found, [2]);
  assert.deepEqual(decide({ area: ["no-such"] }).found, []);
});

test("a group stands for its kinds until one of them is chosen", () => {
  assert.deepEqual(decide({ group: ["public"] }).found, [0, 1]);
  assert.deepEqual(decide({ group: ["public", "shops"], kind: ["club"] }).found, [1, 2]);
});

test("counts say what each further choice would leave, and what dropping one facet would", () => {
  const { narrowing, narrowed } = decide({ need: ["company"], fee: ["free"] });
  assert.deepEqual(narrowed.found, []);
  assert.deepEqual(narrowed.names.map((name, at) => [name, narrowed.without[at]]), [["need", 1], ["fee", 1]]);
  assert.deepEqual(narrowing.counts(narrowed, "need", [["meals"], ["company"]]), [1, 0]);
  assert.deepEqual(narrowing.counts(narrowed, "fee", [["free"], ["paid"]]), [0, 1]);
  assert.deepEqual(narrowing.counts(narrowed, "area", [["yama"]]), [0]);
});

test("orders: the record without a place or a day stays behind", () => {
  const metres = metresFrom(POINTS, 34.0002, 134);
  assert.deepEqual(ordered(ALL, "near", FACETS, metres), [3, 1, 0, 2]);
  assert.deepEqual([...kanaRanks(FACETS)], [1, 3, 0, 2]);
  assert.deepEqual(ordered(ALL, "kana", FACETS, null), [2, 0, 3, 1]);
  assert.deepEqual(ordered([3, 1, 0], "verified", FACETS, null), [0, 1, 3]);
});

test("a walk narrows only where there is a place to start from", () => {
  const metres = metresFrom(POINTS, 34, 134);
  assert.deepEqual(decide({ walk: ["10"] }).found, ALL);
  assert.deepEqual(decide({ walk: ["10"] }, { metres }).found, [0, 1, 3]);
});

test("metres are those of the ground and minutes those of the rule", () => {
  assert.ok(Math.abs(metresBetween(34.3428, 134.0466, 34.3428, 134.0576) - 1010) < 5);
  assert.equal(walking(480), "歩いて約6分（直線で480m）");
  assert.equal(walking(481), "歩いて約7分（直線で480m）");
  assert.equal(walking(0), "歩いて約1分（直線で10m）");
  assert.equal(walking(4800), "歩いて約60分（直線で4.8km）");
  assert.equal(walking(9000), "直線で9.0km");
});

test("a place is found by its name and by its reading, whole names first", () => {
  assert.deepEqual(placesNamed(POINTS, "やま"), [1, 3]);
  assert.deepEqual(placesNamed(POINTS, "山1丁目"), [3]);
  assert.deepEqual(placesNamed(POINTS, "市"), []);
});

test("an address says everything that was asked, and never where the reader is", () => {
  const address = "q=%E9%85%8D%E9%A3%9F&open=sat-10%3A00&need=meals&need=company&area=yama-in&near=here&sort=kana&view=map&maybe=1";
  const asked = askedIn(`?${address}`);
  assert.equal(addressOf(asked), address);
  assert.equal(asked.near, "here");
  assert.deepEqual(withChoice(asked, "need", []).chosen, { open: ["sat-10:00"], area: ["yama-in"] });
});

test("an address that somebody mistyped asks for less, not for nonsense", () => {
  const asked = askedIn("?open=yesterday&age=old&walk=999&sort=best&view=x&verified=1&q=%20");
  assert.equal(asksSomething(asked), false);
  assert.deepEqual([asked.sort, asked.view], ["", ""]);
});

test("a card says when, not only that it is closed", () => {
  const said = (moment) => openWords(OFFICE, new Date(`${moment}:00+09:00`), HOLIDAYS).text;
  assert.equal(said("2026-11-24T10:00"), "開いている（17:00まで）");
  assert.equal(said("2026-11-24T08:00"), "きょう 9:00から");
  assert.equal(said("2026-11-24T18:00"), "明日 9:00から");
  assert.equal(said("2026-11-20T18:00"), "11月24日（火） 9:00から");
  const unknown = openWords({ ...OFFICE, holidays: null }, new Date("2026-11-23T10:00:00+09:00"), HOLIDAYS);
  assert.deepEqual(unknown, { state: "unsure", text: "祝日のため、電話で確認を" });
});

test("a table cannot start a formula, and opens with its letters", () => {
  for (const bad of ["=1+1", "+81", "-2", "@SUM(A1)", "\tx", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"]) assert.ok(cell(bad).replaceAll('"', "").startsWith("'"));
  assert.equal(cell('ことば,"引用"'), '"ことば,""引用"""');
  assert.equal(csv([["名前"], ["=x"]]), "\u{feff}名前\r\n'=x\r\n");
});
