// The pure functions of our browser scripts, run by `node --test`. The module is read as text, so that no package.json
// has to say that .js files are modules.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

process.env.TZ = "Asia/Tokyo";

const read = (name) => readFileSync(new URL(`../../generator/tsunagite/${name}`, import.meta.url), "utf-8");
const load = (name) => import(`data:text/javascript,${encodeURIComponent(read(name))}`);

const { ago, day } = await load("site/browser/site.js");
const { degrees } = await load("map/browser/map.js");

const cases = [
  ["2026-09-02", "2026-09-02T00:00", "きょう"],
  ["2026-09-02", "2026-09-02T23:59", "きょう"],
  ["2026-09-02", "2026-09-03T00:00", "1日前"],
  ["2026-09-02", "2026-10-02T12:00", "30日前"],
  ["2026-09-02", "2026-10-03T12:00", "1か月前"],
  ["2026-01-31", "2026-03-03T12:00", "1か月前"],
  ["2026-09-02", "2027-09-01T12:00", "11か月前"],
  ["2026-09-02", "2027-09-02T12:00", "12か月前"],
  ["2024-09-01", "2026-08-31T12:00", "23か月前"],
  ["2024-09-01", "2026-09-01T12:00", "2年前"],
  ["2016-09-01", "2026-11-22T12:00", "10年前"],
];

for (const [then, now, words] of cases) {
  test(`on ${now} the day ${then} is ${words}`, () => assert.equal(ago(day(then), new Date(now)), words));
}

test("a day that lies ahead is not called past", () => {
  assert.equal(ago(day("2026-11-23"), new Date("2026-11-22T12:00")), "きょう");
});

test("a written day begins at the reader's own midnight", () => {
  const written = day("2026-09-02");
  assert.deepEqual([written.getDate(), written.getHours()], [2, 0]);
});

test("differences add up to degrees", () => {
  assert.deepEqual(degrees([3_430_000, 100, -50]), [34.3, 34.301, 34.3005]);
  assert.deepEqual(degrees([]), []);
});
