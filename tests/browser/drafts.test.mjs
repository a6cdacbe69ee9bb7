// A draft of a worksheet, or a file opened as one, may hold anything: what fits its sheet is shown, the rest is left out.

import assert from "node:assert/strict";
import { test } from "node:test";

import { pageOf } from "../../generator/tsunagite/offline/browser/offline.js";
import { leftOut, wellFormed } from "../../generator/tsunagite/worksheets/browser/worksheet_draft.js";

const sheet = {
  head: [{ id: "title", kind: "text" }, { id: "made_on", kind: "date" }],
  sections: [
    { id: "factors", table: true, fields: [{ id: "text", kind: "text" }, { id: "who", kind: "choices" }, { id: "count", kind: "number" }, { id: "done", kind: "mark" }, { id: "of", kind: "rows" }] },
    { id: "box", table: false, fields: [{ id: "words", kind: "text" }] },
  ],
};

test("a whole record stays as it is", () => {
  const record = { id: "a-1", sample: true, resources: ["x"], title: "題", made_on: "2026-11-22", factors: [{ letter: "A", text: "足", who: ["医療"], count: 3, done: true, of: ["A"] }], box: { words: "ことば" } };
  assert.deepEqual(wellFormed(record, sheet), record);
});

for (const [broken, left] of [
  [null, null], [5, null], ["x", null], [[], null], [{ factors: [null] }, { factors: [] }], [{ factors: 5 }, {}], [{ factors: { 0: "x" } }, {}],
  [{ factors: [{ who: 5 }] }, { factors: [{ who: ["5"] }] }], [{ factors: [{ who: [null, {}, "医療"] }] }, { factors: [{ who: ["医療"] }] }],
  [{ factors: [{ letter: { x: 1 }, text: "足" }] }, { factors: [{ text: "足" }] }], [{ box: null }, {}], [{ box: [1] }, {}], [{ title: { a: 1 } }, {}],
  [{ title: ["a", "b"] }, { title: "a、b" }], [{ factors: [{ done: "yes", count: Infinity }] }, { factors: [{}] }], [{ id: "../../x" }, {}],
  [JSON.parse('{"__proto__": {"title": "x"}, "title": "題"}'), { title: "題" }],
]) {
  test(`of ${JSON.stringify(broken)} is left ${JSON.stringify(left)}`, () => assert.deepEqual(wellFormed(broken, sheet), left));
}

test("no draft is longer than a hand can write", () => {
  assert.equal(wellFormed({ factors: Array.from({ length: 100_000 }, () => ({ text: "x" })) }, sheet).factors.length, 500);
});

test("what a form cannot hold is told with its field; what it writes otherwise is not", () => {
  const titled = { head: [{ id: "made_on", kind: "date", title: "会議の日" }], sections: [{ id: "rows", table: true, title: "行", fields: [{ id: "count", kind: "number", title: "数" }, { id: "of", kind: "rows", title: "もとの行" }] }] };
  const found = { id: "x", made_on: "9月10日", rows: [{ letter: "A", count: "３", of: ["A", "B"] }, "ことばだけの行"], memo: "前のメモ" };
  const held = { memo: "前のメモ", rows: [{ count: 3, of: ["A", "B"] }] };
  assert.deepEqual(leftOut(found, held, titled), ["会議の日「9月10日」", "rows「ことばだけの行」"]);
  assert.deepEqual(leftOut({ made_on: "2026-09-10", count: false, title: "" }, { made_on: "2026-09-10" }, titled), []);
  assert.deepEqual(leftOut({ made_on: "9月10日" }, { memo: "F.yml から：\n会議の日「9月10日」" }, titled), [], "it is in the memo already");
});

const ROOT = new URL("https://town.example/guide/");
for (const elsewhere of ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "../other/", "/other/", "\\\\evil.example", "a//b", "a/../../b", "?x", "#x", "", "data:text/html,x"]) {
  test(`${elsewhere || "nothing"} is no page of this site`, () => assert.equal(pageOf(elsewhere, ROOT), ""));
}
test("a page of this site is found", () => assert.equal(pageOf("needs/violence/", ROOT), "https://town.example/guide/needs/violence/"));
