// The visitor's own list without a browser: what it holds, what may be in a link, what leaves it, which notes look private.
import assert from "node:assert/strict";
import { test } from "node:test";

import { contacts, idsOf, linkOf, planRows, planText, table } from "../../generator/tsunagite/my_list/browser/list_out.js";
import * as lists from "../../generator/tsunagite/my_list/browser/my_lists.js";
import { looksLike } from "../../generator/tsunagite/my_list/browser/privacy_hint.js";
import { fileOf, isId } from "../../generator/tsunagite/offline/browser/record_data.js";

const shelf = (content = null) => ({ content, getItem: () => content, setItem: (_, value) => { shelf.kept = value; }, removeItem: () => { shelf.kept = null; } });
const three = ["a", "b", "c"].map((id) => ({ id, name: id.toUpperCase() }));
const ids = (state) => lists.currentOf(state).items.map((item) => item.id);

test("items are added once, moved step by step, taken out; the state before stays as it was", () => {
  const empty = lists.dropAll();
  const full = lists.add(lists.add(empty, three), [three[1]]);
  assert.deepEqual(ids(full), ["a", "b", "c"]);
  assert.deepEqual(ids(lists.move(full, "c", -1)), ["a", "c", "b"]);
  assert.deepEqual(ids(lists.move(full, "a", -1)), ["a", "b", "c"]);
  assert.deepEqual(ids(lists.move(full, "c", 1)), ["a", "b", "c"]);
  assert.deepEqual(ids(lists.remove(full, "b")), ["a", "c"]);
  assert.deepEqual(ids(full), ["a", "b", "c"]);
  assert.deepEqual(ids(empty), []);
});

test("a list holds a hundred and no more", () => {
  const many = Array.from({ length: 150 }, (_, number) => ({ id: `r-${number}`, name: "" }));
  assert.equal(ids(lists.add(lists.dropAll(), many)).length, lists.MOST_ITEMS);
});

test("what took over from an ended record keeps its place and note, and stands there once", () => {
  const noted = lists.annotate(lists.add(lists.dropAll(), three), "b", "火曜");
  const swapped = lists.replace(noted, "b", { id: "d", name: "D" });
  assert.deepEqual(lists.currentOf(swapped).items[1], { id: "d", name: "D", note: "火曜" });
  assert.deepEqual(ids(lists.replace(noted, "b", { id: "c", name: "C" })), ["a", "c"]);
});

test("lists are begun, named, turned to and dropped; one always remains", () => {
  const two = lists.rename(lists.begin(lists.add(lists.dropAll(), three)), " 退院まで ");
  assert.deepEqual(two.lists.map((list) => [list.name, list.items.length]), [["リスト1", 3], ["退院まで", 0]]);
  assert.deepEqual(ids(lists.turnTo(two, "1")), ["a", "b", "c"]);
  assert.equal(lists.turnTo(two, "9"), two);
  assert.deepEqual(lists.drop(two).lists.map((list) => list.name), ["リスト1"]);
  assert.equal(lists.drop(lists.drop(two)).lists.length, 1);
  assert.equal(lists.rename(two, "　 "), two);
  assert.equal(new Set(lists.begin(lists.begin(lists.drop(two))).lists.map((list) => list.key)).size, 3);
});

test("damaged or foreign content counts as nothing; what is whole in it is kept", () => {
  for (const content of [null, "", "{", "7", "[]", '{"lists":{}}', '{"lists":[null,3,{"key":1}]}']) {
    assert.deepEqual(lists.read(shelf(content), "x"), lists.dropAll(), content);
  }
  const half = '{"current":"9","lists":[{"key":"4","name":"","items":[{"id":"a"},{"id":5},null]}]}';
  assert.deepEqual(lists.read(shelf(half), "x"), { current: "4", lists: [{ key: "4", name: "リスト", items: [{ id: "a", note: "", name: "" }] }] });
});

test("a device that refuses says why, and an empty list leaves nothing behind", () => {
  const refusing = (name) => ({ setItem() { throw new DOMException("no", name); } });
  const some = lists.add(lists.dropAll(), three);
  assert.equal(lists.write(refusing("QuotaExceededError"), "x", some), "full");
  assert.equal(lists.write(refusing("SecurityError"), "x", some), "blocked");
  assert.equal(lists.write(undefined, "x", some), "blocked");
  assert.equal(lists.write(shelf(), "x", some), "");
  assert.deepEqual(lists.read(shelf(shelf.kept), "x"), some);
  assert.equal(lists.write(shelf(), "x", lists.dropAll()), "");
  assert.equal(shelf.kept, null);
});

test("a link carries ids only; whatever cannot be an id is dropped", () => {
  assert.equal(linkOf("https://x.example/demo/", ["a-1", "b"]), "https://x.example/demo/list/#r=a-1.b");
  assert.deepEqual(idsOf("#r=a-1.b"), ["a-1", "b"]);
  assert.deepEqual(idsOf("#r=b.a.b..-x.a--b.B"), ["b", "a"]);
  assert.deepEqual(idsOf("#r=<script>"), []);
  assert.deepEqual(idsOf("#other"), []);
  assert.equal(idsOf(`#r=${Array.from({ length: 300 }, (_, n) => `r${n}`).join(".")}`).length, 100);
  assert.equal(isId("a".repeat(81)), false);
});

test("the file of a record is found by its id alone", () => {
  // FNV-1a of "" is the offset basis, of "a" 0xe40c292c (draft-eastlake-fnv, test vectors).
  assert.equal(fileOf("", 2 ** 32), 0x811c9dc5);
  assert.equal(fileOf("a", 2 ** 32), 0xe40c292c);
  assert.equal(fileOf("foobar", 2 ** 32), 0xbf9cf968);
});

const entry = (id, record, note = "") => ({ id, note, name: id, record: record && { kind: "体操の会", levels: ["互助"], verified: ["2026年9月2日に確認", "", ""], ...record } });
const club = entry("club", { name: "体操, クラブ", sentence: "体操\nします", often: "週1回（火 13時30分から15時まで）", phones: [["087-000-0001", "tel:+81870000001", "", "", 0], ["087-000-0002", "", "", "", 1]], address: "高松市; 屋島" }, "見学から");
const shop = entry("shop", { name: "=店", hours: [["月～金", "9時から17時まで", ""]] });

test("the care plan gets a row for what can be used; how often is filled in for meetings only", () => {
  const rows = planRows([club, shop, entry("ended", { name: "旧", ended: "終了しました。" }), entry("gone", undefined)]);
  assert.deepEqual(rows, [
    ["体操\nします（見学から）", "体操の会（互助）", "体操, クラブ（電話 087-000-0001）", "週1回（火 13時30分から15時まで）"],
    ["体操の会", "体操の会（互助）", "=店", "　回／週（月～金 9時から17時まで）"],
  ]);
  assert.deepEqual(planText([club]).split("\n").map((line) => line.split("\t").length), [4, 4]);
});

test("a table is safe to open: quoted, with a byte-order mark, and no cell is a formula", () => {
  const [head, first, second, gone] = table([club, shop, entry("gone", undefined)], "https://x.example/").slice(1).split("\r\n");
  assert.ok(table([], "").startsWith("\ufeffID,"));
  assert.equal(head.split(",").length, 14);
  assert.ok(first.includes('"体操, クラブ"') && first.includes("087-000-0002") && first.endsWith("https://x.example/r/club/"));
  assert.ok(second.startsWith("shop,'=店,"));
  assert.ok(gone.includes("いまはのっていません"));
});

test("text to paste is computed by no spreadsheet either", () => {
  assert.ok(planText([entry("sum", { name: "店", sentence: "＝1+1\nです" })]).includes("\n'＝1+1 です\t"));
});

test("no line end of any kind begins a line of a vCard", () => {
  const text = contacts([entry("x", { name: "店\u2028TEL:110\u0085URL:x\rNOTE:y\u0000" })], "https://x.example/");
  assert.ok(text.includes("FN:店\\nTEL:110\\nURL:x\\nNOTE:y\r\n"));
});

test("contacts are vCards whose lines are short and escaped", () => {
  const text = contacts([club, entry("gone", undefined), shop], "https://x.example/");
  assert.equal(text.match(/BEGIN:VCARD/g).length, 2);
  assert.ok(text.includes("FN:体操\\, クラブ\r\n"));
  assert.ok(text.includes("TEL;TYPE=WORK,VOICE:+81870000001\r\n"));
  assert.ok(text.includes("TEL;TYPE=WORK,FAX:087-000-0002\r\n"));
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
});

for (const [text, kind] of [
  ["山田様", "name"], ["田中さんと火曜に", "name"], ["高橋 花子さん", "name"], ["サトウ氏", "name"], ["屋島の佐々木さん宅", "name"],
  ["お母さんと行く", ""], ["ヘルパーさんに聞く", ""], ["民生委員さん経由", ""], ["八百屋さん", ""], ["お客様用の駐車場", ""], ["ご家族様へ渡す", ""], ["様子を見る", ""], ["仕様が変わった", ""], ["殿様", ""],
  ["087-839-2811", "phone"], ["０９０ー１２３４ー５６７８に電話", "phone"], ["昭和10年3月4日生", "birth"], ["S10.3.4", "birth"], ["1936/03/04", "birth"], ["85歳女性", "birth"],
  ["保険証 1234567890", "number"], ["火曜 13:30から、見学してから決める", ""], ["1回100円", ""], ["2026/11/22に電話", ""], ["", ""],
]) {
  test(`a note "${text}" looks like ${kind || "nothing private"}`, () => assert.equal(looksLike(text), kind));
}

test("what two windows did is put together; of two notes of one item both are kept", () => {
  const base = lists.annotate(lists.add(lists.dropAll(), three), "a", "火曜");
  const put = (mine, theirs) => lists.currentOf(lists.merged(base, mine, theirs)).items;
  assert.deepEqual(put(lists.annotate(base, "a", "水曜"), lists.annotate(base, "a", "木曜"))[0], { id: "a", name: "A", note: "水曜", other: "木曜" });
  assert.deepEqual(put(lists.annotate(base, "a", "水曜"), lists.annotate(base, "b", "木曜")).map((item) => item.note), ["水曜", "木曜", ""]);
  assert.deepEqual(put(lists.annotate(base, "b", "水曜"), lists.remove(base, "b")).map((item) => item.note), ["火曜", "水曜", ""]); // words come back
  assert.deepEqual(put(lists.remove(base, "b"), lists.annotate(base, "b", "木曜")).map((item) => item.id), ["a", "c", "b"]);
  assert.deepEqual(put(lists.remove(base, "b"), lists.remove(base, "c")).map((item) => item.id), ["a"]);
  assert.deepEqual(put(lists.move(base, "c", -1), lists.add(base, [{ id: "d", name: "D" }])).map((item) => item.id), ["a", "c", "b", "d"]);
  assert.deepEqual(lists.merged(base, lists.annotate(base, "a", "水曜"), lists.dropAll()).lists[0].items.map((item) => item.id), ["a"]); // no more than that
  assert.deepEqual(lists.merged(base, lists.dropAll(), base), lists.dropAll());
});

test("a list that another window turned to is not written into, and one that it dropped stays dropped", () => {
  const base = lists.add(lists.dropAll(), three);
  const there = lists.begin(base, "退院まで");
  const both = lists.merged(base, lists.annotate(base, "a", "火曜"), there);
  assert.deepEqual(both.lists.map((list) => [list.name, list.items.length]), [["リスト1", 3], ["退院まで", 0]]);
  assert.deepEqual([both.current, lists.currentOf(both).items[0].note], ["1", "火曜"]);
  assert.deepEqual(lists.merged(there, lists.turnTo(there, "1"), lists.drop(there)).lists.map((list) => list.key), ["1"]);
});

test("the other note is shown in place of the newer one, and let go only when asked", () => {
  const both = lists.merged(lists.add(lists.dropAll(), three), lists.annotate(lists.add(lists.dropAll(), three), "a", "水曜"), lists.annotate(lists.add(lists.dropAll(), three), "a", "木曜"));
  const swapped = lists.otherNote(both, "a", "swap");
  assert.deepEqual(lists.currentOf(swapped).items[0], { id: "a", name: "A", note: "木曜", other: "水曜" });
  assert.deepEqual(lists.currentOf(lists.otherNote(swapped, "a", "forget")).items[0], { id: "a", name: "A", note: "木曜" });
  assert.deepEqual(lists.read(shelf(JSON.stringify(swapped)), "x"), swapped);
});

function store() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key) };
}

test("of two names that a list got at once the newer is shown and the other kept, until it is let go", () => {
  const base = lists.begin(lists.dropAll(), "山");
  const [mine, theirs] = ["海", "川"].map((name) => lists.rename(base, name));
  const both = lists.merged(base, mine, theirs);
  assert.deepEqual(both.lists[1], { key: "2", name: "海", other: "川", items: [] });
  assert.deepEqual(lists.merged(base, base, theirs).lists[1], { key: "2", name: "川", items: [] }); // nothing was written here
  assert.deepEqual(lists.merged(base, mine, lists.add(base, [{ id: "a", name: "A" }])).lists[1].name, "海");
  const swapped = lists.otherName(both, "swap");
  assert.deepEqual(swapped.lists[1], { key: "2", name: "川", items: [], other: "海" });
  assert.deepEqual(lists.otherName(swapped, "forget").lists[1], { key: "2", name: "川", items: [] });
  const device = store();
  lists.write(device, "x", both);
  assert.deepEqual(lists.read(device, "x"), both);
});

test("an empty list that has a name of its own is kept", () => {
  const device = store();
  lists.write(device, "x", lists.rename(lists.dropAll(), "散歩"));
  assert.equal(lists.currentOf(lists.read(device, "x")).name, "散歩");
  lists.write(device, "x", lists.dropAll());
  assert.equal(device.getItem("x"), null);
});
