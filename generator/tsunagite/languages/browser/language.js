// Shows a page that all languages share (a record, the search) in the language of its address: ?lang=en. Texts that stand in the tables of
// the edition (languages/layer.py) are replaced, whatever script brought them; everything else stays Japanese and says so (lang="ja").

import { fileOf } from "../../offline/browser/record_data.js";
import { fetchFresh } from "../../site/browser/fresh.js";

/**
 * `words` are texts by what they are in Japanese, `paths` those of links by their address; `{time}`, `{clock}`, `{day}`, `{n}`, `{tel}` and `{text}` stand for values.
 * `pages` are those that this language keeps for places without a network.
 * @typedef {{lang: string, folder: string, files: number, words: Record<string, string>, paths: Record<string, [string, string]>, months: string[], days: string[],
 *   day: string, note: string, pages: string[]}} Words
 */
/** @typedef {{pattern: RegExp, names: string[], text: string}} Sentence */

const JAPANESE = /[ぁ-ゖァ-ヺ一-鿿々]/u;
const WEEK = "月火水木金土日祝";
const VALUES = /** @type {Record<string, string>} */ ({
  time: "([0-9]{1,2}時(?:[0-9]{1,2}分)?)",
  clock: "([0-9]{1,2}:[0-9]{2})",
  day: "([0-9]{1,2}月[0-9]{1,2}日（[月火水木金土日]）)",
  n: "([0-9][0-9,.]*)",
  tel: "([0-9-]+)",
  text: "(.+?)",
});
const LONGEST = 300; // characters: no sentence of ours is longer, and patterns with two blanks take time on long texts
const SKIPPED = "script, style, template, svg, ts-furigana, [data-language], [lang]:not(html)";

/**
 * A sentence with blanks as a pattern.
 * @param {string} japanese
 * @param {string} text
 * @returns {Sentence}
 */
export function sentence(japanese, text) {
  /** @type {string[]} */
  const names = [];
  const parts = japanese.split(/\{([a-z]+)\}/u).map((part, place) => {
    if (place % 2 === 0) return part.replace(/[.*+?^$()|[\]\\]/gu, "\\$&");
    names.push(part);
    return VALUES[part];
  });
  return { pattern: new RegExp(`^${parts.join("")}$`, "u"), names, text };
}

/** Easy Japanese counts twelve hours: 17:15 and 17時15分 are 午後5時15分, 24時 is 午前0時. @param {string} time */
export function ofTwelve(time) {
  const [hour, minute] = (time.match(/[0-9]+/gu) ?? []).map(Number);
  return `${hour % 24 < 12 ? "午前" : "午後"}${hour % 12}時${minute ? `${minute}分` : ""}`;
}

/** Makes texts of one language. */
export class Translator {
  /**
   * @param {Words} words
   * @param {Record<string, string>} own texts of the record of this page
   */
  constructor(words, own) {
    this.words = words;
    this.exact = new Map([...Object.entries(words.words).filter(([ja]) => !ja.includes("{")), ...Object.entries(own)]);
    this.sentences = Object.entries(words.words).filter(([ja]) => ja.includes("{")).map(([ja, text]) => sentence(ja, text));
  }

  /**
   * @param {string} name of a blank
   * @param {string} value as it stands in Japanese
   */
  value(name, value) {
    if (this.words.lang === "ja" && (name === "time" || name === "clock")) return ofTwelve(value);
    if (name === "time") return value.replace(/^(\d+)時(?:(\d+)分)?$/u, (_all, hour, minute) => `${hour}:${String(minute ?? 0).padStart(2, "0")}`);
    if (name === "day") {
      const [, month, day, weekday] = /^(\d+)月(\d+)日（(.)）$/u.exec(value) ?? ["", "1", "1", "月"];
      const date = this.words.day.replace("{month}", month).replace("{day}", day).replace("{name}", this.words.months[Number(month) - 1]);
      return `${date} (${this.words.days[WEEK.indexOf(weekday)]})`;
    }
    return name === "text" && JAPANESE.test(value) && this.words.lang !== "ja" ? `⟦${value}⟧` : value;
  }

  /**
   * The text of a whole sentence, or undefined.
   * @param {string} japanese
   * @returns {string | undefined}
   */
  whole(japanese) {
    const known = this.exact.get(japanese);
    if (known !== undefined) return known;
    if (japanese.length > LONGEST) return undefined;
    for (const { pattern, names, text } of this.sentences) {
      const found = pattern.exec(japanese);
      if (!found) continue;
      const values = names.map((name, place) => ({ name, value: found[place + 1] }));
      return text.replace(/\{([a-z]+)\}/gu, (_all, name) => {
        const [next] = values.splice(values.findIndex((one) => one.name === name), 1);
        return this.value(name, next.value);
      });
    }
    return undefined;
  }

  /**
   * The text of one or several sentences; undefined where one of them is not known.
   * @param {string} japanese
   * @returns {string | undefined}
   */
  text(japanese) {
    const whole = this.whole(japanese);
    if (whole !== undefined) return whole;
    const parts = japanese.match(/[^。]+。?/gu) ?? [];
    if (parts.length < 2) return undefined;
    const texts = parts.map((part) => this.whole(part));
    return texts.every((one) => one !== undefined) ? texts.join(" ") : undefined;
  }
}

/**
 * The nodes of a text in which ⟦ ⟧ stand around what stays Japanese (i18n/editions.py).
 * @param {string} text
 */
function nodesOf(text) {
  return text.split(/[⟦⟧]/u).map((part, place) => (place % 2 ? Object.assign(document.createElement("span"), { lang: "ja", textContent: part }) : document.createTextNode(part)));
}

class Layer {
  /**
   * @param {Words} words
   * @param {Translator} translator
   * @param {URL} root of the site
   * @param {string} code
   */
  constructor(words, translator, root, code) {
    this.words = words;
    this.translator = translator;
    this.root = root;
    this.code = code;
    this.isJapanese = words.lang === "ja";
  }

  /** @param {Text} node */
  speak(node) {
    const parent = node.parentElement;
    if (!parent || !JAPANESE.test(node.data) || parent.closest(SKIPPED)) return;
    const japanese = node.data.trim();
    const found = parent.closest("mark"); // a piece of a sentence that the search has marked is no word of ours
    if (!parent.closest("[translate=no]") && (!found || found.parentElement?.textContent?.trim() === japanese)) {
      const link = parent.closest("a");
      const named = link ? this.words.paths[this.inside(link) ?? ""] : undefined;
      const text = named?.[0] === japanese ? named[1] : this.translator.text(japanese);
      if (text !== undefined) {
        const [before, after] = [/^\s/u.test(node.data) ? " " : "", /\s$/u.test(node.data) ? " " : ""];
        const nodes = nodesOf(`${before}${text}${after}`);
        const whole = document.createElement("span"); // one part of a row, not several
        whole.append(...nodes);
        node.replaceWith(nodes.length > 1 ? whole : nodes[0]);
        return;
      }
    }
    if (this.isJapanese) return;
    if (parent.childNodes.length === 1) parent.lang = "ja";
    else {
      const own = Object.assign(document.createElement("span"), { lang: "ja" });
      node.replaceWith(own);
      own.append(node);
    }
  }

  /** @param {Element} element */
  name(element) {
    for (const attribute of ["aria-label", "placeholder", "title"]) {
      const text = this.translator.text(element.getAttribute(attribute)?.trim() ?? "");
      if (text !== undefined) element.setAttribute(attribute, text.replace(/[⟦⟧]/gu, ""));
    }
  }

  /**
   * Where a link leads, from the root of the site; undefined for one that leaves it.
   * @param {HTMLAnchorElement} link
   */
  inside(link) {
    return link.href.startsWith(this.root.href) ? link.href.slice(this.root.href.length) : undefined;
  }

  /**
   * Lets a link stay in the language.
   * @param {HTMLAnchorElement} link
   */
  lead(link) {
    const path = this.inside(link);
    if (path === undefined || link.dataset.language !== undefined || link.dataset.led || link.getAttribute("href")?.startsWith("#")) return;
    const [, address, rest] = /^([^?#]*)(.*)$/u.exec(path) ?? ["", path, ""];
    if (/^(?:emergency\/|contact\/(?:about\/[^/]+\/)?|(?:needs|kinds)\/.*)?$/u.test(address)) link.href = `${this.root.href}${this.words.folder}/${address}${rest}`;
    else if (/^(?:r\/[^/]+\/|search\/)$/u.test(address)) {
      const found = new URL(link.href);
      found.searchParams.set("lang", this.code);
      link.href = found.href;
    } else return;
    link.dataset.led = "";
  }

  /** @param {Node} top */
  go(top) {
    if (top instanceof Text) {
      this.speak(top);
      return;
    }
    if (!(top instanceof Element)) return;
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    const texts = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(/** @type {Text} */ (node));
    for (const node of texts) this.speak(node);
    for (const element of [top, ...top.querySelectorAll("[aria-label], [placeholder], [title]")]) this.name(element);
    for (const link of top.querySelectorAll("a[href]")) this.lead(/** @type {HTMLAnchorElement} */ (link));
    if (top instanceof HTMLAnchorElement) this.lead(top);
  }

  /** Follows what other scripts bring. */
  follow() {
    const watcher = new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === "characterData") this.speak(/** @type {Text} */ (target));
        else for (const node of addedNodes) if (node.isConnected) this.go(node);
      }
      watcher.takeRecords(); // what was just written here
    });
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true });
  }
}

/** The way back to Japanese, in the switch of the header. */
function offerJapanese() {
  const list = document.querySelector(".ts-languages ul");
  const here = new URL(location.href);
  here.searchParams.delete("lang");
  const item = document.createElement("li");
  item.append(Object.assign(document.createElement("a"), { href: here.href, lang: "ja", hreflang: "ja", textContent: "日本語" }));
  /** @type {HTMLElement} */ (item.firstElementChild).dataset.language = "ja";
  list?.prepend(item);
}

/**
 * Shows this page in a language that the site has; nothing changes where it has none of that name.
 * @param {string} code as it stands in the address
 */
export async function speak(code) {
  const link = /** @type {HTMLElement | null} */ (document.querySelector(`.ts-languages [data-language="${CSS.escape(code)}"]`));
  if (!link) return;
  const root = new URL("../../", import.meta.url);
  const data = new URL(`${code.toLowerCase()}/data/`, root);
  const answer = await fetchFresh(new URL("words.json", data)).catch(() => undefined);
  if (!answer?.ok) return;
  /** @type {Words} */
  const words = await answer.json();
  const id = /\/r\/([a-z0-9-]+)\/$/u.exec(location.pathname)?.[1];
  const found = id ? await fetchFresh(new URL(`${fileOf(id, words.files)}.json`, data)).catch(() => undefined) : undefined;
  const own = id && found?.ok ? ((await found.json())[id] ?? {}) : {};
  document.documentElement.lang = words.lang;
  const header = /** @type {HTMLElement | null} */ (document.querySelector(".ts-header"));
  if (header) header.dataset.edition = words.folder; // offline/browser/offline.js keeps what this language needs
  for (const form of document.querySelectorAll("form.ts-search")) {
    if (!form.querySelector("[name=lang]")) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "lang", value: code }));
  }
  link.closest("li")?.remove();
  offerJapanese();
  const layer = new Layer(words, new Translator(words, own), root, code);
  layer.go(document.body);
  if (id && words.lang !== "ja") {
    const note = Object.assign(document.createElement("p"), { className: "ts-quiet", textContent: words.note });
    document.querySelector(".ts-record__head")?.append(note);
  }
  layer.follow();
}
