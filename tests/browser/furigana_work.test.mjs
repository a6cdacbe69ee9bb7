// How much the readings of a long page cost, counted and not timed: what a slow telephone does for each of them.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

import { Readings } from "../../generator/tsunagite/furigana/browser/readings.js";

const here = (path) => readFileSync(new URL(path, import.meta.url), "utf-8");
const lines = here("../../generator/tsunagite/records/readings.txt").split("\n").filter((line) => line && !line.startsWith(";"));
const words = Object.fromEntries(lines.map((line) => line.split(" ")));
const GUIDES = new URL("../../content/reference/", import.meta.url);
const page = readdirSync(GUIDES).filter((name) => name.endsWith(".md")).sort().map((name) => here(new URL(name, GUIDES))).join("\n").slice(0, 20_000);

/** A dictionary that counts how often it looks for a word, and reads one. */
function counting() {
  const readings = new Readings(words);
  const count = { asked: 0, read: 0 };
  for (const [part, method, name] of [["plain", "has", "asked"], ["words", "get", "read"]]) {
    const own = readings[part][method].bind(readings[part]);
    readings[part][method] = (key) => {
      count[name] += 1;
      return own(key);
    };
  }
  return { readings, count };
}

test("a page of 20,000 characters asks for few words that are none, and reads each word at most twice", () => {
  assert.ok(page.length === 20_000 && lines.length > 2000);
  const { readings, count } = counting();
  const pieces = readings.pieces(page);
  assert.ok(pieces.length > 1500, `${pieces.length} pieces`);
  assert.ok(count.asked <= 6 * pieces.length, `${count.asked} words asked for, ${pieces.length} found`);
  assert.ok(count.read <= 2.5 * pieces.length, `${count.read} words read, ${pieces.length} found`);
});

test("twice the text is twice the work", () => {
  const [one, two] = [counting(), counting()];
  one.readings.pieces(page.slice(0, 8000));
  two.readings.pieces(page.slice(0, 8000).repeat(2));
  assert.ok(two.count.asked <= 2.05 * one.count.asked, `${one.count.asked}, ${two.count.asked}`);
});

test("a word that the end of the text cuts off is none", () => {
  assert.deepEqual(new Readings({ 会議: "かいぎ", 会議録: "かいぎろく" }).pieces("会議"), [[0, 2, "かいぎ"]]);
});
