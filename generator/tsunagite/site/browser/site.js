// What every page gains from script: the light/dark button, furigana, how long ago a date was, and a map on tap.
// Nothing here is needed to read a page or to call.

const DAY = 86_400_000;
const AWAY = 600_000; // milliseconds in another window after which a page may be an old one

/**
 * A written day as the reader's own midnight ("2026-09-02" alone would mean nine in the morning in Japan).
 * @param {string} text
 * @returns {Date}
 */
export function day(text) {
  return new Date(`${text}T00:00`);
}

/** @param {Date} moment */
function midnight(moment) {
  return new Date(moment).setHours(0, 0, 0, 0);
}

/**
 * How long ago, in words a neighbour uses.
 * @param {Date} then
 * @param {Date} now
 * @returns {string}
 */
export function ago(then, now) {
  const days = Math.round((midnight(now) - midnight(then)) / DAY);
  if (days < 1) return "きょう";
  if (days < 31) return `${days}日前`;
  const months = (now.getFullYear() - then.getFullYear()) * 12 + now.getMonth() - then.getMonth() - Number(now.getDate() < then.getDate());
  return months < 24 ? `${months}か月前` : `${Math.floor(months / 12)}年前`;
}

/** @param {Date} now */
function markDates(now) {
  for (const time of document.querySelectorAll("time[data-due]")) {
    const element = /** @type {HTMLTimeElement} */ (time);
    if (midnight(now) < midnight(day(element.dateTime))) continue; // the clock of the device is wrong
    const note = document.createElement("span");
    const words = ago(day(element.dateTime), now);
    if (midnight(now) > midnight(day(element.dataset.due ?? ""))) {
      note.className = "ts-old";
      note.textContent = `${words}の情報です。使う前に電話で確かめてください`;
      element.parentElement?.querySelector(".ts-next")?.remove();
    } else {
      note.className = "ts-quiet";
      note.textContent = `（${words}）`;
    }
    element.after(" ", note);
  }
}

/**
 * A notice goes with its last day, also where the site was built before.
 * @param {Date} now
 */
function dropNotices(now) {
  for (const notice of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-until]"))) {
    if (midnight(now) <= midnight(day(notice.dataset.until ?? ""))) continue;
    notice.classList.remove("ts-badge--checked");
    if (notice.dataset.then) notice.textContent = notice.dataset.then;
    else notice.remove();
  }
}

/** Drafts about one person that were to lie here for one day (worksheet_keep.js) are deleted once it is over; so is what cannot be read. @param {Date} now */
function dropDrafts(now) {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith("tsunagite-person:"))) if (isOver(localStorage.getItem(key) ?? "", now)) localStorage.removeItem(key);
  } catch {
    // Where nothing can be kept nothing lies.
  }
}

/** @param {string} draft @param {Date} now */
function isOver(draft, now) {
  try {
    const { until } = JSON.parse(draft);
    return until !== "deleted" && !(midnight(day(until)) >= midnight(now));
  } catch {
    return true;
  }
}

/** The menu closes with Escape and with a press outside it. */
function closeMenu() {
  const menu = /** @type {HTMLDetailsElement | null} */ (document.querySelector(".ts-menu"));
  if (!menu) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(/** @type {Node} */ (event.target))) menu.open = false;
  });
}

/** Links past something lead there without a step of the history, and leave the address alone: behind its "#" may stand a list that somebody sent. */
function skipInPlace() {
  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest(".ts-skip"));
    const target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus();
    target.scrollIntoView();
  });
}

function offerMode() {
  const root = document.documentElement;
  const dark = () =>
    root.dataset.mode ? root.dataset.mode === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  for (const button of document.querySelectorAll(".ts-bright")) {
    const element = /** @type {HTMLButtonElement} */ (button);
    element.hidden = false;
    element.addEventListener("click", () => {
      root.dataset.mode = dark() ? "light" : "dark";
      try {
        localStorage.setItem("tsunagite-mode", root.dataset.mode);
      } catch {
        // Private windows refuse storage; the choice then lasts for this page.
      }
    });
  }
}

/**
 * Furigana over all text (furigana.js), for as long as the reader wants them on this device.
 * @param {Promise<void>} spoken when the page has the words of its language
 */
function offerFurigana(spoken) {
  const root = document.documentElement;
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(".ts-readings"));
  const apply = async () => {
    const on = root.dataset.furigana === "on";
    for (const button of buttons) button.ariaPressed = String(on);
    await spoken.catch(() => {}); // the page stays Japanese
    if (on) await (await import("../../furigana/browser/furigana.js")).show();
    else if (document.querySelector("ts-furigana")) (await import("../../furigana/browser/furigana.js")).hide();
  };
  const attempt = () => void apply().catch(() => { // without a network: the page as it was, and the next press tries again
    delete root.dataset.furigana;
    for (const button of buttons) button.ariaPressed = "false";
  });
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      if (root.dataset.furigana) delete root.dataset.furigana;
      else root.dataset.furigana = "on";
      try {
        localStorage.setItem("tsunagite-furigana", root.dataset.furigana ?? "off");
      } catch {
        // Private windows refuse storage; the choice then lasts for this page.
      }
      attempt();
    });
  }
  if (root.dataset.furigana) attempt();
}

/** A voice of the device reads records, guides, answers of the finder and emergencies aloud. Japanese voices read Japanese. */
async function offerReading() {
  const place = /** @type {HTMLElement | null} */ (document.querySelector(".ts-back:has(~ .ts-record, ~ .ts-manual, ~ .cf)"));
  if (!place || !("speechSynthesis" in window) || !document.documentElement.lang.startsWith("ja")) return;
  await (await import("../../furigana/browser/read_aloud.js")).offerReading(place);
}

function offerMaps() {
  for (const holder of document.querySelectorAll(".ts-map")) {
    const button = /** @type {HTMLButtonElement | null} */ (holder.querySelector("button"));
    if (!button) continue;
    button.hidden = false;
    /** @type {Promise<void> | undefined} */
    let drawn;
    button.addEventListener("click", () => {
      drawn ??= import("../../map/browser/map.js").then(({ onePlace }) => onePlace(/** @type {HTMLElement} */ (holder)));
      drawn.catch(() => (drawn = undefined)); // the next press tries again
    });
  }
}

async function offerOpenNow() {
  const line = document.querySelector("[data-opening]");
  if (!line) return;
  const { sayOpenNow } = await import("./open_now.js");
  await sayOpenNow(/** @type {HTMLElement} */ (line));
}

/** The first press of a search box brings its suggestions; a page without such a press fetches nothing. */
function offerSearch() {
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll(".ts-search:not([data-plain])"))) {
    const begin = async () => (await import("../../search/browser/search_box.js")).offerSuggestions(form);
    if (form.contains(document.activeElement)) void begin();
    else form.addEventListener("focusin", () => void begin(), { once: true });
  }
}

async function takeOverSearch() {
  if (document.querySelector("#found")) (await import("../../search/browser/search_page.js")).takeOver();
}

async function offerTallies() {
  const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-tally]"));
  if (!forms.length) return;
  const { keepTally } = await import("../../guides/browser/tally.js");
  for (const form of forms) keepTally(form);
}

async function offerRedirects() {
  const page = document.querySelector(".ts-redirects");
  if (page) (await import("./redirects.js")).narrowByArea(/** @type {HTMLElement} */ (page));
}

async function offerShare() {
  const holder = document.querySelector(".ts-share");
  if (!holder) return;
  const { offerSharing } = await import("./share.js");
  offerSharing(/** @type {HTMLElement} */ (holder));
}

async function offerSaving() {
  const list = /** @type {HTMLElement | null} */ (document.querySelector(".ts-mine"));
  if (list) (await import("../../my_list/browser/list_page.js")).openList(list);
  if (document.querySelector("[data-edition]")) return; // lists of one's own are kept by the pages that all languages share
  const begin = async () => (await import("../../offline/browser/save.js")).offerSaving();
  if (document.querySelector("#found") && location.search) whenIdle(begin); // the result comes first
  else await begin();
}

/**
 * Does something when the device has nothing else to do, a second later at the latest.
 * @param {() => unknown} what
 */
export function whenIdle(what) {
  if ("requestIdleCallback" in window) requestIdleCallback(() => void what(), { timeout: 1000 });
  else setTimeout(what, 200);
}

/** Saving for places without a network begins when the page is there and the device has nothing else to do. */
function offerOffline() {
  if (document.querySelector(".ts-demo--private")) return; // the edition for professionals: no device keeps it
  const page = /** @type {HTMLElement | null} */ (document.querySelector(".ts-keep"));
  const begin = async () => {
    const keeps = await import("../../offline/browser/offline.js");
    if (page) void keeps.runPage(page);
    if ("serviceWorker" in navigator) await keeps.keepOffline();
  };
  const idle = window.requestIdleCallback ?? setTimeout;
  if (page || document.readyState === "complete") idle(() => void begin());
  else addEventListener("load", () => setTimeout(() => idle(() => void begin()), 1000), { once: true });
}

/**
 * Says since when that is so which is shown, because nothing newer can be had.
 * @param {string} moment
 */
function sayCutOff(moment) {
  if (document.querySelector(".ts-offline")) return; // the service worker has said it
  const came = new Date(moment);
  const when = Number.isNaN(came.getTime()) ? "前" : came.toLocaleDateString("ja-JP", { dateStyle: "long", timeZone: "Asia/Tokyo" });
  const line = Object.assign(document.createElement("p"), { className: "ts-offline", textContent: `いまは通信できないため、${when}に受け取った内容を出しています。` });
  line.setAttribute("role", "note");
  document.querySelector(".ts-header")?.append(line);
}

/** Compares the copy of this page that the browser holds with the page that is published now, and says what differs. */
async function compareWithPublished() {
  const here = location.pathname + location.search;
  const shown = await fetch(here, { cache: "only-if-cached", mode: "same-origin" }).catch(() => undefined);
  if (!shown?.ok) return; // nobody can tell
  const came = shown.headers.get("date") ?? "";
  const before = await shown.text();
  const now = await fetch(here, { cache: "no-cache" }).catch(() => undefined);
  if (!now) sayCutOff(came);
  else if (now.ok && (await now.text()) !== before) (await import("./newer.js")).offerNewPage(came);
}

/**
 * The newest page, or a word about its age: where the browser showed a copy without asking the host, as a header may let it, or
 * where somebody comes back to a page after a long time. All of it lies here: a script of its own would not come without a network.
 */
function watchForNewer() {
  if (!location.protocol.startsWith("http")) return; // a file opened from a disk has no host to ask
  const compare = () => whenIdle(compareWithPublished);
  const [entry] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType("navigation"));
  if (entry?.transferSize === 0 && entry.workerStart === 0) compare();
  navigator.serviceWorker?.addEventListener("message", ({ data }) => data?.savedAt && sayCutOff(data.savedAt));
  let hidden = 0;
  addEventListener("pageshow", (event) => event.persisted && compare());
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) hidden = Date.now();
    else if (hidden && Date.now() - hidden > AWAY) compare();
  });
}

/** The same page in another language shows the same search. */
function keepAddress() {
  document.querySelector(".ts-languages")?.addEventListener("click", ({ target }) => {
    const link = /** @type {Element} */ (target).closest("a");
    if (link?.pathname !== location.pathname) return;
    const wanted = new URLSearchParams(location.search);
    wanted.delete("lang");
    for (const [name, value] of new URLSearchParams(link.search)) wanted.set(name, value);
    [link.search, link.hash] = [String(wanted), location.hash];
  });
}

/** A page that all languages share is shown in the language of its address. */
async function offerLanguage() {
  const code = new URLSearchParams(location.search).get("lang");
  if (code && document.querySelector(".ts-languages")) await (await import("../../languages/browser/language.js")).speak(code);
}

async function offerSavedRecord() {
  const page = /** @type {HTMLElement | null} */ (document.querySelector(".ts-recordsaved"));
  if (page) await (await import("../../offline/browser/record_saved.js")).showSaved(page);
}

if (typeof document !== "undefined") {
  offerMode();
  const spoken = offerLanguage();
  keepAddress();
  offerFurigana(spoken);
  skipInPlace();
  closeMenu();
  markDates(new Date());
  dropNotices(new Date());
  dropDrafts(new Date());
  offerMaps();
  void offerShare();
  void offerOpenNow();
  offerSearch();
  whenIdle(offerReading);
  void offerTallies();
  void offerRedirects();
  void takeOverSearch();
  void offerSaving();
  void offerSavedRecord();
  watchForNewer();
  offerOffline();
}
