// The search page: it takes over what is pressed on it; directory_page.js shows what the address asks for.

import { askedIn, withChoice } from "./chosen.js";
import { DirectoryFiles } from "./directory_files.js";
import { DirectoryPage, foundBy, openNear } from "./directory_page.js";
import { offerHelp } from "./emergency_signs.js";
import { openIndex } from "./search_index.js";
import { keepPlace } from "../../site/browser/place.js";

const ON_PAPER = 100;
const SLOW = 1000; // milliseconds after which a search says that it is on its way
const AT_ONCE = 256; // rows of a table that are asked for together

/**
 * @param {string} selector
 * @returns {any}
 */
const one = (selector) => document.querySelector(selector);

/** @type {Promise<DirectoryPage> | undefined} */
let page;

async function begin() {
  const files = new DirectoryFiles(one("#directory").dataset.base);
  const opening = openIndex(files.base);
  const { query } = askedIn(location.search);
  if (query) void opening.then((index) => foundBy(index, query)).catch(() => undefined); // asked again, and told, below
  const made = new DirectoryPage(await opening, files);
  matchMedia("(min-width: 900px)").addEventListener("change", () => void act(() => made.place()));
  matchMedia("(min-width: 1200px)").addEventListener("change", () => void act(() => made.show()));
  return made;
}

/** @type {Promise<ReturnType<typeof import("./near_panel.js").nearPanel>> | undefined} */
let near;

/** The panel "near", made when it is first used. */
function places() {
  near ??= (async () => {
    const its = await (page ??= begin());
    const [{ nearPanel }, facets] = await Promise.all([import("./near_panel.js"), its.files.facets()]);
    const choose = (/** @type {string} */ value) => {
      openNear(false);
      goOn(one("[data-way=near]"), { ...askedIn(location.search), near: value, sort: "" });
    };
    return nearPanel(one("#near"), { facets, index: its.index, points: () => its.files.points(), choose });
  })();
  near.catch(() => (near = undefined)); // the next press tries again
  return near;
}

/** Says in place of results why there are none (yet). @param {string} state one of the states of the page @param {string} title */
function sayState(state, title) {
  one("#found-title").textContent = title;
  one(state).hidden = false;
  one("#found").hidden = false;
}

/** Takes away the results of another search: below "cannot be searched now" they would look like its own. */
function clearResults() {
  for (const one of document.querySelectorAll("#found ol, .ts-found__notes")) one.replaceChildren();
  for (const one of document.querySelectorAll(".ts-found__more button, .ts-found__maybe, .ts-found__take, .ts-sort")) {
    /** @type {HTMLElement} */ (one).hidden = true;
  }
}

/**
 * Does something with the directory, or says that it cannot be reached. Results that stand there stay, and so does their title:
 * their map or their facets may come late, or not at all.
 * @param {(page: DirectoryPage) => unknown} what
 * @param {boolean} [isSearch] results are waited for
 */
async function act(what, isSearch) {
  /** @type {DirectoryPage | undefined} */
  let its;
  const slow = isSearch ? setTimeout(() => its?.stands || sayState("#search-wait", "さがしています"), SLOW) : undefined;
  try {
    page ??= begin();
    its = await page;
    await what(its);
    one("#search-failed").hidden = true;
  } catch (problem) {
    page?.catch(() => (page = undefined)); // the next press tries again
    if (its?.stands) {
      toast("ここは読みこめませんでした。電波の届くところで、もう一度お試しください。");
    } else {
      sayState("#search-failed", "いまはさがせません");
      clearResults();
    }
    if (navigator.onLine) throw problem;
  } finally {
    clearTimeout(slow);
    one("#search-wait").hidden = true;
  }
}

/**
 * Searches for who has asked from a part that closes, or with the keyboard of a phone, which makes room: they go on at the head of the results.
 * @param {HTMLElement} meanwhile what has the focus until then
 * @param {import("./chosen.js").Asked} asked
 */
function goOn(meanwhile, asked) {
  meanwhile.focus({ preventScroll: true });
  void act((its) => its.go(asked), true).then(() => {
    if (document.activeElement === meanwhile) one("#found-title").focus({ preventScroll: true });
  });
}

/** Takes the search page over: a search changes the address without loading the page again. */
export function takeOver() {
  one(".ts-page .ts-search").addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    const query = one("#q").value.trim();
    void offerHelp(query); // before anything is looked up, and where nothing can be
    goOn(one(".ts-page .ts-search button"), { ...askedIn(location.search), query, maybe: false });
  });
  one("#directory").addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest(".ts-found__filters a, .ts-waysOn a");
    if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    void act((its) => its.go(askedIn(link.search)));
    one("#found-title").focus({ preventScroll: true }); // what was pressed is gone
  });
  takeOverWays();
  takeOverResult();
  void offerHelp(askedIn(location.search).query);
  keepPlace(() => ({ shown: one("#found ol").childElementCount }));
  addEventListener("popstate", () => void act((its) => its.show()));
  void act((its) => Promise.all([its.show(), its.place()]), Boolean(location.search));
  // Whoever has already begun to do something else, while this script was on its way, goes on with it.
  if (!location.search && document.activeElement === document.body && !scrollY) one("#q").focus();
}

function takeOverWays() {
  one(".ts-ways").hidden = false;
  one("[data-way=near]").addEventListener("click", () => {
    openNear(one("#near").hidden);
  });
  one("[data-near=here]").addEventListener("click", () => void act(async () => (await places()).ask()));
  one("#near-q").addEventListener("input", (/** @type {InputEvent} */ event) => {
    if (!event.isComposing) void act(async () => (await places()).suggest());
  });
  one("#near-q").addEventListener("compositionend", () => void act(async () => (await places()).suggest()));
  one("#near form").addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    void act(async () => (await places()).submit());
  });
  one("[data-way=open]").addEventListener("click", () => {
    const asked = askedIn(location.search);
    void act((its) => its.go(withChoice(asked, "open", asked.chosen.open?.[0] === "now" ? [] : ["now"])));
  });
  const sheet = one("#sheet");
  one("[data-way=sheet]").addEventListener("click", () => {
    sheet.showModal();
    void act((its) => {
      its.session = false;
      return its.place();
    });
  });
  one("[data-sheet=close]").addEventListener("click", () => sheet.close());
  one("[data-sheet=show]").addEventListener("click", () => {
    sheet.close();
    one("#found-title").focus();
    one("#found").scrollIntoView();
  });
  one("[data-sheet=clear]").addEventListener("click", () => void act((its) => its.go({ ...askedIn(location.search), chosen: {} }, its.session)));
  sheet.addEventListener("click", (/** @type {MouseEvent} */ event) => {
    if (event.target === sheet) sheet.close(); // a press beside it
  });
}

function takeOverResult() {
  one(".ts-sort select").addEventListener("change", (/** @type {Event} */ event) => {
    const { value } = /** @type {HTMLSelectElement} */ (event.target);
    void act((its) => its.go({ ...askedIn(location.search), sort: value }));
  });
  for (const button of document.querySelectorAll(".ts-view")) {
    button.addEventListener("click", () => void act(async (its) => {
      await its.go({ ...askedIn(location.search), view: /** @type {HTMLElement} */ (button).dataset.view ?? "" });
      /** @type {HTMLElement | null} */ (document.querySelector(".ts-view:not([hidden])"))?.focus();
    }));
  }
  one("#found").addEventListener("click", async (/** @type {MouseEvent} */ event) => {
    const pressed = /** @type {HTMLElement} */ (event.target).closest(".ts-card__share");
    const link = /** @type {HTMLAnchorElement | null | undefined} */ (pressed?.closest("[data-id]")?.querySelector("h3 a"));
    if (!link) return;
    const { send } = await import("./result_take.js");
    toast(await send(link.textContent ?? "", link.href));
  });
  const said = one(".ts-found__take [role=status]");
  one("[data-take=share]").addEventListener("click", async () => {
    const { send } = await import("./result_take.js");
    said.textContent = await send(document.title, location.href);
  });
  one("[data-take=print]").addEventListener("click", () => void act(async (its) => {
    const { documents = [] } = its.shown ?? {};
    await its.fill(one("#found ol"), documents, ON_PAPER);
    said.textContent = documents.length > ON_PAPER ? `はじめの${ON_PAPER}件を印刷します。` : "";
    print();
    requestAnimationFrame(() => setTimeout(() => one("[data-take=print]").scrollIntoView({ block: "nearest", behavior: "instant" }))); // cards have come before it
  }));
  one("[data-take=table]").addEventListener("click", () => void act(async (its) => {
    const { documents = [], metres = null } = its.shown ?? {};
    const root = new URL(its.base, location.href).href;
    const [{ csv }, { download, HEADER, tableRow }] = await Promise.all([import("../../site/browser/csv.js"), import("./result_take.js")]);
    const rows = [HEADER];
    for (let at = 0; at < documents.length; at += AT_ONCE) {
      said.textContent = `${documents.length}件のうち${at}件まで集めました…`;
      const some = documents.slice(at, at + AT_ONCE);
      rows.push(...(await its.index.rows(some)).map((row, place) => tableRow(its.index, row, metres?.[some[place]] ?? null, root)));
    }
    download("tsunagite.csv", csv(rows));
    said.textContent = `${documents.length}件を表にしました。`;
  }));
}

/**
 * What a button of a card did, beside no card.
 * @param {string} words
 */
function toast(words) {
  if (!words) return;
  const status = one("#found-said");
  status.textContent = words;
  status.classList.replace("ts-hidden", "ts-toast");
  setTimeout(() => status.classList.replace("ts-toast", "ts-hidden"), 5000);
}
