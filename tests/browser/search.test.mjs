// What the search makes of words before it asks the index: numbers and sentences.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { runInNewContext } from "node:vm";

import { asWritten } from "../../generator/tsunagite/search/browser/search_forms.js";
import { SearchIndex } from "../../generator/tsunagite/search/browser/search_index.js";
import { search, wordsOf } from "../../generator/tsunagite/search/browser/search_query.js";
import { cutWord, distance } from "../../generator/tsunagite/search/browser/search_spelling.js";

const keys = (query) => wordsOf(query).map((word) => word.key);
const KNOWN = new Set(["風呂", "歩けな", "内科", "ないか", "くすり", "体操", "店"]);
const cut = (typed) => cutWord(KNOWN, { typed, key: typed }).map((word) => (word.known ? `[${word.typed}]` : word.typed));

test("a telephone number is one word, however it is grouped", () => {
  for (const typed of ["087-839-2811", "(087) 839 2811", "087 839 2811", "０８７－８３９－２８１１", "+81 87 839 2811"]) assert.equal(keys(typed).length, 1, typed);
  assert.deepEqual(keys("+81 (0)87-839-2811"), ["087-839-2811"]);
  assert.deepEqual(keys("〒760-0074"), ["760-0074"]);
});

test("a sentence is cut at what is known, told as it was typed, without who asks and how", () => {
  assert.deepEqual(cut("母が風呂に入れません"), ["[風呂]", "入れ"]);
  assert.deepEqual(cut("店まで歩けない"), ["[歩けない]"]);
  assert.deepEqual(cut("近くの体操を教えてください"), ["[体操]"]);
});

test("hiragana in the middle of hiragana are no word", () => {
  assert.ok(!cut("倒れていないか").includes("[ないか]"));
  assert.deepEqual(cut("病気でくすりがほしい").at(-1), "[くすり]");
});

test("one change is near, two are not", () => {
  assert.equal(distance("としよかん", "としょかん"), 1);
  assert.equal(distance("ろうそく", "ろくそう"), 2);
});

const AHEAD = readFileSync(new URL("../../generator/tsunagite/search/browser/search_ahead.js", import.meta.url), "utf-8");

/** The files that the head of the search page asks for, before any module has come. */
function askedAhead(query) {
  const paths = [];
  const page = { document: { currentScript: { src: "https://example.org/assets/tsunagite/search_ahead.js" } }, location: { search: `?q=${encodeURIComponent(query)}` }, URL, URLSearchParams };
  runInNewContext(AHEAD, { ...page, fetch: async (address) => paths.push(address.replace("https://example.org/", "")) });
  return paths;
}

test("what is asked for ahead is what the search asks for", async () => {
  const meta = { count: 1, records: 1, block: 8, pairs: "", kinds: [], levels: [], terms: [], pages: [], windows: "", existing: 1, holidays: {} };
  for (const query of ["体操", "たいそう 屋島", "歯"]) {
    const asked = new Set();
    const index = await SearchIndex.open(async (path) => (asked.add(path), path === "search/meta.json" ? { ...meta } : path === "search/words.json" ? [] : path.startsWith("search/languages/") ? { kanji: "", words: [] } : {}));
    await search(index, query);
    const ahead = askedAhead(query);
    assert.ok(ahead.some((path) => path.startsWith("search/grams/")), query);
    assert.deepEqual(ahead.filter((path) => !asked.has(path)), [], query);
  }
});

test("what is said in the west, and politely, is known by the forms of books", () => {
  const forms = { 目がよう見えん: "目が見えない", 見えんようになった: "見えないようになった", 痛うて: "痛くて", できん: "できない", 食べれん: "食べれない", たたきます: "たたく", きこえません: "きこえない", 忘れてしもうて: "忘れてしまって", 困っとる: "困っている", 買いもんに: "買いものに", 体操しよるとこ: "体操しているところ" };
  for (const [said, written] of Object.entries(forms)) assert.equal(asWritten(said), written, said);
  for (const word of ["本", "保健センター", "うどん", "図書館", "しんぶん", "お金がない", "介護に疲れた"]) assert.equal(asWritten(word), word);
});
