// Sheets of several devices become one: nothing is lost, doubles are told, letters stay right.

import assert from "node:assert/strict";
import test from "node:test";

import { merge } from "../../generator/tsunagite/worksheets/browser/worksheet_merge.js";

const field = (id, kind = "text", more = {}) => ({ id, title: id, kind, of: "", ...more });
const ISSUES = {
  head: [field("title", "line"), field("made_on", "date"), field("members", "resources")],
  sections: [
    { id: "notices", title: "気づき", table: true, letters: "", each: "", fields: [field("notice"), field("hypothesis")] },
    { id: "problems", title: "問題", table: true, letters: "a", each: "", fields: [field("problem", "text", { required: true }), field("cases", "number")] },
    { id: "screening", title: "ふるい", table: true, letters: "", each: "problems", fields: [field("decision", "choice"), field("reason", "line")] },
    { id: "issues", title: "課題", table: true, letters: "A", each: "", fields: [field("factors"), field("issue"), field("problems", "rows", { of: "problems" })] },
    { id: "measures", title: "対応", table: true, letters: "", each: "", fields: [field("method"), field("issue", "row", { of: "issues" })] },
    { id: "theme", title: "暮らし", table: false, letters: "", each: "", fields: [field("life"), field("status", "choice")] },
  ],
};
const texts = (value) => (typeof value === "string" ? [value] : typeof value === "object" && value ? Object.values(value).flatMap(texts) : []);

test("lines of another device get the next letters, and what points to them follows", () => {
  const mine = { id: "x", title: "雨", problems: [{ letter: "a", problem: "待てない" }], issues: [{ letter: "A", issue: "いす", problems: ["a"] }] };
  const theirs = {
    id: "y", title: "雨", problems: [{ letter: "a", problem: "休むと来ない" }, { letter: "b", problem: "待てない" }],
    screening: [{ letter: "a", decision: "残す" }],
    issues: [{ letter: "A", issue: "電話", problems: ["a", "b"] }], measures: [{ method: "当番", issue: "A" }],
  };
  const { record, added, doubles, left } = merge(mine, theirs, ISSUES, "y.yml");
  assert.deepEqual(record.problems, [{ letter: "a", problem: "待てない" }, { letter: "b", problem: "休むと来ない" }]);
  assert.deepEqual(record.screening, [{ letter: "b", decision: "残す" }]);
  assert.deepEqual(record.issues[1], { letter: "B", issue: "電話", problems: ["b", "a"] });
  assert.deepEqual(record.measures, [{ method: "当番", issue: "B" }]);
  assert.deepEqual(doubles, [{ section: "問題", line: "a", words: "待てない", same: true }]);
  assert.deepEqual([added, left], [4, []]);
  assert.equal(mine.problems.length, 1); // the record that was there is not touched
});

test("what says different things about one line stands beside each other, or in the memo", () => {
  const mine = { title: "雨", made_on: "2026-11-20", members: ["包括"], problems: [{ letter: "a", problem: "待てない", cases: 3 }], theme: { life: "坂の上", status: "検討中" }, memo: "前の" };
  const theirs = { title: "雪", made_on: "2026-11-20", members: ["店", "包括"], problems: [{ letter: "a", problem: "待て ない", cases: 5 }], theme: { life: "一人で", status: "まだ" } };
  const { record, doubles } = merge(mine, theirs, ISSUES, "b.yml");
  assert.equal(record.title, "雨");
  assert.deepEqual(record.members, ["包括", "店"]);
  assert.deepEqual(record.theme, { life: "坂の上\n一人で", status: "検討中" });
  assert.equal(record.memo, "前の\nb.yml から：\ntitle：雪\n問題・a・cases：5\n暮らし・status：まだ");
  assert.deepEqual(doubles, [{ section: "問題", line: "a", words: "待て ない", same: false }]);
});

test("four sheets become one in which every word of each still stands", () => {
  const sheets = [0, 1, 2, 3].map((n) => ({
    id: `s${n}`, title: `題${n}`, notices: [{ notice: `気づき${n}`, hypothesis: "同じ仮説" }, { notice: "みんなの気づき", hypothesis: "同じ仮説" }],
    problems: [{ letter: "a", problem: `問題${n}` }, { letter: "b", problem: "同じ問題" }], issues: [{ letter: "A", factors: "同じ要因", issue: `課題${n}`, problems: ["b"] }],
    measures: [{ method: `方法${n}`, issue: "A" }], theme: { life: `暮らし${n}` },
  }));
  let record = sheets[0];
  const told = [];
  for (const sheet of sheets.slice(1)) {
    const merged = merge(record, sheet, ISSUES, `${sheet.id}.yml`);
    record = merged.record;
    told.push(...merged.doubles);
  }
  const all = texts(record).join("\n");
  for (const sheet of sheets) for (const text of texts({ ...sheet, id: "" })) assert.ok(all.includes(text), text);
  assert.equal(record.notices.length, 5);
  assert.deepEqual(record.problems.map(({ letter }) => letter), ["a", "b", "c", "d", "e"]);
  assert.deepEqual(record.issues.map(({ problems }) => problems), [["b"], ["b"], ["b"], ["b"]]);
  assert.deepEqual(record.measures.map(({ issue }) => issue), ["A", "B", "C", "D"]);
  assert.equal(told.length, 6); // the shared notice and the shared problem, of three files
});

test("the numbers of one sphere are added up, those of another stand beside them", () => {
  const sums = { head: [], sections: [{ id: "sums", title: "圏域ごとの数", table: true, letters: "", each: "", fields: [field("sphere", "line", { required: true }), field("people", "number", { adds: true }), field("marks", "number", { adds: true }), field("most", "line")] }] };
  const mine = { sums: [{ sphere: "汐さい圏域", people: 16, marks: 92, most: "3、4" }] };
  const { record, added, doubles, left } = merge(mine, { sums: [{ sphere: "汐さい 圏域", people: 4, marks: 11, most: "18" }, { sphere: "山の圏域", people: 9, marks: 30 }] }, sums, "b.yml");
  assert.deepEqual(record.sums, [{ sphere: "汐さい圏域", people: 20, marks: 103, most: "3、4／18" }, { sphere: "山の圏域", people: 9, marks: 30 }]);
  assert.deepEqual([added, doubles, left], [1, [], []]);
  const again = merge(record, { sums: [{ sphere: "山の圏域", marks: 5 }] }, sums, "c.yml").record;
  assert.deepEqual(again.sums[1], { sphere: "山の圏域", people: 9, marks: 35 });
});

test("marks of several people on printed lines are counted", () => {
  const twenty = { head: [], sections: [{ id: "problems", title: "20", table: true, letters: "1", each: "", fields: [field("problem", "line", { printed: ["一", "二", "三"] }), field("mark", "mark"), field("count", "number")] }] };
  const one = (...letters) => ({ problems: letters.map((letter) => ({ letter, problem: ["一", "二", "三"][Number(letter) - 1], mark: true })) });
  let record = one("1", "3");
  for (const other of [one("3"), one("2", "3")]) record = merge(record, other, twenty, "x").record;
  assert.deepEqual(record.problems.map(({ letter, count }) => [letter, count]), [["1", undefined], ["3", 3], ["2", undefined]]);
});
