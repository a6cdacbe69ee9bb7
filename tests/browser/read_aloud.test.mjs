// What is handed to the voice, which voice, and how reading goes on, pauses and ends.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = readFileSync(new URL("../../generator/tsunagite/furigana/browser/read_aloud.js", import.meta.url), "utf-8");
const { Reader, chooseVoice, sentencesIn, spoken } = await import(`data:text/javascript,${encodeURIComponent(source)}`);

test("a voice is Japanese and of the device", () => {
  const voices = [
    { lang: "en-US", localService: true }, { lang: "ja-JP", localService: false }, { lang: "jav", localService: true },
    { lang: "ja_JP", localService: true, name: "one" }, { lang: "ja-JP", localService: true, name: "two", default: true },
  ];
  assert.equal(chooseVoice(voices).name, "two");
  assert.equal(chooseVoice(voices.slice(0, 4)).name, "one");
  assert.equal(chooseVoice(voices.slice(0, 3)), undefined); // what would leave the device is not read
});

test("sentences end with their mark, and marks alone are none", () => {
  const text = "急ぎますか？　いいえ。・・・\n119番へ";
  assert.deepEqual(sentencesIn(text).map(([begin, end]) => text.slice(begin, end)), ["急ぎますか？", "　いいえ。", "119番へ"]);
});

test("names are handed over with their reading, other words as they are, telephone numbers digit by digit", () => {
  const text = "栗林の相談は087-839-2811へ。";
  const pieces = [[0, 2, "りつりん"], [3, 5, "そうだん"]];
  assert.equal(spoken(text, pieces, new Set(["栗林"])), "りつりんの相談は0 8 7、8 3 9、2 8 1 1へ。");
  assert.equal(spoken("2026-11-30", [], new Set()), "2026-11-30");
});

test("sentences follow each other; a stop ends all, a new start does not go on with the old", () => {
  globalThis.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  const said = [];
  const calls = [];
  const synthesis = { speak: (words) => said.push(words), cancel: () => calls.push("cancel"), pause: () => calls.push("pause"), resume: () => calls.push("resume") };
  const marks = [];
  const reader = new Reader(synthesis, { lang: "ja-JP" }, (sentence) => marks.push(sentence?.text));
  reader.start([{ text: "一" }, { text: "二" }]);
  said[0].onend();
  assert.deepEqual(said.map((words) => words.text), ["一", "二"]);
  assert.equal(said[1].lang, "ja-JP");
  assert.equal(reader.turn(), true);
  reader.stop();
  said[1].onend();
  assert.deepEqual(marks, ["一", "二", undefined]);
  assert.deepEqual(calls, ["cancel", "pause", "cancel", "resume"]);
  reader.start([{ text: "三" }]);
  said[1].onend();
  assert.deepEqual(said.map((words) => words.text), ["一", "二", "三"]);
  said[2].onend();
  assert.equal(marks.at(-1), undefined);
});
