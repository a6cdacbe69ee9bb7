// Times of the pages in easy Japanese.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../../generator/tsunagite/languages/browser/language.js", import.meta.url), "utf-8").replace(/^import .*$/gm, "");
const { ofTwelve } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

test("easy Japanese counts the hours of half a day", () => {
  const times = ["8:30", "17:15", "17時15分", "12:00", "0時", "24時"];
  assert.deepEqual(times.map(ofTwelve), ["午前8時30分", "午後5時15分", "午後5時15分", "午後0時", "午前0時", "午前0時"]);
});
