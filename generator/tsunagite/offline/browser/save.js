// ☆ on every card and record page: puts a record into the visitor's own list (/list/) and takes it out again. The buttons
// are made here, so that a page without script has none that does nothing; cards that come later get theirs too.

import { drawing, element } from "../../site/browser/dom.js";
import { MOST_ITEMS, REFUSED, Shelf, add, currentOf, remove } from "../../my_list/browser/my_lists.js";
import { whenIdle } from "../../site/browser/site.js";

const STAR = "M12 3.2 14.7 8.9 21 9.7 16.4 14 17.5 20.3 12 17.3 6.5 20.3 7.6 14 3 9.7 9.3 8.9Z";
const ROOT = new URL("../../", import.meta.url);
const RECORD = /(?:^|\/)r\/([a-z0-9-]+)\/(?:$|[?#])/;
const SHOWN_FOR = 6000;

/** The id a link to a record leads to. @param {Element | null} link */
function idOf(link) {
  return RECORD.exec(link?.getAttribute("href") ?? "")?.[1];
}

/**
 * The name of a record as its card or page writes it, without badges.
 * @param {HTMLElement} place
 */
function words(place) {
  const copy = /** @type {HTMLElement | undefined} */ (place.querySelector(".ts-card__name a, h1")?.cloneNode(true));
  for (const badge of copy?.querySelectorAll(".ts-badge") ?? []) badge.remove();
  return copy?.textContent?.trim() ?? "";
}

export class Stars {
  /** @param {Element} page where the line that says what happened goes */
  constructor(page) {
    this.shelf = new Shelf(ROOT);
    /** @type {Map<HTMLButtonElement, string>} */
    this.buttons = new Map();
    this.line = element("p", { class: "ts-saved", role: "status" });
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    page.append(this.line);
    addEventListener("storage", () => this.show());
    addEventListener("pageshow", () => this.show());
  }

  /**
   * A star for each card and record below an element that has none yet.
   * @param {ParentNode} place
   */
  offer(place) {
    for (const card of /** @type {NodeListOf<HTMLElement>} */ (place.querySelectorAll(".ts-card:not([data-star])"))) {
      const id = idOf(card.querySelector(".ts-card__name a"));
      card.dataset.star = id ?? "";
      if (id) (card.querySelector(".ts-card__save") ?? card).append(this.button(id, () => words(card), "ts-save"));
    }
    const record = /** @type {HTMLElement | null} */ (place.querySelector("article.ts-record:not([data-star])"));
    const id = idOf(document.querySelector("link[rel=canonical]")) ?? RECORD.exec(location.pathname)?.[1];
    if (record && id) {
      record.dataset.star = id;
      document.querySelector(".ts-back")?.append(this.button(id, () => words(record), "ts-save ts-save--page"));
    }
    this.show();
  }

  /**
   * @param {string} id
   * @param {() => string} name
   * @param {string} style
   */
  button(id, name, style) {
    const label = `${name()}を持ち出しリストに保存`; // has the word that is seen, and stays: aria-pressed says the rest
    const button = element("button", { type: "button", class: style, "aria-pressed": "false", "aria-label": label }, drawing(STAR, "ts-star"), element("span", {}, "保存"));
    button.addEventListener("click", () => this.press(button, id, name()));
    this.buttons.set(button, id);
    return button;
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {string} id
   * @param {string} name
   */
  press(button, id, name) {
    this.shelf.look();
    const lists = this.shelf.lists;
    const before = currentOf(lists);
    const saved = before.items.some((item) => item.id === id);
    if (!saved && before.items.length >= MOST_ITEMS) {
      this.say(`「${before.name}」は${MOST_ITEMS}件でいっぱいです。`);
      return;
    }
    const after = saved ? remove(lists, id) : add(lists, [{ id, name }]);
    const refused = this.shelf.keep(after);
    this.show();
    const list = currentOf(this.shelf.lists);
    if (refused) this.say(REFUSED[refused]);
    else if (saved) this.say(`「${list.name}」から外しました。`);
    else this.say(`「${list.name}」に入れました（${list.items.length}件）。`);
  }

  /** Every star, and the way to the list in the header, as the list is now. */
  show() {
    this.shelf.look();
    const { items } = currentOf(this.shelf.lists);
    const saved = new Set(items.map((item) => item.id));
    for (const [button, id] of this.buttons) {
      if (button.isConnected) button.setAttribute("aria-pressed", String(saved.has(id)));
      else this.buttons.delete(button);
    }
    for (const link of document.querySelectorAll("a[data-list]")) {
      const count = link.querySelector("span") ?? link.appendChild(element("span", {}));
      count.textContent = items.length ? `（${items.length}件）` : "";
    }
  }

  /** @param {string} text */
  say(text) {
    clearTimeout(this.timer);
    this.line.replaceChildren(element("span", {}, text), element("a", { href: new URL("list/", ROOT).href }, "リストを見る"));
    this.timer = setTimeout(() => this.leave(), SHOWN_FOR);
  }

  /** The line stays while it is pointed at or has the focus: nobody is hurried. */
  leave() {
    if (this.line.matches(":hover, :focus-within")) this.timer = setTimeout(() => this.leave(), SHOWN_FOR);
    else this.line.replaceChildren();
  }
}

/** Stars for what is on the page, and for cards that search or facets bring later. */
export function offerSaving() {
  const page = document.querySelector(".ts-page");
  if (!page) return undefined;
  const stars = new Stars(page);
  stars.offer(page);
  // Later cards stand there before they get theirs: the result comes first, and the place of the star is kept free.
  let waiting = false;
  new MutationObserver((changes) => {
    if (waiting || !changes.some((change) => [...change.addedNodes].some((node) => node instanceof Element && (node.matches(".ts-card, article") || node.querySelector(".ts-card"))))) return;
    waiting = true;
    whenIdle(() => {
      waiting = false;
      stars.offer(page);
    });
  }).observe(page, { childList: true, subtree: true });
  return stars;
}
