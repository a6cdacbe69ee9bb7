// Share and print on a record page: the link goes to somebody else, and paper carries a QR code of it.

import { fetchFresh } from "./fresh.js";

/**
 * Runs a script of this site. Fails where it does not come.
 * @param {string} address
 * @returns {Promise<void>}
 */
function run(address) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve();
    script.onerror = () => reject(new Error(`${address} did not come`));
    document.head.append(script);
  });
}

/**
 * The QR library, loaded once, from this site; on a poor connection it is asked for twice.
 * @param {string} base way to the root of the site
 * @returns {Promise<any>}
 */
async function library(base) {
  const global = /** @type {any} */ (window);
  const address = `${base}assets/tsunagite/qrcode/qrcode.js`;
  if (!global.qrcode) await run(address).catch(() => run(address));
  return global.qrcode;
}

/**
 * A QR code as an element. Fails where the text is too long for one.
 * @param {string} text
 * @param {string} base way to the root of the site
 * @param {string} alt
 * @returns {Promise<Element>}
 */
export async function codeOf(text, base, alt) {
  const code = (await library(base))(0, "M");
  code.addData(text);
  code.make();
  const holder = document.createElement("div");
  holder.innerHTML = code.createSvgTag({ cellSize: 4, margin: 8, scalable: true });
  const drawing = /** @type {Element} */ (holder.firstElementChild);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", alt);
  return drawing;
}

/** The public address of this page where the site knows it, else the address in the bar. */
function address() {
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
  return canonical?.href ?? location.href.split("#")[0];
}

/** @type {Promise<void> | undefined} */
let drawn;

/**
 * Draws the code into every place that waits for one, once.
 * @param {string} base
 */
function drawCode(base) {
  drawn ??= draw(base).catch((problem) => {
    drawn = undefined; // the next press tries again
    throw problem;
  });
  return drawn;
}

/** @param {string} base */
async function draw(base) {
  for (const place of document.querySelectorAll(".ts-qr")) {
    const words = document.createElement("p");
    words.textContent = address();
    place.replaceChildren(await codeOf(address(), base, "このページのQRコード"), words);
  }
}

/**
 * The record for the address book of the telephone (vCard). Made here: a file beside every page would be 2,600 more.
 * @param {HTMLElement} holder
 */
async function giveContact({ dataset: { base = "", id = "" } }) {
  const [{ contacts }, { recordsOf }] = await Promise.all([import("../../my_list/browser/list_out.js"), import("../../offline/browser/record_data.js")]);
  const frame = await (await fetchFresh(`${base}offline/record/`)).text(); // says how many files hold the records
  const record = (await recordsOf([id], Number(/data-files="(\d+)"/.exec(frame)?.[1]), base)).get(id);
  if (!record) throw new Error(id);
  const url = URL.createObjectURL(new Blob([contacts([{ id, note: "", name: record.name, record }], address().split(["r", id, ""].join("/"))[0])], { type: "text/vcard;charset=utf-8" }));
  Object.assign(document.createElement("a"), { href: url, download: `${id}.vcf` }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param {HTMLElement} holder the element with the buttons */
export function offerSharing(holder) {
  const base = holder.dataset.base ?? "";
  const [share, print] = holder.querySelectorAll("button");
  const said = holder.querySelector("[role=status]");
  holder.hidden = false;
  share.addEventListener("click", async () => {
    const data = { title: document.title, url: address() };
    try {
      if (navigator.share) {
        await navigator.share(data);
        return;
      }
      await navigator.clipboard.writeText(data.url);
      if (said) said.textContent = "アドレスを写しました。メールなどに貼り付けられます。";
    } catch (problem) {
      if (/** @type {Error} */ (problem).name === "AbortError") return;
      if (said) said.textContent = data.url;
    }
    holder.classList.add("ts-share--open");
    await drawCode(base);
  });
  print.addEventListener("click", async () => {
    await drawCode(base).catch(() => undefined); // paper without a code is better than no paper
    window.print();
  });
  const contact = /** @type {HTMLElement | null} */ (holder.querySelector("[data-do=contact]"));
  contact?.addEventListener("click", async () => {
    try {
      await giveContact(holder);
    } catch {
      if (said) said.textContent = "いまは作れませんでした。電波の届くところで、もう一度押してください。";
    }
  });
  // The browser's own print command leaves no time to load anything: the code is drawn when a hand moves towards it,
  // a key of Ctrl+P or the mouse leaving the page for the browser's menu. Readers who do neither load nothing.
  const prepare = () => void drawCode(base).catch(() => undefined);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Control" || event.key === "Meta") prepare();
  });
  document.documentElement.addEventListener("mouseleave", prepare, { once: true });
}
