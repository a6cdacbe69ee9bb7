// What if: an idea is put somewhere, and the page says whose way to the nearest resource becomes shorter. Nothing is sent.

import { goBackTo, keepPlace, keptPlace } from "../../site/browser/place.js";

/** @typedef {[name: string, lat: number | null, lng: number | null, older: number | null]} Town */
/** @typedef {{near: number, far: number, towns: Town[], metres: (number | null)[][]}} Table */
/** @typedef {{name: string, older: number | null, before: number | null, after: number}} Change */

const METRES = 111_320; // per degree of latitude, as geo/nearest.py
const MOST = 10;

/** @param {number} lat @param {number} lng @param {number} otherLat @param {number} otherLng */
export function metresBetween(lat, lng, otherLat, otherLng) {
  return Math.hypot(lat - otherLat, (lng - otherLng) * Math.cos((((lat + otherLat) / 2) * Math.PI) / 180)) * METRES;
}

/**
 * @param {Table} table @param {number} need @param {number} lat @param {number} lng
 * @returns {Change[]} the towns whose way becomes shorter, those with most older people first
 */
export function changes(table, need, lat, lng) {
  /** @type {Change[]} */
  const found = [];
  table.towns.forEach(([name, townLat, townLng, older], number) => {
    if (townLat === null || townLng === null) return;
    const [before, after] = [table.metres[need][number], Math.round(metresBetween(lat, lng, townLat, townLng))];
    if (before === null || after < before) found.push({ name, older, before, after });
  });
  return found.sort((a, b) => (b.older ?? 0) - (a.older ?? 0) || a.after - b.after);
}

/** @param {Change[]} found @param {number} limit @returns {number} people of 65 and older for whom a resource comes within a distance */
export function newlyWithin(found, limit) {
  return found.reduce((sum, one) => sum + (one.after <= limit && (one.before === null || one.before > limit) ? one.older ?? 0 : 0), 0);
}

/** @param {number | null} metres */
const far = (metres) => (metres === null ? "わからない" : metres < 1000 ? `約${Math.round(metres / 50) * 50}m` : `約${(metres / 1000).toFixed(1)}km`);
/** @param {Date} now */
const day = (now) => `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
/** @param {string} tag @param {string} [text] @param {...(Node | string)} inside */
const element = (tag, text = "", ...inside) => {
  const made = Object.assign(document.createElement(tag), { textContent: text });
  made.append(...inside);
  return made;
};

/** @param {HTMLElement} page */
async function begin(page) {
  const form = /** @type {HTMLFormElement} */ (page.querySelector("form"));
  const result = /** @type {HTMLElement} */ (page.querySelector(".ts-as-result"));
  const button = /** @type {HTMLButtonElement | null} */ (page.querySelector("button"));
  /** @param {string} name */
  const select = (name) => /** @type {HTMLSelectElement | null} */ (form.elements.namedItem(name));
  const [need, town, idea] = [/** @type {HTMLSelectElement} */ (select("need")), /** @type {HTMLSelectElement} */ (select("town")), select("idea")];
  const answer = await fetch(page.dataset.table ?? "");
  if (!answer.ok) throw new Error(String(answer.status));
  const table = /** @type {Table} */ (await answer.json());
  /** @param {HTMLSelectElement} one */
  const chosen = (one) => one.selectedOptions[0].textContent ?? "";
  /** @type {[number, number]} */
  let place = [0, 0];
  let where = "";
  let figures = "";

  const show = () => {
    const found = changes(table, Number(need.value), ...place);
    const [near, wide] = [newlyWithin(found, table.near), newlyWithin(found, table.far)];
    figures = `${where}に置くと、新しく${table.near}m以内になる65歳以上の人は${near.toLocaleString("ja")}人、${table.far}m以内は${wide.toLocaleString("ja")}人（町の真ん中からの直線。町ごとの人口による目安）。`;
    const rows = found.slice(0, MOST).map((one) => {
      const row = element("tr", "", Object.assign(element("th", one.name), { scope: "row" }));
      row.append(element("td", one.older === null ? "わからない" : `${one.older.toLocaleString("ja")}人`), element("td", far(one.before)), element("td", far(one.after)));
      return row;
    });
    const heads = ["近くなる町", "65歳以上", "いま", "置いたあと"].map((word) => Object.assign(element("th", word), { scope: "col" }));
    const list = element("div", "", element("table", "", element("caption", `近くなる町：${found.length}町${found.length > MOST ? `（65歳以上の多い${MOST}町）` : ""}`), element("thead", "", element("tr", "", ...heads)), element("tbody", "", ...rows)));
    list.className = "ts-as-list";
    result.replaceChildren(element("p", figures), rows.length ? list : element("p", "近くなる町はありません。"));
    if (button) button.hidden = false;
  };
  const choose = () => {
    const [, lat, lng] = table.towns[Number(town.value)];
    [place, where] = [[lat ?? 0, lng ?? 0], `${chosen(town)}の真ん中`];
    show();
  };
  form.hidden = false;
  idea?.addEventListener("change", () => {
    if (idea.value) need.value = idea.value;
    show();
  });
  need.addEventListener("change", show);
  const left = keptPlace();
  for (const one of [idea, need, town]) if (one && left?.[one.name]) one.value = left[one.name];
  choose();
  if (left) {
    [place, where] = [left.place, left.where];
    show();
  }
  goBackTo(left, page);
  const moved = keepPlace(() => ({ need: need.value, town: town.value, idea: idea?.value, place, where }));
  button?.addEventListener("click", () => {
    const key = "tsunagite-sheet:proposal";
    const name = idea?.value ? chosen(idea) : "";
    const about = { title: `「${chosen(need)}」の資源を増やす案`, needs: [chosen(need)], evidence: { figures: figures.slice(0, 300) }, idea: { method: name || `${where}に、「${chosen(need)}」の資源をつくる` } };
    try {
      const before = localStorage.getItem(key);
      if (before && !window.confirm(button.dataset.sure)) return;
      if (before) localStorage.setItem(`${key}:other`, before); // the form offers it
      localStorage.setItem(key, JSON.stringify({ made_on: day(new Date()), ...about }));
    } catch {
      window.alert("この端末には書いたものを残せないため、写して始められません。"); // a private window, or a full device
      return;
    }
    location.href = page.dataset.sheet ?? "";
  });
  /** @type {((place: [number, number]) => void) | undefined} */
  let move;
  town.addEventListener("change", () => {
    choose();
    move?.(place);
  });
  const { chosenPlace } = await import("../../map/browser/map.js");
  const canvas = /** @type {HTMLElement} */ (page.querySelector(".ts-as-map"));
  move = await chosenPlace(canvas, page.dataset.base ?? "", place, (lat, lng) => {
    [place, where] = [[lat, lng], "地図で選んだ場所"];
    show();
    moved();
  });
  move(place); // another one may have been chosen meanwhile
}

const page = /** @type {HTMLElement | null} */ (typeof document === "undefined" ? null : document.querySelector(".ts-as-whatif"));
if (page?.querySelector("form")) {
  begin(page).catch((problem) => {
    console.info(problem);
    if (page.querySelector("form")?.hidden) document.getElementById("table-failed")?.toggleAttribute("hidden", false);
  });
}
