// The search box: suggestions while typing, as a combobox with a list (WAI-ARIA Authoring Practices, "editable combobox
// with list autocomplete"). Nothing is fetched before the box has the focus; while a word is being composed with an
// input method nothing happens.

import { kindWords, openIndex } from "./search_index.js";
import { search, termsOf } from "./search_query.js";
import { key } from "./search_key.js";

/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */
/** @typedef {import("./search_index.js").Term} Term */
/** @typedef {{label: string, note: string, href: string}} Suggestion */

const KINDS = /** @type {Record<string, string>} */ ({ need: "困りごと", group: "種類", kind: "種類", service: "サービス", department: "診療科", trade: "店", level: "助け合い", area: "地域", organization: "団体" });
const TERMS = 4;
const NAMES = 5;

/**
 * The page of a term: its static list, or the search page with the term as a filter.
 * @param {Term} term
 */
export function pathOf([type, id, , , path]) {
  return path || `search/?${new URLSearchParams({ [type]: id })}`;
}

/**
 * @param {SearchIndex} index
 * @param {string} typed
 * @returns {Promise<Suggestion[]>}
 */
export async function suggestions(index, typed) {
  const word = key(typed);
  if (!word) return [];
  const terms = termsOf(index, word)
    .map(({ term, share }) => ({ term: index.meta.terms[term], share }))
    .filter(({ term }) => term[0] !== "city" && term[5] > 0)
    .sort((one, other) => other.share - one.share || one.term[2].length - other.term[2].length);
  /** @type {Suggestion[]} */
  const found = [];
  for (const { term } of terms) {
    if (found.length < TERMS && !found.some((one) => one.label === term[2])) {
      found.push({ label: term[2], note: `${KINDS[term[0]]}・${term[5]}件`, href: pathOf(term) });
    }
  }
  if ([...word].length > 1) {
    const { documents, meant, dropped, cut, whole } = await search(index, typed, { synonyms: false });
    if (!meant && !dropped && !cut.length) {
      for (const row of await index.rows(documents.slice(0, Math.min(whole, NAMES)))) {
        found.push({ label: row[2], note: kindWords(index.meta, row[5]), href: row[1] || `r/${row[0]}/` });
      }
    }
  }
  return found;
}

let boxes = 0;

/** @param {HTMLFormElement} form */
export function offerSuggestions(form) {
  const input = /** @type {HTMLInputElement} */ (form.querySelector("input[type=search]"));
  const base = form.dataset.base ?? "";
  boxes += 1;
  const list = document.createElement("ul");
  list.id = `suggestions-${boxes}`;
  list.className = "ts-suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "候補");
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "ts-hidden";
  status.setAttribute("role", "status");
  form.append(list, status);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    input.setAttribute(name, value);
  }
  let asked = 0;
  let active = -1;

  const options = () => /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("[role=option]"));

  /** @param {number} place */
  function activate(place) {
    active = place;
    for (const [at, option] of options().entries()) option.setAttribute("aria-selected", String(at === place));
    const chosen = options()[place];
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    asked += 1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  /** @param {Suggestion[]} found */
  function show(found) {
    const chosen = options()[active]?.dataset.href; // while a newer list was on its way
    list.replaceChildren(
      ...found.map(({ label, note, href }, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.href = base + href;
        const words = document.createElement("span");
        words.textContent = label;
        const small = document.createElement("span");
        small.className = "ts-quiet";
        small.textContent = note;
        option.append(words, " ", small);
        return option;
      }),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    activate([...options()].findIndex((option) => option.dataset.href === chosen));
    status.textContent = found.length ? `候補が${found.length}件あります。上下の矢印で選べます。` : "";
  }

  async function suggest() {
    const mine = (asked += 1);
    const typed = input.value;
    try {
      const index = await openIndex(base);
      const found = typed.trim() ? await suggestions(index, typed) : [];
      if (mine === asked) show(found);
    } catch {
      if (mine === asked) close(); // without a connection the box is still a box
    }
  }

  input.addEventListener("input", (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) void suggest();
  });
  input.addEventListener("compositionend", () => void suggest());
  input.addEventListener("keydown", (event) => {
    // The Enter that ends a composition must not search; Safari sends it after the composition, with this code.
    if (event.isComposing || event.keyCode === 229) {
      if (event.key === "Enter") event.preventDefault();
      return;
    }
    const count = list.hidden ? 0 : options().length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!count) return void suggest();
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active < 0 && step < 0 ? count - 1 : active + step >= count || active + step < 0 ? -1 : active + step);
    } else if (event.key === "Escape" && count) {
      event.preventDefault();
      close();
    } else if (event.key === "Enter" && count && active >= 0) {
      event.preventDefault();
      location.assign(options()[active].dataset.href ?? "");
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (event) => {
    const option = /** @type {HTMLElement} */ (event.target).closest("[role=option]");
    if (option instanceof HTMLElement) location.assign(option.dataset.href ?? "");
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", (event) => {
    close();
    if (!input.value.trim() && !form.querySelector("input[type=hidden]")) event.preventDefault();
  });
  void openIndex(base).catch(() => undefined);
  if (input.value.trim()) void suggest();
}
