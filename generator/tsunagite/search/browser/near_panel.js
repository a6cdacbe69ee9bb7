// "Near": a town, a record, or where the device is. The device is asked only when its button is pressed, and what it
// answers stays in it: the address says "here" and nothing more.

import { placesNamed } from "./near.js";
import { search } from "./search_query.js";
import { fetchFresh } from "../../site/browser/fresh.js";

/** @typedef {import("./facet_columns.js").Facets} Facets */
/** @typedef {import("./facet_columns.js").Points} Points */
/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {{label: string, lat: number, lng: number}} Start */

const SHOWN = 6;
const KEPT = "tsunagite-here"; // until the tab is closed, so that a way back does not ask again
const REFUSED = "場所を使えませんでした。町の名前を入れてもさがせます。";

/** @returns {Start | null} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  } catch {
    return null;
  }
}

/** @type {Start | null} */
let here = null;

/**
 * Where a value of "near" lies; null where it cannot be told (yet).
 * @param {string} near
 * @param {Facets} facets
 * @param {() => Promise<Points>} loadPoints
 * @param {string} base
 * @returns {Promise<Start | null>}
 */
export async function startOf(near, facets, loadPoints, base) {
  if (!near) return null;
  if (near === "here") return (here ??= kept());
  if (near.startsWith("r:")) return recordStart(near.slice(2), base);
  const area = facets.values.area.findIndex(([id]) => id === near);
  const place = area < 0 ? undefined : (await loadPoints()).places[area];
  return place && place.lat !== null && place.lng !== null ? { label: facets.values.area[area][1], lat: place.lat, lng: place.lng } : null;
}

/** @type {Map<string, Start>} */
const records = new Map();

/**
 * The place of a record, as its page says it.
 * @param {string} id
 * @param {string} base
 * @returns {Promise<Start | null>}
 */
async function recordStart(id, base) {
  const known = records.get(id);
  if (known || !/^[a-z0-9-]+$/u.test(id)) return known ?? null;
  const answer = await fetchFresh(`${base}r/${id}/`);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const said = /** @type {HTMLElement | null} */ (page.querySelector("[data-lat][data-lng]"))?.dataset;
  if (!said) return null;
  const label = page.querySelector("h1")?.firstChild?.textContent?.trim() || id; // without the badges behind it
  const start = { label, lat: Number(said.lat), lng: Number(said.lng) };
  records.set(id, start);
  return start;
}

/**
 * @param {HTMLElement} panel
 * @param {{facets: Facets, index: SearchIndex, points: () => Promise<Points>, choose: (near: string) => void}} world
 * @returns {{ask: () => void, suggest: () => Promise<unknown>, submit: () => Promise<void>}} what the page does on a press of its parts
 */
export function nearPanel(panel, { facets, index, points, choose }) {
  const input = /** @type {HTMLInputElement} */ (panel.querySelector("input"));
  const said = /** @type {HTMLElement} */ (panel.querySelector("[role=status]"));
  const list = /** @type {HTMLElement} */ (panel.querySelector("ul"));
  let typed = 0;

  function ask() {
    if (!navigator.geolocation) {
      said.textContent = REFUSED;
      return;
    }
    said.textContent = "場所をたずねています…";
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        here = { label: "いまいる場所", lat: coords.latitude, lng: coords.longitude };
        try {
          sessionStorage.setItem(KEPT, JSON.stringify(here));
        } catch {
          // Private windows refuse storage; the place then lasts for this page.
        }
        said.textContent = "";
        choose("here");
      },
      () => {
        said.textContent = REFUSED;
      },
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  }

  /** @returns {Promise<{value: string, label: string, note: string}[]>} */
  async function meant() {
    const all = await points();
    const areas = placesNamed(all, input.value).slice(0, SHOWN).map((area) => {
      const [id, label, above] = facets.values.area[area];
      return { value: id, label, note: facets.values.area[above ?? -1]?.[1] ?? "" };
    });
    if (areas.length >= SHOWN || input.value.trim().length < 2) return areas;
    const { documents, meant: other, dropped } = await search(index, input.value, { synonyms: false });
    if (other || dropped) return areas;
    const lying = documents.filter((document) => all.lat[document] >= 0).slice(0, SHOWN - areas.length);
    const rows = await index.rows(lying);
    return [...areas, ...rows.map((row) => ({ value: `r:${row[0]}`, label: row[2], note: row[7] }))];
  }

  async function suggest() {
    const mine = (typed += 1);
    const found = input.value.trim() ? await meant() : [];
    if (mine !== typed) return found;
    list.replaceChildren(
      ...found.map(({ value, label, note }) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "ts-row";
        const words = Object.assign(document.createElement("span"), { className: "ts-row__text", textContent: label });
        button.append(words, Object.assign(document.createElement("span"), { className: "ts-row__count", textContent: note }));
        button.addEventListener("click", () => pick(value));
        const item = document.createElement("li");
        item.append(button);
        return item;
      }),
    );
    said.textContent = !input.value.trim() ? "" : found.length ? `${found.length}か所あります。選んでください。` : "その名前の町や施設は見つかりませんでした。";
    return found;
  }

  /** @param {string} value */
  function pick(value) {
    list.replaceChildren();
    said.textContent = "";
    input.value = "";
    choose(value);
  }

  async function submit() {
    const found = await suggest();
    // One town of this name is taken; of several the reader picks one.
    const first = found[0];
    if (first && (found.length === 1 || (first.label === input.value.trim() && found[1]?.label !== first.label))) pick(first.value);
    else list.querySelector("button")?.focus();
  }

  return { ask, suggest, submit };
}
