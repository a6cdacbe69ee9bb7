// The windows of a trouble for one town, on the page of an edition that lists them all. Towns are proposed as in the finder (contact_towns.js):
// a town counts when a person has pressed it. Without script, or without data, all windows stay.

import { load, windowsFor } from "../../contact/browser/contact_data.js";
import { entriesOf, match } from "../../contact/browser/contact_towns.js";

const MOST = 8;

/** @param {HTMLFormElement} form with the trouble, the way to the root and the words in its `data-` attributes */
async function offerTowns(form) {
  const all = await load(form.dataset.base ?? "").catch(() => undefined);
  const trouble = all?.data.troubles.find((one) => one.id === form.dataset.trouble);
  if (!all || !trouble || !all.data.towns.length) return;
  const { data } = all;
  const entries = entriesOf(data);
  const [input, said, list] = ["input", "[role=status]", "ul"].map((name) => /** @type {HTMLElement} */ (form.querySelector(name)));
  const windows = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-window]")]);

  /** @param {import("../../contact/browser/contact_data.js").Town | null} town null: all */
  const choose = (town) => {
    const wanted = town ? windowsFor(data, trouble, town).map(({ window }) => window.path) : [];
    for (const one of windows) one.hidden = town !== null && !wanted.includes(one.dataset.window ?? "");
    said.replaceChildren(...(town ? [Object.assign(document.createElement("span"), { lang: "ja", textContent: town[1] })] : []));
    list.replaceChildren(...(town ? [button(form.dataset.all ?? "", () => choose(null))] : []));
  };

  const propose = () => {
    const { how, towns } = match(data, entries, /** @type {HTMLInputElement} */ (input).value);
    said.textContent = how !== "empty" && !towns.length ? (form.dataset.none ?? "") : "";
    const found = how === "empty" ? [] : towns.slice(0, MOST);
    list.replaceChildren(...found.map((town) => button(`${town[1]} ${town[3]}`.trim(), () => choose(town), "ja")));
  };
  input.addEventListener("input", propose);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    propose();
    list.querySelector("button")?.focus();
  });
  form.hidden = false;
}

/**
 * @param {string} words
 * @param {() => void} press
 * @param {string} [lang]
 */
function button(words, press, lang) {
  const item = document.createElement("li");
  const made = Object.assign(document.createElement("button"), { type: "button", className: "cf-row cf-row--town", textContent: words });
  if (lang) made.lang = lang;
  made.addEventListener("click", press);
  item.append(made);
  return item;
}

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("#town-form"));
if (form) void offerTowns(form);
