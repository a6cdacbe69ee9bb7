// The contact finder: three questions, one screen each. The address holds the answers (?k=trouble&a=town), so that going back,
// a bookmark and a link sent to somebody all work. The page brings the first question and the towns; this shows one at a time.

import { load } from "./contact_data.js";
import { answer } from "./contact_answer.js";
import { entriesOf, match, nearest } from "./contact_towns.js";
import { goBackTo, keepPlace, keptPlace } from "../../site/browser/place.js";
import "../../site/browser/quick_exit.js"; // the button is on the page already

/** @typedef {import("./contact_data.js").Loaded} Loaded */
/** @typedef {import("./contact_data.js").Town} Town */
/** @typedef {{k: string, a: string}} State */

const WHOLE = "-"; // no town in particular
const SHOWN = 12;
const FAR = 6000; // metres; nobody in the municipality lives farther from the middle of a town
const NEUTRAL = "相談の窓口";

/** @param {string} selector */
function one(selector) {
  return /** @type {HTMLElement} */ (document.querySelector(selector));
}

const root = one("#finder");
const base = root.dataset.base ?? "";
const steps = [1, 2, 3].map((number) => one(`#step-${number}`));
const input = /** @type {HTMLInputElement} */ (one("#cf-town"));
const said = one("#cf-said");
const found = one("#cf-found");
const exit = one(".ts-exit");
const title = document.title;
/** A small municipality has one window for all: then nobody is asked for a town. */
const noTowns = root.dataset.towns === "0";

/** @type {Loaded | undefined} */
let loaded;
/** @type {Promise<Loaded | undefined> | undefined} */
let loading;

/** The data, asked for once; undefined where they cannot be had (the lists of the page still lead on). */
function data() {
  loading ??= load(base).then(
    (result) => (loaded = result),
    () => (loading = undefined),
  );
  return loading;
}

/** @returns {State} */
function state() {
  const asked = new URLSearchParams(location.search);
  return { k: asked.get("k") ?? "", a: asked.get("a") ?? "" };
}

/** @param {State} wanted */
function address(wanted) {
  const given = Object.entries(wanted).filter(([, value]) => value);
  const query = new URLSearchParams(given).toString();
  return `${location.pathname}${query ? `?${query}` : ""}`;
}

/** @param {string} id */
function delicate(id) {
  return one("#step-1").querySelector(`[data-trouble="${CSS.escape(id)}"]`)?.hasAttribute("data-delicate") ?? false;
}

/**
 * What is delicate leaves one entry in the history at most: the quick exit takes that one away.
 * @param {State} wanted
 */
function go(wanted) {
  const depth = (history.state?.depth ?? 0) + 1;
  if (delicate(wanted.k) || delicate(state().k)) history.replaceState({ depth: 0 }, "", address(wanted));
  else history.pushState({ depth }, "", address(wanted));
  void show(true);
}

/** One screen back, also for a reader whom a link brought into the middle. */
function back() {
  if (history.state?.depth) {
    history.back();
    return;
  }
  const { k, a } = state();
  history.replaceState({ depth: 0 }, "", address(a && k ? { k, a: "" } : { k: "", a: "" }));
  void show(true);
}

/** @param {string} id */
function knownTrouble(id) {
  return Boolean(id && one("#step-1").querySelector(`[data-trouble="${CSS.escape(id)}"]`));
}

const SLOW = 700; // milliseconds without the data of an answer, after which the screen before it is shown, with its way back

/** Where somebody was who comes back; what they typed, where that tells nothing delicate. */
let left = keptPlace();

/** How often a screen was asked for: the data of an earlier one may come when a person has pressed on. */
let turn = 0;

/** @param {number} step the screen that is shown: 1 to 3 */
function reveal(step) {
  steps.forEach((section, index) => (section.hidden = index + 1 !== step));
  root.dataset.ready = ""; // contact.css
  one("#cf-count").textContent = `${step}/3`;
  /** @type {HTMLProgressElement} */ (one("#cf-bar")).value = step;
}

/** @param {boolean} moved whether a person came here by a press, and not by opening the page */
async function show(moved) {
  const mine = (turn += 1);
  const { k, a } = state();
  const trouble = knownTrouble(k) ? k : "";
  let step = trouble ? (a || noTowns ? 3 : 2) : 1;
  const secret = delicate(trouble);
  exit.hidden = !secret;
  if (step === 3) {
    const waiting = setTimeout(() => {
      if (mine === turn) reveal(2);
    }, SLOW);
    const all = await data();
    clearTimeout(waiting);
    if (mine !== turn) return;
    const town = all?.data.towns.find((each) => each[0] === a) ?? null;
    const wanted = all?.data.troubles.find((each) => each.id === trouble);
    if (all && wanted && (town || a === WHOLE || noTowns)) answer(steps[2], all, wanted, town, { base, back, again: (next) => go({ ...state(), ...next }) });
    else step = 2;
  }
  reveal(step);
  document.title = secret ? NEUTRAL : title;
  if (step === 2) void askTown(left?.town);
  if (!moved) goBackTo(left, steps[step - 1]);
  left = undefined;
  if (!moved) return;
  window.scrollTo(0, 0);
  steps[step - 1].querySelector("h2")?.focus({ preventScroll: true });
}

/** @param {string} [typed] */
async function askTown(typed) {
  const all = await data();
  if (typed && !input.value) {
    input.value = typed;
    suggest();
  }
  one("#cf-offline").hidden = Boolean(all);
  one("#cf-ask").hidden = !all;
}

/**
 * Propose towns; a press on one is the answer.
 * @param {string} words
 * @param {{town: Town, note: string}[]} towns
 */
function propose(words, towns) {
  said.textContent = words;
  found.replaceChildren(
    ...towns.slice(0, SHOWN).map(({ town, note }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "cf-row cf-row--town";
      const name = document.createElement("span");
      name.className = "cf-row__label";
      name.textContent = town[1];
      const small = document.createElement("span");
      small.className = "cf-row__example";
      small.textContent = note;
      const both = document.createElement("span");
      both.className = "cf-row__words";
      both.append(name, small);
      button.append(both);
      button.addEventListener("click", () => go({ ...state(), a: town[0] }));
      item.append(button);
      return item;
    }),
  );
}

/** @type {ReturnType<typeof entriesOf> | undefined} */
let entries;

function suggest() {
  if (!loaded) return;
  entries ??= entriesOf(loaded.data);
  const { how, towns, code } = match(loaded.data, entries, input.value);
  const named = towns.map((town) => ({ town, note: town[3] }));
  const postal = code.length >= 7 ? `〒${code.slice(0, 3)}-${code.slice(3, 7)}` : "";
  const more = towns.length > SHOWN ? `${towns.length}の町があります。もう少し打ってください。` : "";
  if (how === "empty") propose("", []);
  else if (!towns.length) propose(postal ? `${postal}の町は、のっていません。町の名前でもさがせます。` : "見つかりません。ひらがなで打つか、下の五十音からえらんでください。", []);
  else if (how === "postal") propose(`${postal}は、この町ですか。合っていれば押してください。`, named);
  else propose(more || "住んでいる町を押してください。", named);
}

/** Where the device is: asked when pressed, used here, sent nowhere. */
function locate() {
  propose("場所を調べています…", []);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      if (!loaded) return;
      const near = nearest(loaded.data, coords.latitude, coords.longitude, 4);
      if (!near.length || near[0].metres > FAR) {
        propose(`いまの場所は、${loaded.data.city}の外のようです。町の名前でさがしてください。`, []);
        return;
      }
      const rounded = (/** @type {number} */ metres) => (metres < 1000 ? `${Math.max(1, Math.round(metres / 100)) * 100}m` : `${(metres / 1000).toFixed(1)}km`);
      propose(
        "いちばん近いのは、いちばん上の町です。住んでいる町を押してください。",
        near.map(({ town, metres }) => ({ town, note: `${town[3]}　町の中ほどまで約${rounded(metres)}`.trim() })),
      );
    },
    (problem) => {
      const refused = problem.code === problem.PERMISSION_DENIED;
      propose(refused ? "場所を使う許しがありません。町の名前か、郵便番号でさがせます。" : "場所がわかりませんでした。町の名前か、郵便番号でさがしてください。", []);
    },
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
  );
}

/** @param {Event} event */
function choose(event) {
  const press = /** @type {MouseEvent} */ (event);
  if (press.metaKey || press.ctrlKey || press.shiftKey) return; // a new tab was asked for
  const link = /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("[data-trouble], [data-town]"));
  if (!link) return;
  const { trouble, town } = link.dataset;
  if (town && !loaded) return; // the page of the town says it without script and without data
  event.preventDefault();
  go(trouble ? { ...state(), k: trouble } : { ...state(), a: town ?? "" });
}

function begin() {
  root.classList.add("cf--on");
  for (const element of document.querySelectorAll("#finder [data-script]")) /** @type {HTMLElement} */ (element).hidden = false;
  root.addEventListener("click", choose);
  for (const button of document.querySelectorAll(".cf-back")) button.addEventListener("click", back);
  input.addEventListener("input", suggest);
  one("#cf-form").addEventListener("submit", (event) => {
    event.preventDefault();
    suggest();
    found.querySelector("button")?.focus();
  });
  const position = one("#cf-position");
  position.hidden = !navigator.geolocation;
  position.addEventListener("click", locate);
  one("#cf-whole").addEventListener("click", () => go({ ...state(), a: WHOLE }));
  addEventListener("popstate", () => void show(true));
  keepPlace(() => ({ town: delicate(state().k) ? "" : input.value }));
  void show(false);
  void data(); // while the reader reads the first question
}

begin();
