// The visitor's own lists: what they hold and how they change. They stay on this device and are never sent.
// Every change makes new lists and leaves the old ones as they are, so that a step can be taken back. Several windows may change
// them: `merged` puts together what was done here and what was done there.

/**
 * @typedef {{id: string, note: string, name: string, other?: string}} Item `name` is what the record was called when it was saved;
 *   `other` the note of another window, of which this one did not know when a newer note took its place
 * @typedef {{key: string, name: string, items: Item[], other?: string}} List `other` is a name that another window gave it, as with notes
 * @typedef {{current: string, lists: List[]}} Lists there is always one list at least
 * @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem">} Store
 */

export const MOST_ITEMS = 100;
export const MOST_LISTS = 30;
const LONGEST_NAME = 40;
export const LONGEST_NOTE = 400;

/** @returns {Lists} */
function empty() {
  return { current: "1", lists: [{ key: "1", name: "リスト1", items: [] }] };
}

/**
 * The name under which a site keeps its lists: several sites may lie on one host.
 * @param {string} root path of the site's root, e.g. "/tsunagite-demo/"
 */
export function storeName(root) {
  return `tsunagite-lists:${root}`;
}

/**
 * What the device holds. Anything that is not a list (another program's, a half-written one) counts as nothing.
 * @param {Store | undefined} store
 * @param {string} name
 * @returns {Lists}
 */
export function read(store, name) {
  try {
    return repaired(JSON.parse(store?.getItem(name) ?? "null"));
  } catch {
    return empty();
  }
}

/**
 * Why nothing could be kept: "blocked" (a private window, a forbidding setting), "full"; or "" where all went well.
 * @param {Store | undefined} store
 * @param {string} name
 * @param {Lists} lists
 * @returns {"" | "blocked" | "full"}
 */
export function write(store, name, lists) {
  if (!store) return "blocked";
  try {
    if (isSame(lists.lists, empty().lists)) store.removeItem(name);
    else store.setItem(name, JSON.stringify(lists));
    return "";
  } catch (problem) {
    return /** @type {Error} */ (problem).name === "QuotaExceededError" ? "full" : "blocked";
  }
}

/**
 * @param {unknown} found
 * @returns {Lists}
 */
function repaired(found) {
  const { current, lists } = /** @type {any} */ (found) ?? {};
  if (!Array.isArray(lists)) return empty();
  const whole = lists.filter((list) => typeof list?.key === "string" && Array.isArray(list.items)).map((list) => ({
    key: list.key,
    name: String(list.name ?? "").slice(0, LONGEST_NAME) || "リスト",
    ...(list.other ? { other: String(list.other) } : {}),
    items: list.items
      .filter((/** @type {any} */ item) => typeof item?.id === "string")
      .map((/** @type {any} */ item) => ({ id: item.id, note: String(item.note ?? ""), name: String(item.name ?? ""), ...(item.other ? { other: String(item.other) } : {}) })),
  }));
  if (!whole.length) return empty();
  return { current: whole.some((list) => list.key === current) ? current : whole[0].key, lists: whole };
}

/** @param {Lists} lists */
export function currentOf(lists) {
  return /** @type {List} */ (lists.lists.find((list) => list.key === lists.current));
}

/**
 * @param {Lists} lists
 * @param {(items: Item[]) => Item[]} change of the current list
 * @returns {Lists}
 */
function changed(lists, change) {
  return { ...lists, lists: lists.lists.map((list) => (list.key === lists.current ? { ...list, items: change(list.items) } : list)) };
}

/**
 * Adds records that are not there yet to the current list, as far as it holds them.
 * @param {Lists} lists
 * @param {{id: string, name: string}[]} records
 */
export function add(lists, records) {
  return changed(lists, (items) => {
    const there = new Set(items.map((item) => item.id));
    const fresh = records.filter(({ id }) => !there.has(id) && there.add(id));
    return [...items, ...fresh.map(({ id, name }) => ({ id, note: "", name }))].slice(0, Math.max(MOST_ITEMS, items.length));
  });
}

/**
 * @param {Lists} lists
 * @param {string} id
 */
export function remove(lists, id) {
  return changed(lists, (items) => items.filter((item) => item.id !== id));
}

/**
 * Moves an item up (-1) or down (1).
 * @param {Lists} lists
 * @param {string} id
 * @param {number} step
 */
export function move(lists, id, step) {
  return changed(lists, (items) => {
    const from = items.findIndex((item) => item.id === id);
    const to = from + step;
    if (from < 0 || to < 0 || to >= items.length) return items;
    const moved = items.filter((item) => item.id !== id);
    moved.splice(to, 0, items[from]);
    return moved;
  });
}

/**
 * @param {Lists} lists
 * @param {string} id
 * @param {string} note
 */
export function annotate(lists, id, note) {
  return changed(lists, (items) => items.map((item) => (item.id === id ? { ...item, note: note.slice(0, LONGEST_NOTE) } : item)));
}

/**
 * Shows the note of the other window and keeps the one that was shown ("swap"), or lets it go ("forget").
 * @param {Lists} lists
 * @param {string} id
 * @param {"swap" | "forget"} what
 */
export function otherNote(lists, id, what) {
  return changed(lists, (items) => items.map((item) => (item.id === id ? other(item, "note", what) : item)));
}

/**
 * The same for the name of the current list.
 * @param {Lists} lists
 * @param {"swap" | "forget"} what
 * @returns {Lists}
 */
export function otherName(lists, what) {
  return { ...lists, lists: lists.lists.map((list) => (list.key === lists.current ? other(list, "name", what) : list)) };
}

/**
 * @template {Item | List} T
 * @param {T} one
 * @param {"note" | "name"} field
 * @param {"swap" | "forget"} what
 */
function other(one, field, what) {
  const text = /** @type {any} */ (one)[field];
  return what === "swap" ? written(one, field, one.other || text, text) : written(one, field, text, "");
}

/**
 * An item with a note, or a list with a name, and what another window wrote there.
 * @template {Item | List} T
 * @param {T} one
 * @param {"note" | "name"} field
 * @param {string} text
 * @param {string | undefined} beside
 * @returns {T}
 */
function written({ other: _, ...one }, field, text, beside) {
  return /** @type {any} */ ({ ...one, [field]: text, ...(beside && beside !== text ? { other: beside } : {}) });
}

/**
 * Of two texts that were written without knowledge of each other the newer one, written here, is shown and the other kept beside it.
 * @template {Item | List} T
 * @param {T | undefined} old
 * @param {T} mine
 * @param {T} theirs
 * @param {"note" | "name"} field
 * @returns {T} theirs, where nothing was written here
 */
function newest(old, mine, theirs, field) {
  const [before, here, there] = [old, mine, theirs].map((one) => /** @type {any} */ (one)?.[field]);
  if (old && before === here && old.other === mine.other) return theirs;
  return written(mine, field, here, there === (before ?? "") ? (mine.other ?? theirs.other) : there);
}

/**
 * Puts another record in an item's place, with its note: what took over from one that has ended.
 * @param {Lists} lists
 * @param {string} id
 * @param {{id: string, name: string}} other
 */
export function replace(lists, id, other) {
  return changed(lists, (items) =>
    items.some((item) => item.id === other.id) ? items.filter((item) => item.id !== id) : items.map((item) => (item.id === id ? { ...item, ...other } : item)),
  );
}

/**
 * Begins a list and turns to it; an empty name becomes the next number.
 * @param {Lists} lists
 * @param {string} [name]
 * @returns {Lists}
 */
export function begin(lists, name = "") {
  const taken = new Set(lists.lists.map((list) => list.key));
  let number = lists.lists.length + 1;
  while (taken.has(String(number))) number += 1;
  const key = String(number);
  return { current: key, lists: [...lists.lists, { key, name: name.trim().slice(0, LONGEST_NAME) || `リスト${key}`, items: [] }] };
}

/**
 * @param {Lists} lists
 * @param {string} name
 */
export function rename(lists, name) {
  const written = name.trim().slice(0, LONGEST_NAME);
  if (!written) return lists;
  return { ...lists, lists: lists.lists.map((list) => (list.key === lists.current ? { ...list, name: written } : list)) };
}

/**
 * @param {Lists} lists
 * @param {string} key
 */
export function turnTo(lists, key) {
  return lists.lists.some((list) => list.key === key) ? { ...lists, current: key } : lists;
}

/**
 * Drops the current list; an empty first one stays when it was the last.
 * @param {Lists} lists
 */
export function drop(lists) {
  const rest = lists.lists.filter((list) => list.key !== lists.current);
  return rest.length ? { current: rest[0].key, lists: rest } : empty();
}

/** Drops everything. */
export function dropAll() {
  return empty();
}

/** @param {unknown} one @param {unknown} two */
const isSame = (one, two) => JSON.stringify(one) === JSON.stringify(two);

/**
 * What was done here and what another window did meanwhile, put together. What only one of them took out is gone, but for words that the other wrote after that.
 * @param {Lists} base what both began with
 * @param {Lists} mine
 * @param {Lists} theirs
 * @returns {Lists}
 */
export function merged(base, mine, theirs) {
  if (isSame(base, theirs)) return mine;
  const [before, there] = [base, theirs].map(({ lists }) => new Map(lists.map((list) => [list.key, list])));
  const here = new Set(mine.lists.map(({ key }) => key));
  const lists = mine.lists.flatMap((list) => {
    const [old, other] = [before.get(list.key), there.get(list.key)];
    if (!other && isSame(old, list)) return [];
    return { ...(other ? newest(old, list, other, "name") : list), items: mergedItems(old?.items ?? [], list.items, other?.items ?? []) };
  });
  const later = theirs.lists.filter((list) => !here.has(list.key) && !isSame(before.get(list.key), list));
  const all = [...lists, ...later];
  if (!all.length) return empty();
  return { current: [mine.current, theirs.current].find((key) => all.some((list) => list.key === key)) ?? all[0].key, lists: all };
}

/**
 * @param {Item[]} base
 * @param {Item[]} mine
 * @param {Item[]} theirs
 */
function mergedItems(base, mine, theirs) {
  const [before, here, there] = [base, mine, theirs].map((items) => new Map(items.map((item) => [item.id, item])));
  const kept = mine.flatMap((item) => {
    const [old, other] = [before.get(item.id), there.get(item.id)];
    if (!other) return old && isSame(old, item) ? [] : item;
    return newest(old, item, other, "note");
  });
  return [...kept, ...theirs.filter((item) => !here.has(item.id) && !isSame(before.get(item.id), item))];
}

/** The lists of this site on this device, and how to change them. */
export class Shelf {
  /** @param {URL} root address of the site's root */
  constructor(root) {
    this.name = storeName(root.pathname);
    /** @type {Store | undefined} */
    this.store = undefined;
    try {
      this.store = localStorage;
    } catch {
      // A browser that forbids storage throws already here.
    }
    /** What lay there when this window last looked: another one may have changed it since. */
    this.base = read(this.store, this.name);
    /** What this window knows; where the device keeps nothing, until the page is left. */
    this.lists = this.base;
    /** @type {"" | "blocked" | "full"} */
    this.refused = "";
  }

  /** Learns what other windows have changed. @param {string} [own] the list that is shown here, whichever they turned to */
  look(own = "") {
    if (this.refused) return;
    this.base = read(this.store, this.name);
    this.lists = turnTo(this.base, own);
  }

  /**
   * Keeps changed lists, together with what other windows have changed.
   * @param {Lists} lists
   * @returns {"" | "blocked" | "full"} why the device refused
   */
  keep(lists) {
    const theirs = read(this.store, this.name);
    this.lists = merged(this.base, lists, theirs);
    this.refused = write(this.store, this.name, this.lists);
    this.base = this.refused ? theirs : this.lists;
    return this.refused;
  }
}

/** What a person is told when the device refuses. */
export const REFUSED = {
  blocked: "この端末（またはプライベートウィンドウ）では、リストを残せません。このページを閉じると消えます。いまのうちに印刷するか、リンクを送ってください。",
  full: "この端末の保存場所がいっぱいです。リストを残せませんでした。使わないリストやほかのサイトのデータを消すと、残せるようになります。",
};
