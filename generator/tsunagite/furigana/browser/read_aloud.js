// Reads a page aloud with a Japanese voice of the device, sentence by sentence, and marks the one that is read. Only voices of the
// device itself: others send the text of a page, which may be about violence or illness, to their maker.

/** @typedef {{text: string, range?: Range, block?: Element}} Sentence */

const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, figcaption, summary, caption, legend, label, blockquote";
const SILENT = "nav, form, button, script, style, noscript, template, svg, rt, select, textarea, [hidden], [aria-hidden=true], .ts-hidden, .ts-map, .ts-aloud, .ts-share, .ts-badge, .headerlink";
const END = /[^。！？\n]+[。！？]*/g;
const TELEPHONE = /(?<![0-9-])0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}(?![0-9-])/g;

/** The voice that reads: a Japanese one of the device. @param {readonly SpeechSynthesisVoice[]} voices */
export function chooseVoice(voices) {
  const japanese = voices.filter((voice) => /^ja(?![a-z])/i.test(voice.lang) && voice.localService);
  return japanese.find((voice) => voice.default) ?? japanese[0];
}

/** Where the sentences of a text begin and end; what holds no letter or digit is none. @param {string} text @returns {[number, number][]} */
export function sentencesIn(text) {
  return [...text.matchAll(END)].filter((found) => /[0-9A-Za-zぁ-ヺ々一-鿿]/.test(found[0])).map((found) => [found.index, found.index + found[0].length]);
}

/** Digits one by one, as telephone numbers are read: 087-839 is 0 8 7、8 3 9. @param {string} number */
export const digitByDigit = (number) => number.replace(/-/g, "、").replace(/[0-9](?=[0-9])/g, "$& ");

/**
 * What the voice is handed for a sentence: names with their reading in place of their kanji, telephone numbers digit by digit.
 * @param {string} text
 * @param {import("./readings.js").Piece[]} pieces
 * @param {ReadonlySet<string>} names
 */
export function spoken(text, pieces, names) {
  let said = "";
  let done = 0;
  for (const [begin, end, reading] of pieces) {
    if (!names.has(text.slice(begin, end))) continue;
    said += text.slice(done, begin) + reading;
    done = end;
  }
  return (said + text.slice(done)).replace(TELEPHONE, digitByDigit).trim();
}

/** @param {Element} root @returns {Text[][]} the texts of each block, in the order of the page */
function blocksOf(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) => {
    if (node instanceof Element) return node.matches(SILENT) || !node.checkVisibility() ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    return NodeFilter.FILTER_ACCEPT; // a blank between two parts is heard
  });
  /** @type {Text[][]} */
  const blocks = [];
  let before;
  while (walker.nextNode()) {
    const text = /** @type {Text} */ (walker.currentNode);
    const block = text.parentElement?.closest(BLOCKS) ?? root;
    if (block === before) blocks[blocks.length - 1].push(text);
    else blocks.push([text]);
    before = block;
  }
  return blocks;
}

/** @param {Text[]} texts @param {number} at @returns {[Text, number]} the text and the place in it of a place in all of them */
function placeIn(texts, at) {
  let left = at;
  for (const text of texts) {
    if (left <= text.data.length) return [text, left];
    left -= text.data.length;
  }
  const last = texts[texts.length - 1];
  return [last, last.data.length];
}

/**
 * The sentences of a page. The name of a record is read as its record says.
 * @param {Element} root
 * @param {import("./readings.js").Readings} readings
 * @param {ReadonlySet<string>} names
 * @returns {Sentence[]}
 */
function sentencesOf(root, readings, names) {
  const found = [];
  const kana = root.querySelector(".ts-reading")?.textContent?.trim() ?? "";
  for (const texts of blocksOf(root)) {
    const block = texts[0].parentElement?.closest(BLOCKS) ?? root;
    if (block.matches(".ts-reading")) continue; // the name was read so
    const whole = texts.map((text) => (text.parentElement?.closest("a[href^='tel:']") ? text.data.replace(/\n/g, " ") : text.data)).join("");
    const isName = kana !== "" && block.matches("h1");
    for (const [begin, end] of sentencesIn(whole)) {
      const sentence = whole.slice(begin, end);
      const range = document.createRange();
      range.setStart(...placeIn(texts, begin));
      range.setEnd(...placeIn(texts, end));
      found.push({ text: isName ? kana : spoken(sentence, readings.pieces(sentence), names), range, block });
      if (isName) break;
    }
  }
  return found;
}

/** Reads sentences one after the other. ``mark`` is told the one that is read, and nothing when all is over. */
export class Reader {
  /**
   * @param {SpeechSynthesis} synthesis
   * @param {SpeechSynthesisVoice} voice
   * @param {(sentence?: Sentence) => void} mark
   */
  constructor(synthesis, voice, mark) {
    this.synthesis = synthesis;
    this.voice = voice;
    this.mark = mark;
    /** @type {Sentence[]} */
    this.left = [];
    this.paused = false;
  }

  /** @param {Sentence[]} sentences */
  start(sentences) {
    this.synthesis.cancel();
    this.left = [...sentences];
    this.paused = false;
    this.next();
  }

  next() {
    const sentence = this.left.shift();
    this.mark(sentence);
    if (!sentence) return;
    const words = new SpeechSynthesisUtterance(sentence.text);
    words.voice = this.voice;
    words.lang = "ja-JP";
    const left = this.left;
    words.onend = () => left === this.left && this.next(); // a start or a stop since then has another list
    words.onerror = () => left === this.left && this.stop();
    this.synthesis.speak(words);
  }

  /** @returns {boolean} whether it pauses now */
  turn() {
    this.paused = !this.paused;
    if (this.paused) this.synthesis.pause();
    else this.synthesis.resume();
    return this.paused;
  }

  stop() {
    this.left = [];
    this.synthesis.cancel();
    if (this.paused) this.synthesis.resume(); // a voice that pauses stays so on the next page
    this.paused = false;
    this.mark();
  }
}

/** Marks a sentence: the words themselves where the browser can, else their block. @param {Sentence} [sentence] */
function mark(sentence) {
  for (const one of document.querySelectorAll(".ts-aloudNow")) one.classList.remove("ts-aloudNow");
  if (typeof Highlight === "function" && CSS.highlights) {
    if (sentence?.range) CSS.highlights.set("ts-aloud", new Highlight(sentence.range));
    else CSS.highlights.delete("ts-aloud");
  } else sentence?.block?.classList.add("ts-aloudNow");
  sentence?.block?.scrollIntoView?.({ block: "nearest", behavior: "instant" });
}

/** @param {string} words @param {() => void} act */
function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "ts-button", textContent: words });
  made.addEventListener("click", act);
  return made;
}

/** @param {string} words */
function iconAnd(words) {
  const template = document.createElement("template");
  template.innerHTML = '<svg class="ts-icon" aria-hidden="true"><use></use></svg>';
  template.content.querySelector("use")?.setAttribute("href", `${new URL("./icons.svg", import.meta.url).pathname}#volume`);
  const icon = /** @type {Element} */ (template.content.firstElementChild);
  return [icon, Object.assign(document.createElement("span"), { textContent: words })];
}

/** The voices of the device, which some browsers know a moment later. @returns {Promise<SpeechSynthesisVoice | undefined>} */
async function voiceOfDevice() {
  const found = chooseVoice(speechSynthesis.getVoices());
  if (found) return found;
  await new Promise((go) => {
    speechSynthesis.addEventListener("voiceschanged", go, { once: true });
    setTimeout(go, 3000);
  });
  return chooseVoice(speechSynthesis.getVoices());
}

/** Offers to read the page, where a voice can. @param {HTMLElement} place holds the button, with room for it */
export async function offerReading(place) {
  const voice = await voiceOfDevice();
  const root = document.querySelector(".ts-page");
  if (!voice || !root) return;
  const bar = Object.assign(document.createElement("div"), { className: "ts-aloud", hidden: true });
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "読み上げ");
  const begin = button("", async () => {
    const { dictionary, names } = await import("./furigana.js");
    const [readings, known] = await Promise.all([dictionary(), names()]);
    pause.textContent = "一時停止";
    reader.start(sentencesOf(root, readings, known));
    pause.focus();
  });
  begin.className = "ts-aloudBegin";
  begin.append(...iconAnd("読み上げる"));
  const reader = new Reader(speechSynthesis, voice, (sentence) => {
    const ends = !sentence && !bar.hidden;
    bar.hidden = !sentence;
    mark(sentence);
    if (ends && bar.contains(document.activeElement)) begin.focus();
  });
  const pause = button("一時停止", () => void (pause.textContent = reader.turn() ? "続ける" : "一時停止"));
  bar.append(pause, button("やめる", () => reader.stop()));
  place.append(begin);
  document.body.append(bar);
  addEventListener("pagehide", () => reader.stop());
}
