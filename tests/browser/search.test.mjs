// What the search makes of words before it asks the index: numbers and sentences.

import assert from "node:assert/strict";
import test from "node:test";

import { wordsOf } from "../../generator/tsunagite/search/browser/search_query.js";
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
