// /list/: the visitor's own list, or one that somebody sent (the ids stand behind the "#" of the address).

import { element } from "../../site/browser/dom.js";
import { contacts, idsOf, linkOf, planText, table } from "./list_out.js";
import { fill, hint, itemElement, showNotes } from "./list_items.js";
import { REFUSED, Shelf, add, annotate, begin, currentOf, drop, dropAll, merged, move, otherName, otherNote, remove, rename, replace, turnTo } from "./my_lists.js";
import { recordsOf } from "../../offline/browser/record_data.js";
import { goBackTo, keepPlace, keptPlace } from "../../site/browser/place.js";
import { codeOf } from "../../site/browser/share.js";

/** @typedef {import("./my_lists.js").Item} Item */
/** @typedef {import("./my_lists.js").Lists} Lists */
/** @typedef {import("../../offline/browser/record_data.js").RecordData} RecordData */

const ROOT = new URL("../../", import.meta.url);
const OTHER = { swap: "もう一方を出しました。", forget: "もう一方を消しました。" };

/**
 * @param {string} selector
 * @returns {any}
 */
const one = (selector) => document.querySelector(selector);

class ListPage {
  /** @param {HTMLElement} holder */
  constructor(holder) {
    this.holder = holder;
    this.base = holder.dataset.base ?? "";
    this.files = Number(holder.dataset.files);
    /** Links to send carry the public address, where the site knows it. */
    const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
    this.root = canonical ? new URL("../", canonical.href).href : ROOT.href;
    this.shelf = new Shelf(ROOT);
    /** @type {string[]} ids that somebody sent; empty: the visitor's own list */
    this.sent = [];
    /** @type {Map<string, RecordData>} */
    this.records = new Map();
    /** @type {Set<string>} ids that were looked up, also those that no record has */
    this.known = new Set();
    /** @type {Map<string, HTMLLIElement>} */
    this.elements = new Map();
    /** @type {{before: Lists, after: Lists} | undefined} the last step, where it can be taken back */
    this.taken = undefined;
    this.asked = 0;
    this.left = keptPlace();
    /** @type {import("./list_items.js").Hands} */
    this.hands = {
      base: this.base,
      offline: false,
      act: (what, id) => this.act(what, id),
      note: (id, text) => this.note(id, text),
    };
  }

  /** @returns {Item[]} what is shown */
  get items() {
    return this.sent.length ? this.sent.map((id) => ({ id, note: "", name: "" })) : currentOf(this.shelf.lists).items;
  }

  start() {
    this.holder.hidden = false;
    const form = one(".ts-mine__name");
    one("#which").addEventListener("change", () => this.change(turnTo(this.shelf.lists, one("#which").value)));
    form.addEventListener("submit", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.change(rename(this.shelf.lists, one("#list-name").value), "名前を変えました。");
    });
    one("#list-name").addEventListener("input", () => {
      one("#name-hint").textContent = hint(one("#list-name").value);
      this.refused(this.shelf.keep(rename(this.shelf.lists, one("#list-name").value))); // kept as it is written, as notes are
      this.frame();
    });
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.holder.querySelectorAll("button[data-do]"))) {
      button.addEventListener("click", () => this.act(button.dataset.do ?? "", ""));
    }
    one("#with-notes").addEventListener("change", () => one(".ts-items").classList.toggle("ts-items--plain", !one("#with-notes").checked));
    addEventListener("hashchange", () => void this.open());
    const look = () => {
      this.shelf.look(this.shelf.lists.current);
      void this.show();
    };
    addEventListener("storage", look);
    addEventListener("pageshow", (event) => event.persisted && look());
    keepPlace();
    void this.open();
  }

  async open() {
    this.sent = idsOf(location.hash);
    this.elements.clear();
    one(".ts-items").replaceChildren();
    await this.show();
  }

  /**
   * Keeps changed lists and shows them; the step can be taken back.
   * @param {Lists} lists
   * @param {string} [said]
   * @param {boolean} [undo]
   */
  change(lists, said = "", undo = false) {
    const [holder, at] = [document.activeElement?.closest(".ts-item"), this.place()];
    const before = this.shelf.lists;
    const why = this.shelf.keep(lists);
    this.taken = undo ? { before, after: this.shelf.lists } : undefined;
    if (!this.refused(why)) this.say(said);
    void this.show();
    if (holder && !holder.isConnected) this.focusOn(at);
  }

  /** @returns {number} where the item that has the focus stands; -1 where none has it */
  place() {
    return [...one(".ts-items").children].findIndex((item) => item.contains(document.activeElement));
  }

  /** Who took out what they stood on goes on at the item that has its place now, or the last; else at the head of the page. @param {number} at */
  focusOn(at) {
    const items = one(".ts-items").children;
    const target = /** @type {HTMLElement} */ (items[Math.min(at, items.length - 1)]?.querySelector("h2") ?? document.querySelector("h1"));
    target.setAttribute("tabindex", "-1");
    target.focus();
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  note(id, text) {
    const ids = () => this.items.map((item) => item.id).join(" ");
    const before = ids();
    const why = this.refused(this.shelf.keep(annotate(this.shelf.lists, id, text)));
    if (ids() !== before) void this.show(); // another window has added something or taken it out
    for (const item of this.items) if (item.id === id) showNotes(this.elements.get(id), item, why && REFUSED[why]);
  }

  /** @param {"" | "blocked" | "full"} why */
  refused(why) {
    if (why) this.say(REFUSED[why]);
    return why;
  }

  /** @param {string} text */
  say(text) {
    const back = this.taken && element("button", { type: "button", class: "ts-button" }, "もとに戻す");
    back?.addEventListener("click", () => {
      const there = new Set(this.items.map((item) => item.id));
      if (this.taken) this.change(merged(this.taken.after, this.taken.before, this.shelf.lists), "もとに戻しました。");
      this.focusOn(this.items.findIndex((item) => !there.has(item.id)));
    });
    one(".ts-said").replaceChildren(...(text ? [element("span", {}, text), ...(back ? [" ", back] : [])] : []));
  }

  /**
   * @param {string} what
   * @param {string} id
   */
  act(what, id) {
    const lists = this.shelf.lists;
    const name = this.records.get(id)?.name ?? "";
    const list = currentOf(lists);
    const steps = /** @type {Record<string, () => void>} */ ({
      up: () => this.step(id, -1),
      down: () => this.step(id, 1),
      remove: () => this.change(remove(lists, id), `「${name || id}」を外しました。`, true),
      replace: () => this.swap(id),
      "swap-note": () => this.other(id, "swap"),
      "forget-note": () => this.other(id, "forget"),
      "swap-name": () => this.otherName("swap"),
      "forget-name": () => this.otherName("forget"),
      begin: () => {
        this.change(begin(lists), "新しいリストを作りました。☆を押すと、このリストに入ります。");
        one("#list-name").focus();
      },
      drop: () => this.change(drop(lists), `「${list.name}」を消しました。`, true),
      "drop-all": () => this.change(dropAll(), "リストとメモをすべて消しました。", true),
      keep: () => this.keepSent(),
      again: () => void this.show(),
      print: () => window.print(),
      share: () => void this.share(),
      plan: () => this.plan(),
      "copy-plan": () => void this.copy(one("#plan").value, "写しました。貼り付けて使えます。"),
      csv: () => this.download("mochidashi-list.csv", "text/csv", table(this.entries(), this.root)),
      vcard: () => this.download("mochidashi-list.vcf", "text/vcard", contacts(this.entries(), this.root)),
    });
    steps[what]?.();
  }

  /**
   * @param {string} id
   * @param {number} step
   */
  step(id, step) {
    this.change(move(this.shelf.lists, id, step));
    const place = this.items.findIndex((item) => item.id === id);
    this.say(`${place + 1}番目に移しました。`);
    const made = this.elements.get(id);
    const [up, down] = [made?.querySelector("[data-do=up]"), made?.querySelector("[data-do=down]")];
    const wanted = /** @type {HTMLButtonElement} */ (step < 0 ? up : down);
    (wanted.disabled ? /** @type {HTMLButtonElement} */ (step < 0 ? down : up) : wanted).focus();
    keepInSight();
  }

  /**
   * @param {string} id
   * @param {"swap" | "forget"} what
   */
  other(id, what) {
    this.change(otherNote(this.shelf.lists, id, what), OTHER[what], true);
    /** @type {HTMLElement | undefined} */ (this.elements.get(id)?.querySelector("textarea") ?? undefined)?.focus();
  }

  /** @param {"swap" | "forget"} what */
  otherName(what) {
    this.change(otherName(this.shelf.lists, what), OTHER[what], true);
    one("#which").focus();
  }

  /** @param {string} id */
  swap(id) {
    const other = this.records.get(id)?.instead;
    if (!other) return;
    if (this.sent.length) {
      this.sent = [...new Set(this.sent.map((sent) => (sent === id ? other : sent)))];
      void this.show();
    } else {
      this.change(replace(this.shelf.lists, id, { id: other, name: this.records.get(other)?.name ?? "" }), "入れかえました。", true);
    }
  }

  keepSent() {
    const found = this.sent.filter((id) => this.hands.offline || this.records.has(id)).map((id) => ({ id, name: this.records.get(id)?.name ?? "" }));
    const lists = this.shelf.lists;
    const target = currentOf(lists).items.length ? begin(lists, "送られてきたリスト") : lists;
    history.replaceState(null, "", location.pathname);
    this.sent = [];
    this.elements.clear();
    one(".ts-items").replaceChildren();
    this.change(add(target, found), `${found.length}件を「${currentOf(target).name}」に入れました。`);
    one("h1").setAttribute("tabindex", "-1");
    one("h1").focus();
  }

  entries() {
    return this.items.map((item) => ({ ...item, record: this.records.get(item.id) }));
  }

  async share() {
    const url = linkOf(this.root, this.items.map((item) => item.id));
    one(".ts-link").hidden = false;
    one("#link").value = url;
    await codeOf(url, this.base, "このリストのQRコード").then(
      (svg) => one(".ts-link__code").replaceChildren(svg),
      () => (one(".ts-link__code").textContent = "件数が多いため、QRコードにはできません。リンクを送ってください。"),
    );
    keepInSight();
    const data = { title: document.title, text: `持ち出しリスト（${this.items.length}件）`, url };
    try {
      if (navigator.share) await navigator.share(data);
      else await this.copy(url, "リンクを写しました。メールなどに貼り付けられます。");
    } catch {
      // Whoever closes the sheet of the telephone still has the link and its code on the page.
    }
  }

  /**
   * @param {string} text
   * @param {string} done
   */
  async copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
      this.say(done);
    } catch {
      this.say("写せませんでした。文を長く押して、写してください。");
    }
  }

  plan() {
    one(".ts-plan").hidden = false;
    one("#plan").value = planText(this.entries());
    one("#plan").focus();
    one("#plan").select();
    one("#plan").scrollLeft = 0;
  }

  /**
   * @param {string} name
   * @param {string} type
   * @param {string} content
   */
  download(name, type, content) {
    const address = URL.createObjectURL(new Blob([content], { type: `${type};charset=utf-8` }));
    element("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  async show() {
    const mine = (this.asked += 1);
    this.frame();
    this.order();
    const ids = this.missing();
    one(".ts-reading").hidden = !ids.length;
    try {
      const found = await recordsOf(ids, this.files, this.base);
      const others = [...found.values()].flatMap((record) => record.instead ?? []);
      for (const [id, record] of [...found, ...(await recordsOf(others, this.files, this.base))]) this.records.set(id, record);
      for (const id of ids) this.known.add(id);
      this.hands.offline = false;
    } catch {
      this.hands.offline = true;
    }
    if (mine !== this.asked) return;
    one(".ts-reading").hidden = true;
    one(".ts-unread").hidden = !this.hands.offline;
    for (const item of this.items) {
      const record = this.records.get(item.id);
      const made = this.elements.get(item.id);
      if (made) fill(made, item, record, this.records.get(record?.instead ?? ""), this.hands);
    }
    this.offer();
    this.holder.dataset.shown = String(this.items.length);
    goBackTo(this.left, this.holder);
    this.left = undefined;
    await this.codes();
  }

  /** Ids of the list that were not looked up yet. */
  missing() {
    return this.items.map((item) => item.id).filter((id) => !this.known.has(id));
  }

  /** What is made from the records is offered when they are there: before, a file or a text would be empty. */
  offer() {
    const waiting = !this.hands.offline && this.missing().length > 0;
    one(".ts-out").hidden = waiting || !this.items.length;
    one("[data-do=keep]").hidden = waiting;
  }

  /** Everything around the items. */
  frame() {
    const lists = this.shelf.lists;
    const list = currentOf(lists);
    const count = this.items.length;
    const shared = this.sent.length > 0;
    one(".ts-shared").hidden = !shared;
    if (shared) one("#shared-title").textContent = `送られてきたリスト（${count}件）`;
    for (const own of this.holder.querySelectorAll("[data-own]")) /** @type {HTMLElement} */ (own).hidden = shared;
    one("#which").replaceChildren(...lists.lists.map(({ key, name, items }) => element("option", { value: key, selected: key === list.key }, `${name}（${items.length}件）`)));
    const name = one("#list-name");
    const begun = name === document.activeElement && !name.value.trim(); // somebody makes room for a new name
    if (!begun && name.value.trim() !== list.name) name.value = list.name;
    one(".ts-mine__other").hidden = !list.other;
    one(".ts-mine__other q").textContent = list.other ?? "";
    one(".ts-empty").hidden = count > 0;
    this.offer();
    one(".ts-plan").hidden = one(".ts-link").hidden = true;
    one(".ts-paperhead__title").textContent = shared ? "持ち出しリスト" : list.name;
    one(".ts-paperhead__day").textContent = `${new Date().toLocaleDateString("ja-JP", { dateStyle: "long" })}に印刷・${count}件`;
  }

  /** The elements in the order of the list, each made once, so that what is typed and focused stays. */
  order() {
    const shown = this.items.map((item) => {
      const made = this.elements.get(item.id) ?? itemElement(item, this.hands);
      this.elements.set(item.id, made);
      return made;
    });
    const list = one(".ts-items");
    for (const old of [...list.children]) if (!shown.includes(old)) old.remove();
    for (const [at, made] of shown.entries()) if (list.children[at] !== made) list.insertBefore(made, list.children[at] ?? null);
    for (const [at, made] of shown.entries()) {
      /** @type {any} */ (made.querySelector("[data-do=up]")).disabled = at === 0;
      /** @type {any} */ (made.querySelector("[data-do=down]")).disabled = at === shown.length - 1;
      showNotes(made, this.items[at]);
      for (const own of made.querySelectorAll(".ts-item__note, .ts-item__do")) /** @type {HTMLElement} */ (own).hidden = this.sent.length > 0;
    }
  }

  /** The codes that paper carries: drawn ahead, since the browser's own print command leaves no time. */
  async codes() {
    const codes = this.items.map(({ id }) => [this.elements.get(id)?.querySelector(".ts-item__code"), `${this.root}r/${id}/`, "この記録のQRコード"]);
    codes.push([one(".ts-paperhead__code"), linkOf(this.root, this.items.map(({ id }) => id)), "このリストのQRコード"]);
    for (const [place, address, alt] of /** @type {[Element | undefined, string, string][]} */ (codes)) {
      if (!place || /** @type {HTMLElement} */ (place).dataset.of === address) continue;
      await codeOf(address, this.base, alt).then(
        (svg) => place.replaceChildren(svg),
        () => place.replaceChildren(),
      );
      /** @type {HTMLElement} */ (place).dataset.of = address;
    }
    this.holder.dataset.ready = "";
  }
}

/** What has the focus stays where it is seen: it does not move there by itself when the page around it grows. */
const keepInSight = () => document.activeElement?.scrollIntoView({ block: "nearest" });

/** @param {HTMLElement} holder */
export function openList(holder) {
  new ListPage(holder).start();
}
