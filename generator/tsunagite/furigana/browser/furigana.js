// Furigana over the text of a page, for as long as the switch is on. The readings are drawn by the style sheet from an attribute
// (rt[data-r]), so that they are no text: they are not copied, not found by the search of the browser, and no script reads them.

import { fetchFresh } from "../../site/browser/fresh.js";
import { Readings } from "./readings.js";

const KEPT_AS_IT_IS = "script, style, noscript, template, textarea, select, svg, canvas, code, pre, kbd, ruby, ts-furigana, iframe, object, .ts-hidden, .leaflet-container, [contenteditable], [translate=no]";
const IN_A_LINE = new Set(["A", "ABBR", "B", "CITE", "DFN", "EM", "I", "MARK", "Q", "SMALL", "STRONG", "SUB", "SUP", "TIME", "U", "WBR"]);
const KANJI = /[々〆\u3400-\u9fff\uf900-\ufaff]/;
const RUN = /[々〆\u3400-\u9fff\uf900-\ufaff]+/g;

const SLICE = 10; // milliseconds

/** @type {Promise<{words: Record<string, string>, names: Record<string, string>}> | undefined} */
let fetched;
/** @type {Readings | undefined} */
let made;
/** @type {MutationObserver | undefined} */
let observer;

/** The file of readings, fetched once; a fetch that fails is tried again the next time. */
function file() {
  fetched ??= fetchFresh(new URL("./readings.json", import.meta.url)).then((answer) => answer.json());
  fetched.catch(() => (fetched = undefined));
  return fetched;
}

/** The dictionary of the site: the words of the language and the names of its areas. @returns {Promise<Readings>} */
export async function dictionary() {
  const { words, names } = await file();
  return (made ??= new Readings({ ...words, ...names }));
}

/** The names of the areas of the site. @returns {Promise<ReadonlySet<string>>} */
export async function names() {
  return new Set(Object.keys((await file()).names));
}

/** @param {string} base @param {string} reading */
function ruby(base, reading) {
  const [above, mark] = [document.createElement("ruby"), document.createElement("rt")];
  mark.dataset.r = reading;
  mark.ariaHidden = "true";
  above.append(base, mark);
  return above;
}

/**
 * Puts one element in the place of a text: a box of several parts (flex) keeps as many as it has, and the text is found where it was.
 * @param {Text} text
 * @param {import("./readings.js").Piece[]} pieces whose places are those of the text
 */
function write(text, pieces) {
  const holder = document.createElement("ts-furigana");
  let done = 0;
  for (const [begin, end, reading] of pieces) {
    if (begin > done) holder.append(text.data.slice(done, begin));
    holder.append(ruby(text.data.slice(begin, end), reading));
    done = end;
  }
  if (done < text.data.length) holder.append(text.data.slice(done));
  text.replaceWith(holder);
}

/** The block that a text belongs to: what stands together in it is one text, though parts of it are links. @param {Text} text */
function blockOf(text) {
  let block = text.parentElement;
  while (block && IN_A_LINE.has(block.tagName)) block = block.parentElement;
  return block;
}

/** Chinese is written with the same characters. @param {Node} text */
const isJapanese = (text) => /^ja(?![a-z])/.test(/** @type {HTMLElement | null} */ (text.parentElement?.closest("[lang]"))?.lang ?? "ja");

/** @param {Element} root @returns {Text[]} */
function textsOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof Element) return node.matches(KEPT_AS_IT_IS) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return node.nodeValue?.trim() && isJapanese(node) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP;
  });
  const found = [];
  while (walker.nextNode()) found.push(/** @type {Text} */ (walker.currentNode));
  return found;
}

/**
 * The readings of texts, block by block as they are asked for: nobody waits for the end of a long page.
 * @param {Text[]} texts
 * @param {Readings} readings
 */
function* readingsOf(texts, readings) {
  let before = "";
  for (let from = 0; from < texts.length; ) {
    const block = blockOf(texts[from]);
    let to = from + 1;
    while (to < texts.length && blockOf(texts[to]) === block) to += 1;
    yield* readingsInBlock(texts.slice(from, to), /[0-9０-９]$/.test(before) ? "A" : "\n", readings); // behind a number: a counter, or another block?
    [before, from] = [texts[to - 1].data, to];
  }
}

/**
 * The readings of texts that stand side by side. A word that lies in two elements gets none.
 * @param {Text[]} texts
 * @param {string} whole what stands before them
 * @param {Readings} readings
 * @returns {[text: Text, pieces: import("./readings.js").Piece[], data: string][]}
 */
function readingsInBlock(texts, whole, readings) {
  /** @type {number[]} */
  const begins = [];
  for (const text of texts) {
    begins.push(whole.length);
    whole += text.data;
  }
  const pieces = readings.pieces(whole);
  let next = 0;
  return texts.map((text, number) => {
    const [begin, end] = [begins[number], begins[number] + text.data.length];
    /** @type {import("./readings.js").Piece[]} */
    const own = [];
    for (; next < pieces.length && pieces[next][0] < end; next++) {
      const [from, to, reading] = pieces[next];
      if (from >= begin && to <= end) own.push([from - begin, to - begin, reading]);
    }
    return [text, own, text.data];
  });
}

/** The name of a record has the reading that its record gives. @param {Element} root */
function writeNames(root) {
  for (const name of /** @type {Iterable<HTMLElement>} */ (root.querySelectorAll("[data-kana]"))) {
    const text = name.firstChild;
    if (!(text instanceof Text)) continue;
    const [runs, parts] = [[...text.data.matchAll(RUN)], (name.dataset.kana ?? "").split("|")];
    if (runs.length === parts.length) write(text, runs.map((run, number) => [run.index, run.index + run[0].length, parts[number]]));
  }
}

/**
 * Writes in slices, in the order of the page, so that a slow device answers in between. What changed meanwhile comes by the observer.
 * @param {Element} root
 * @param {Readings} readings
 */
async function writeAll(root, readings) {
  writeNames(root);
  const own = observer;
  let begun = performance.now();
  for (const [text, pieces, data] of readingsOf(textsOf(root), readings)) {
    if (pieces.length && text.isConnected && text.data === data) write(text, pieces);
    if (performance.now() - begun < SLICE) continue;
    own?.takeRecords(); // what was written just now
    await new Promise((go) => setTimeout(go));
    if (observer !== own) return; // the switch was turned
    begun = performance.now();
  }
  own?.takeRecords();
}

/** @param {MutationRecord[]} records @param {Readings} readings */
function follow(records, readings) {
  const changed = new Set();
  for (const { target } of records) {
    const element = target instanceof Element ? target : target.parentElement;
    if (element?.isConnected && !element.closest(KEPT_AS_IT_IS) && KANJI.test(element.textContent ?? "")) changed.add(element);
  }
  for (const element of changed) if (![...changed].some((other) => other !== element && other.contains(element))) void writeAll(element, readings);
}

/** Puts the readings over the text of the page, and over what scripts bring later. */
export async function show() {
  const readings = await dictionary();
  if (observer || document.documentElement.dataset.furigana !== "on") return;
  observer = new MutationObserver((records) => follow(records, readings));
  observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  await writeAll(document.body, readings);
}

/** Takes the readings away. */
export function hide() {
  observer?.disconnect();
  observer = undefined;
  for (const holder of document.querySelectorAll("ts-furigana")) {
    const parent = holder.parentNode;
    holder.replaceWith(holder.textContent ?? "");
    parent?.normalize();
  }
}
