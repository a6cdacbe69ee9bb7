// Which towns somebody means, run by `node --test` with a handful of towns.
import assert from "node:assert/strict";
import { test } from "node:test";

import { entriesOf, match, nearest } from "../../generator/tsunagite/contact/browser/contact_towns.js";

const town = (id, name, kana, codes, point = [], district = "", others = []) => [id, name, kana, district, codes, point, 0, others];
const data = {
  city: "高松市", prefecture: "香川県", pairs: "籠篭", proof: "", whole: 0, answers: [], lists: [], windows: [], lines: [], troubles: [],
  towns: [
    town("yashima-nishimachi", "屋島西町", "やしまにしまち", ["7610113"], [34.34, 134.1], "屋島地区"),
    town("yashima-nakamachi", "屋島中町", "やしまなかまち", ["7610112"], [34.343, 134.105], "屋島地区"),
    town("sakuramachi-1", "桜町一丁目", "さくらまち1ちょうめ", ["7600074"], [34.33, 134.05]),
    town("sakuramachi-12", "桜町十二丁目", "さくらまち12ちょうめ", ["7600074"], [34.32, 134.04]),
    town("hatagomachi", "旅篭町", "はたごまち", ["7600013"], [], "", ["旅籠町"]),
    town("ota-kamimachi", "太田上町", "おおたかみまち", ["7618073"], [], "太田地区"),
  ],
};
const entries = entriesOf(data);
const names = (typed) => match(data, entries, typed).towns.map((one) => one[1]);

const cases = [
  ["屋島西町", ["屋島西町"]],
  ["やしま", ["屋島西町", "屋島中町"]],
  ["ヤシマニシマチ", ["屋島西町"]],
  ["ﾔｼﾏﾅｶ", ["屋島中町"]],
  ["やしまにしちょう", ["屋島西町"]],
  ["yashima-naka", ["屋島中町"]],
  ["高松市屋島西町", ["屋島西町"]],
  ["香川県高松市屋島西町2366-6", ["屋島西町"]],
  ["桜町1丁目9-12", ["桜町一丁目"]],
  ["桜町１", ["桜町一丁目"]],
  ["桜町12丁目3", ["桜町十二丁目"]],
  ["さくらちょう", ["桜町一丁目", "桜町十二丁目"]],
  ["旅籠町", ["旅篭町"]],
  ["上町", ["太田上町"]],
  ["", []],
  ["　", []],
  ["ぬぬぬ", []],
];
for (const [typed, expected] of cases) test(`「${typed}」 means ${expected.join("・") || "nothing"}`, () => assert.deepEqual(names(typed).sort(), [...expected].sort()));

test("a postal code proposes every town that has it, in any writing", () => {
  for (const typed of ["7600074", "760-0074", "〒７６０－００７４", "760ー0074"]) assert.deepEqual(names(typed), ["桜町一丁目", "桜町十二丁目"]);
  assert.equal(match(data, entries, "760-0074").how, "postal");
  assert.equal(match(data, entries, "7600").how, "digits");
  assert.deepEqual(names("7600"), ["桜町一丁目", "桜町十二丁目", "旅篭町"]);
  assert.deepEqual(names("9999999"), []);
});

test("the nearest towns come first, in metres; towns without a point are never proposed", () => {
  const found = nearest(data, 34.341, 134.101, 9);
  assert.deepEqual(found.map(({ town: [id] }) => id), ["yashima-nishimachi", "yashima-nakamachi", "sakuramachi-1", "sakuramachi-12"]);
  assert.ok(found[0].metres > 130 && found[0].metres < 160, String(found[0].metres));
});
