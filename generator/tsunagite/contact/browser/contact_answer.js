// The last screen of the contact finder: whom to call, what to say, what to have at hand, what happens next.

import { gapsFor, windowsFor } from "./contact_data.js";
import { badgeNodes } from "../../site/browser/hours.js";
import { openNow } from "../../site/browser/open_now.js";

/** @typedef {import("./contact_data.js").Loaded} Loaded */
/** @typedef {import("./contact_data.js").Window} Window */
/** @typedef {import("./contact_data.js").Line} Line */
/** @typedef {import("./contact_data.js").Gap} Gap */
/** @typedef {import("./contact_data.js").Trouble} Trouble */
/** @typedef {import("./contact_data.js").Town} Town */
/** @typedef {{base: string, back: () => void, again: (next: {k?: string, a?: string}) => void}} Frame */

/**
 * @param {string} tag
 * @param {string} name class
 * @param {...(Node | string)} inside
 */
function make(tag, name, ...inside) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.append(...inside);
  return element;
}

/** @param {string} name an icon of the page's templates */
function icon(name) {
  const template = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`#icon-${name}`));
  return template?.content.cloneNode(true) ?? "";
}

/**
 * A number: a button where it can be dialled, else the number alone with the reason.
 * @param {{number: string, href: string, verb: string, note: string, big: boolean}} number
 */
function call({ number, href, verb, note, big }) {
  const words = make("span", "ts-call__words", make("span", "ts-call__verb", verb), " ", make("span", "ts-call__number", number));
  if (note) words.append(" ", make("span", "ts-call__note", note));
  if (!href) return make("p", "ts-number", ...words.childNodes, " ", make("span", "ts-quiet", "見本の番号です。かかりません。"));
  const link = /** @type {HTMLAnchorElement} */ (make("a", `ts-call${big ? " ts-call--big" : ""}`, icon("phone"), words));
  link.href = href;
  return link;
}

/**
 * @param {Loaded} all
 * @param {Window} window
 * @param {Date} moment
 */
function saidOf(all, window, moment) {
  return window.opening && all.holidays ? openNow({ ...window.opening, note: false }, moment, all.holidays) : { text: "", open: undefined };
}

/**
 * @param {Loaded} all
 * @param {{window: Window, why: string}} item
 * @param {boolean} first
 * @param {string} base
 */
function windowBlock(all, { window, why }, first, base) {
  const block = make("div", `cf-window${first ? " cf-window--first" : ""}`);
  if (why) block.append(make("p", "cf-window__why", why));
  const heading = make("h3", "", window.name);
  heading.append(...badgeNodes(window.badges, new Date()));
  block.append(heading);
  const { text, open } = saidOf(all, window, new Date());
  if (text) block.append(make("p", `ts-now${open ? " ts-now--open" : ""}`, icon("clock"), make("span", "", text)));
  const verb = `電話する${window.label ? ` ${window.label}` : ""}`;
  block.append(call({ number: window.number, href: window.href, verb, note: window.note, big: first }));
  if (window.hours.length) {
    const body = make("tbody", "");
    for (const [days, span, label] of window.hours) {
      const day = make("th", "", days);
      day.setAttribute("scope", "row");
      body.append(make("tr", "", day, make("td", "", span, label ? ` ${label}` : "")));
    }
    block.append(make("table", "ts-hours", make("caption", "ts-hidden", `${window.name}の時間`), body));
  } else if (!window.note) block.append(make("p", "ts-quiet", "時間は、わかっていません。"));
  for (const note of window.notes) block.append(make("p", "ts-note", note));
  if (window.place) block.append(make("p", "ts-quiet", window.place));
  const link = /** @type {HTMLAnchorElement} */ (make("a", "ts-more cf-noprint", "この窓口をくわしく見る"));
  link.href = base + window.path;
  block.append(link);
  return block;
}

/**
 * The duties for which nobody is written; where no window answers at all, what to do instead.
 * @param {Gap[]} gaps
 * @param {boolean} none
 * @param {string} base
 */
function gapsBlock(gaps, none, base) {
  const block = make("div", "cf-window cf-gaps");
  if (none) {
    block.append(make("p", "", make("strong", "", "電話する窓口は、まだこのサイトに書かれていません。")));
    block.append(make("p", "", "お住まいの役所・役場の代表の電話にかけて、困っていることを伝えてください。係につないでもらえます。"));
  }
  for (const { text, lines, list, register, url } of gaps) {
    const line = make("p", "", text);
    if (lines.length) line.append("代わりに、次の番号へ：");
    for (const [index, [number, href, label]] of lines.entries()) line.append(linkTo(number, href, "ts-more"), `（${label}）${index < lines.length - 1 ? "、" : "。"}`);
    if (register) line.append("全国の名簿でさがせます：", url ? linkTo(register, url, "") : register);
    if (list.length) line.append(" ", linkTo(list[0], base + list[1], "ts-more"));
    block.append(line);
  }
  if (none) block.append(make("p", "", linkTo("急ぐとき：だれに、どの順番で", `${base}emergency/`, "ts-more ts-urgent")));
  return block;
}

/**
 * @param {string} words
 * @param {string} address
 * @param {string} name class
 */
function linkTo(words, address, name) {
  const element = /** @type {HTMLAnchorElement} */ (make("a", name, words));
  element.href = address;
  return element;
}

/** @param {Line} line */
function lineItem(line) {
  const note = [line.about, line.hours].filter((part) => part).join(" ");
  return make("li", "", call({ number: line.number, href: line.href, verb: line.label, note, big: false }));
}

/**
 * @param {string} title
 * @param {...(Node | string)} inside
 */
function part(title, ...inside) {
  return make("div", "cf-part", make("h3", "", title), ...inside);
}

/**
 * @param {string} tag
 * @param {string[]} lines
 * @param {string} [name]
 */
function list(tag, lines, name = "") {
  return make(tag, name, ...lines.map((line) => make("li", "", line)));
}

/**
 * @param {string} words
 * @param {string} symbol
 * @param {() => void} press
 */
function button(words, symbol, press) {
  const element = /** @type {HTMLButtonElement} */ (make("button", "ts-button", icon(symbol), words));
  element.type = "button";
  element.addEventListener("click", press);
  return element;
}

/** @param {HTMLElement} status */
async function share(status) {
  const title = document.title; // neutral where the trouble is delicate
  try {
    if (navigator.share) await navigator.share({ title, url: location.href });
    else {
      await navigator.clipboard.writeText(location.href);
      status.textContent = "アドレスを写しました。メールなどに貼り付けられます。";
    }
  } catch (problem) {
    if (/** @type {Error} */ (problem).name !== "AbortError") status.textContent = location.href;
  }
}

/**
 * Fills the screen.
 * @param {HTMLElement} section
 * @param {Loaded} all
 * @param {Trouble} trouble
 * @param {Town | null} town null = somewhere in the municipality
 * @param {Frame} frame
 */
export function answer(section, all, trouble, town, frame) {
  const { data } = all;
  const name = town ? town[1] : data.city;
  const [first, ...others] = windowsFor(data, trouble, town);
  const gaps = gapsFor(data, trouble, town);
  const heading = make("h2", "", first ? `${name}の方は、ここに電話してください` : `${name}の方へ`);
  heading.id = "q3";
  heading.tabIndex = -1;
  const parts = [make("p", "cf-chosen", `「${trouble.label}」`)];
  if (trouble.lines.length) {
    const calls = trouble.lines.map((at) => data.lines[at]).map(({ number, href, label }) => call({ number, href, verb: label, note: "", big: false }));
    parts.push(make("div", "cf-urgent", make("p", "", trouble.urgent), ...calls));
  }
  const after = part("夜や休みの日、つながらないとき", make("ul", "cf-lines", ...trouble.after.map((at) => lineItem(data.lines[at]))));
  if (first) parts.push(windowBlock(all, first, true, frame.base));
  if (gaps.length || !first) parts.push(gapsBlock(gaps, !first, frame.base));
  parts.push(make("p", "ts-notice cf-proof", icon("info-circle"), make("span", "", data.proof)));
  const closed = !first || saidOf(all, first.window, new Date()).open !== true;
  if (closed && trouble.after.length) parts.push(after);
  const say = trouble.say.map((line) => `「${line.replaceAll("{town}", name)}」`);
  const side = make("div", "ts-side", part("電話で言うこと", make("p", "ts-quiet", "＿＿ は、あてはまることばに。このとおりでなくてもかまいません。"), list("ol", say, "cf-say")));
  if (trouble.have.length) side.append(part("手もとに置くもの", list("ul", trouble.have)));
  if (trouble.next.length) side.append(part("このあと、どうなるか", list("ol", trouble.next)));
  parts.push(side);
  if (others.length) parts.push(part("ほかの窓口", ...others.map((item) => windowBlock(all, item, false, frame.base))));
  if (!closed && trouble.after.length) parts.push(after);
  const status = make("p", "cf-said");
  status.setAttribute("role", "status");
  const buttons = make(
    "div",
    "cf-buttons",
    button("印刷する", "printer", () => print()),
    button("家族に知らせる", "share", () => void share(status)),
    ...(data.towns.length ? [button("町を変える", "map-pin", () => frame.again({ a: "" }))] : []),
    button("困りごとを変える", "list", () => frame.again({ k: "" })),
  );
  parts.push(buttons, status);
  if (trouble.needs.length) {
    const links = trouble.needs.map(([label, path]) => {
      const link = /** @type {HTMLAnchorElement} */ (make("a", "ts-chip", label));
      link.href = frame.base + path;
      return make("li", "", link);
    });
    const more = part("助けになるものを、自分でもさがす", make("ul", "ts-chips", ...links));
    more.classList.add("cf-part--links");
    parts.push(more);
  }
  section.querySelector(".cf-answer")?.replaceChildren(heading, ...parts);
}
