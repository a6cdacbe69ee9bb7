// Shows a page that all languages share (a record, the search, a list of one's own) in the language of its address: ?lang=en. Texts that stand in the tables of
// the edition (languages/layer.py) are replaced, whatever script brought them; everything else stays Japanese and says so (lang="ja").

import { fileOf } from "../../offline/browser/record_data.js";
import { fetchFresh } from "../../site/browser/fresh.js";

/**
 * `words` are texts by what they are in Japanese, `paths` those of links by their address; `{time}`, `{clock}`, `{day}`, `{date}`, `{month}`, `{week}`, `{n}` and
 * `{tel}` stand for values, `{text}` for what stays as it is, `{list}` for words of ours. What begins with `…` stands in names, headings and other sentences, never alone.
 * `pages` are those that this language keeps for places without a network.
 * @typedef {{lang: string, folder: string, files: number, words: Record<string, string>, paths: Record<string, [string, string]>, months: string[], days: string[],
 *   day: string, date: string, month: string, and: string, note: string, saved: string, pages: string[]}} Words
 */
/** @typedef {{pattern: RegExp, names: string[], text: string}} Sentence */

const JAPANESE = /[ぁ-ゖァ-ヺ一-鿿々]/u;
const INSIDE = "…";
const ATTRIBUTES = ["aria-label", "placeholder", "title", "label"];
const WEEK = "月火水木金土日祝";
const VALUES = /** @type {Record<string, string>} */ ({
  time: "([0-9]{1,2}時(?:[0-9]{1,2}分)?)",
  clock: "([0-9]{1,2}:[0-9]{2})",
  day: "([0-9]{1,2}月[0-9]{1,2}日（[月火水木金土日]）)",
  date: "([0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日)",
  month: "([0-9]{4}年[0-9]{1,2}月)",
  week: "([月火水木金土日])",
  n: "([0-9][0-9,.]*)",
  tel: "([0-9-]+)",
  text: "(.+?)",
  list: "(.+?)",
});
const SHARED = /^(?:r\/[^/]+|search|list|map|offline|calendar(?:\/.+)?)\/$/u; // as in i18n/editions.py
const LONGEST = 300; // characters: no sentence of ours is longer, and patterns with two blanks take time on long texts
const NAMES = "h1, .ts-back a, option, caption, .cal-month th"; // words of ours that are no running text
const LISTS = ".cal-item__more, .ts-item__kind"; // kinds and places side by side
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

const MOST_PARTS = 15; // eight words, and what stands between them: no word of ours has more dots

/** Words and what stands between them, in turn; a dot inside 「 」 belongs to a word. @param {string} value */
function partsOf(value) {
  const parts = [""];
  let inside = false;
  for (const sign of value) {
    inside = sign === "「" || (inside && sign !== "」");
    if (!inside && (sign === "・" || sign === "、")) parts.push(sign, "");
    else parts[parts.length - 1] += sign;
  }
  return parts;
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
    const sentences = Object.entries(words.words).filter(([ja]) => ja.includes("{"));
    this.sentences = sentences.filter(([ja]) => !ja.startsWith(INSIDE)).map(([ja, text]) => sentence(ja, text));
    this.inside = [...sentences.filter(([ja]) => ja.startsWith(INSIDE)).map(([ja, text]) => sentence(ja.slice(INSIDE.length), text)), ...this.sentences];
  }

  /**
   * A day or a month of a year in the words of the language.
   * @param {string} pattern
   * @param {string} value as it stands in Japanese
   */
  dated(pattern, value) {
    const [year = "", month = "", day = ""] = value.match(/[0-9]+/gu) ?? [];
    return pattern.replace("{year}", year).replace("{month}", month).replace("{name}", this.words.months[Number(month) - 1]).replace("{day}", day);
  }

  /**
   * Words of ours that stand side by side: each as it is known, the longest first, else as it is.
   * @param {string} value
   */
  list(value) {
    const parts = partsOf(value);
    const texts = [];
    let known = false;
    for (let from = 0; from < parts.length; from += 2) {
      let to = Math.min(parts.length, from + MOST_PARTS);
      let text;
      for (; to > from && text === undefined; to -= 2) text = to - from > 1 ? this.exact.get(parts.slice(from, to).join("")) : this.whole(parts[from], this.inside);
      texts.push(text ?? this.asItIs(parts[from]));
      if (text === undefined) continue;
      known = true;
      from = to + 1;
    }
    return known ? texts.join(this.words.and) : this.asItIs(value);
  }

  /** @param {string} value */
  asItIs(value) {
    return JAPANESE.test(value) && this.words.lang !== "ja" ? `⟦${value}⟧` : value;
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
      const [said, name] = [this.dated(this.words.day, `0年${month}月${day}日`), this.words.days[WEEK.indexOf(weekday)]];
      return /^(?:ja|zh)/u.test(this.words.lang) ? `${said}（${name}）` : `${said} (${name})`;
    }
    if (name === "date" || name === "month") return this.dated(this.words[name], value);
    if (name === "week") return this.words.days[WEEK.indexOf(value)];
    if (name === "list") return this.list(value);
    return name === "text" ? this.asItIs(value) : value;
  }

  /**
   * The text of a whole sentence, or undefined.
   * @param {string} japanese
   * @param {Sentence[]} [sentences]
   * @returns {string | undefined}
   */
  whole(japanese, sentences = this.sentences) {
    const known = this.exact.get(japanese);
    if (known !== undefined) return known;
    if (japanese.length > LONGEST) return undefined;
    for (const { pattern, names, text } of sentences) {
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
   * @param {Sentence[]} [sentences]
   * @returns {string | undefined}
   */
  text(japanese, sentences = this.sentences) {
    const whole = this.whole(japanese, sentences);
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
    /** Elements that are marked as Japanese here: what a script writes there next may be known. @type {WeakSet<Element>} */
    this.marked = new WeakSet();
  }

  /** @param {Text} node */
  speak(node) {
    const parent = node.parentElement;
    const within = parent?.closest(SKIPPED);
    if (!parent || !JAPANESE.test(node.data) || (within && !this.marked.has(within))) return;
    const japanese = node.data.trim();
    const found = parent.closest("mark"); // a piece of a sentence that the search has marked is no word of ours
    if (!parent.closest("[translate=no]") && (!found || found.parentElement?.textContent?.trim() === japanese)) {
      const link = parent.closest("a");
      const named = link ? this.words.paths[this.inside(link) ?? ""] : undefined;
      const said = parent.matches(LISTS) && this.translator.list(japanese);
      const text = named?.[0] === japanese ? named[1] : said || this.translator.text(japanese, parent.matches(NAMES) ? this.translator.inside : undefined);
      if (text !== undefined) {
        if (this.marked.has(parent)) parent.removeAttribute("lang");
        if (text === japanese) return; // Chinese may write it so
        const [before, after] = [/^\s/u.test(node.data) ? " " : "", /\s$/u.test(node.data) ? " " : ""];
        const nodes = nodesOf(`${before}${text}${after}`);
        const whole = document.createElement("span"); // one part of a row, not several
        whole.append(...nodes);
        node.replaceWith(nodes.length > 1 ? whole : nodes[0]);
        return;
      }
    }
    if (this.isJapanese) return;
    if (parent.childNodes.length === 1) {
      parent.lang = "ja";
      this.marked.add(parent);
    } else {
      const own = Object.assign(document.createElement("span"), { lang: "ja" });
      node.replaceWith(own);
      own.append(node);
    }
  }

  /** The line of the service worker, which stands on a saved page in Japanese. */
  saved() {
    const line = document.querySelector(".ts-offline[lang=ja]");
    const day = line?.querySelector("time");
    if (!line || !day) return;
    day.textContent = this.translator.value("date", day.textContent ?? "");
    const [before, after] = this.words.saved.split("{date}");
    line.replaceChildren(before, day, after);
    line.removeAttribute("lang");
  }

  /** @param {Element} element */
  name(element) {
    for (const attribute of ATTRIBUTES) {
      const japanese = element.getAttribute(attribute)?.trim() ?? "";
      const text = JAPANESE.test(japanese) ? this.translator.text(japanese, this.translator.inside) : undefined;
      if (text !== undefined && text !== japanese) element.setAttribute(attribute, text.replace(/[⟦⟧]/gu, ""));
    }
  }

  /** The title of the page: the name of the site, and that of a record, stay. */
  title() {
    const own = document.querySelector("h1 [translate=no]")?.textContent?.trim();
    const parts = document.title.split("｜");
    const said = parts.map((part, place) => (part === own || place === parts.length - 1 ? part : this.translator.whole(part, this.translator.inside) ?? part).replace(/[⟦⟧]/gu, ""));
    if (said.join("｜") !== document.title) document.title = said.join("｜");
  }

  /** A heading whose lines may end between its phrases is one text. @param {Element} heading */
  join(heading) {
    if (heading.childElementCount !== heading.querySelectorAll("wbr").length || heading.closest(SKIPPED)) return;
    const text = this.translator.text(heading.textContent?.trim() ?? "", this.translator.inside);
    if (text !== undefined) heading.replaceChildren(...nodesOf(text));
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
    else if (SHARED.test(address)) {
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
    for (const line of top.querySelectorAll("wbr")) if (line.parentElement?.contains(line)) this.join(line.parentElement);
    for (const node of texts) if (node.isConnected) this.speak(node);
    for (const element of [top, ...top.querySelectorAll(ATTRIBUTES.map((name) => `[${name}]`).join())]) this.name(element);
    for (const link of top.querySelectorAll("a[href]")) this.lead(/** @type {HTMLAnchorElement} */ (link));
    if (top instanceof HTMLAnchorElement) this.lead(top);
  }

  /** Follows what other scripts bring. */
  follow() {
    const watcher = new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === "characterData") this.speak(/** @type {Text} */ (target));
        else if (type === "attributes") this.name(/** @type {Element} */ (target));
        else for (const node of addedNodes) if (node.isConnected) this.go(node);
      }
      watcher.takeRecords(); // what was just written here
    });
    watcher.observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ATTRIBUTES });
    const title = document.querySelector("title");
    if (title) new MutationObserver(() => this.title()).observe(title, { childList: true, characterData: true, subtree: true });
  }
}

/** The way back to Japanese, in the switch of the header. */
function offerJapanese() {
  const list = document.querySelector(".ts-languages ul");
  const item = document.createElement("li");
  item.append(Object.assign(document.createElement("a"), { href: location.pathname, lang: "ja", hreflang: "ja", textContent: "日本語" }));
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
  layer.title();
  layer.saved();
  if (id && words.lang !== "ja") {
    const note = Object.assign(document.createElement("p"), { className: "ts-quiet", textContent: words.note });
    document.querySelector(".ts-record__head")?.append(note);
  }
  layer.follow();
}
