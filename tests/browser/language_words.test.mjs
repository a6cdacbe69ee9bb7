// What the layer of a language makes of sentences with words of ours, of readers and of records in them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Translator } from "../../generator/tsunagite/languages/browser/language.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "public holidays"];
const WORDS = { lang: "en", folder: "en", files: 1, months: MONTHS, days: DAYS, day: "{name} {day}", date: "{name} {day}, {year}", month: "{name} {year}", and: ", ", note: "", saved: "", pages: [], paths: {} };
const words = {
  地域: "Area", 名前: "Name", "居場所・仲間": "Company", "体を動かす": "Exercise", 相談: "Advice",
  "合うところ：{list}": "Matches: {list}", "わからないこと：{list}": "Not known: {list}", "{list} ×": "{list} ×", "「{text}」でさがしました。": "Searched for {text}.",
  "{list}（{date} {clock}の時点）": "{list} (as of {date}, {clock})",
  "…「{text}」": "“{text}”", "…{text}の近く": "near {text}", "…{week}曜{clock}に開いている": "open on {week} at {clock}", "…{list}に「{text}」": "“{text}” in: {list}", "…{list}「{list}」": "{list}: “{list}”", "…{text}にある": "in {text}",
};
const say = (japanese) => new Translator({ ...WORDS, words }, {}).text(japanese);

test("words of ours are said in the language, those of readers and records stay", () => {
  assert.equal(say("合うところ：地域「屋島地区」・名前に「相談」"), "Matches: Area: “⟦屋島地区⟧”, “⟦相談⟧” in: Name");
  assert.equal(say("合うところ：地域「居場所・仲間」"), "Matches: Area: “Company”");
  assert.equal(say("「相談」でさがしました。"), "Searched for ⟦相談⟧.");
  assert.equal(say("「体操」・居場所・仲間・屋島西町の近く（2026年11月22日 12:00の時点）"), "“⟦体操⟧”, Company, near ⟦屋島西町⟧ (as of November 22, 2026, 12:00)");
});

test("a filter is said whole, also where a word of ours holds a middle dot", () => {
  assert.equal(say("土曜10:00に開いている ×"), "open on Sat at 10:00 ×");
  assert.equal(say("居場所・仲間 ×"), "Company ×");
});

test("what stands in names alone changes no running text, and a list of unknown words stays as it is", () => {
  assert.equal(say("駅の前にある"), undefined);
  assert.equal(say("わからないこと：内科・わき外科"), "Not known: ⟦内科・わき外科⟧");
});

test("a long text that fits no sentence is looked at once for each pattern, not once for each of its parts", () => {
  const translator = new Translator({ ...WORDS, words }, {});
  const long = "あ・".repeat(140);
  const begun = process.cpuUsage().user;
  for (let turn = 0; turn < 20; turn += 1) translator.text(long);
  assert.ok(process.cpuUsage().user - begun < 2_000_000);
  assert.equal(translator.text(long), undefined);
});
