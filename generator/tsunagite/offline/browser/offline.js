// The page's side of what is saved for places without a network: begins saving when the page has long been there, says that
// a new version has come and takes it when asked, and runs the page /offline/.

import { offerNewer } from "../../site/browser/newer.js";

const ROOT = new URL("../../", import.meta.url);
const CACHES = `tsunagite:${ROOT.pathname}:`;
const CHOICE = `tsunagite-offline:${ROOT.pathname}`;

/** @typedef {{at: string, version: string, bytes: number}} Saved */

/** What the reader decided: "no" after deleting what was saved. */
function choice() {
  try {
    return localStorage.getItem(CHOICE);
  } catch {
    return null;
  }
}

/** @param {"no" | ""} wanted */
function choose(wanted) {
  try {
    if (wanted) localStorage.setItem(CHOICE, wanted);
    else localStorage.removeItem(CHOICE);
  } catch {
    // A device that keeps nothing does not keep the choice either.
  }
}

/**
 * The address of a page of this site that somebody wrote into an address, or "": no link may lead elsewhere.
 * @param {string} path from the root of the site
 * @param {URL} root
 */
export function pageOf(path, root) {
  if (!/^[a-z0-9_-]+(?:\/[a-z0-9_-]+)*\/?$/i.test(path)) return "";
  const { href } = new URL(path, root);
  return href.startsWith(root.href) ? href : "";
}

/** A connection that is paid for or very slow is not used unasked. */
function sparing() {
  const { connection } = /** @type {any} */ (navigator);
  return Boolean(connection?.saveData || /2g/.test(connection?.effectiveType ?? ""));
}

/** @returns {Promise<Saved | undefined>} */
async function saved() {
  const name = `${CACHES}saved`;
  if (!("caches" in window) || !(await caches.has(name))) return undefined;
  return (await (await caches.open(name)).match(new URL("offline/saved", ROOT)))?.json();
}

function register() {
  return navigator.serviceWorker.register(new URL("sw.js", ROOT), { scope: ROOT.pathname });
}

/** @param {ServiceWorkerRegistration} registration */
function watch(registration) {
  if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && navigator.serviceWorker.controller) offer(coming);
    });
  });
}

/** A new version is there, whole: it is taken when the reader says so, or when the site is next opened afresh. @param {ServiceWorker} waiting */
function offer(waiting) {
  offerNewer("新しい内容があります。", "入れかえる", () => {
    navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    waiting.postMessage("replace");
  });
}

/** Begins to save, unless the reader or the connection is against it. */
export async function keepOffline() {
  if (choice() === "no" || "livereload" in window) return;
  const known = await navigator.serviceWorker.getRegistration(ROOT.href);
  if (!known && sparing()) return;
  const registration = await register().catch(() => undefined); // a browser that refuses shows every page all the same
  if (registration) watch(registration);
  const folder = /** @type {HTMLElement | null} */ (document.querySelector("[data-edition]"))?.dataset.edition;
  if (registration && folder) (await navigator.serviceWorker.ready).active?.postMessage({ language: folder });
}

/** @param {number} bytes */
const size = (bytes) => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** @param {string} moment */
const dayOf = (moment) => new Date(moment).toLocaleDateString("ja-JP", { dateStyle: "long", timeZone: "Asia/Tokyo" });

/** Waits until a version is saved; rejects where it could not be. @param {ServiceWorkerRegistration} registration */
function whenActive(registration) {
  const coming = registration.installing ?? registration.waiting ?? registration.active;
  return new Promise((resolve, reject) => {
    const look = () => {
      if (coming?.state === "activated" || coming?.state === "installed") resolve(undefined);
      else if (coming?.state === "redundant") reject(new Error("not saved"));
    };
    coming?.addEventListener("statechange", look);
    look();
  });
}

/** @param {HTMLElement} holder the page /offline/ */
export async function runPage(holder) {
  const [said, keep, drop] = [".ts-kept", "[data-do=keep]", "[data-do=drop]"].map((name) => /** @type {HTMLElement} */ (holder.querySelector(name)));
  const from = new URLSearchParams(location.search).get("from");
  const missing = /** @type {HTMLElement} */ (holder.querySelector(".ts-missing"));
  const wanted = from && pageOf(from, ROOT);
  if (wanted) {
    missing.hidden = false;
    /** @type {HTMLAnchorElement} */ (missing.querySelector("a")).href = wanted;
  }
  holder.hidden = false;
  if (!("serviceWorker" in navigator)) {
    said.textContent = "このブラウザーでは、電波のないところで使うための保存ができません。";
    return;
  }
  const show = async () => {
    const state = await saved().catch(() => undefined);
    said.textContent = state ? `保存した日：${dayOf(state.at)}（${size(state.bytes)}）。電波のないところでも使えます。` : "まだ保存していません。";
    keep.hidden = Boolean(state);
    drop.hidden = !state;
  };
  keep.addEventListener("click", async () => {
    said.textContent = "保存しています…";
    choose("");
    try {
      await whenActive(await register());
    } catch {
      said.textContent = "保存できませんでした。電波の届くところで、もう一度お試しください。";
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 200)); // the state is written while the worker becomes active
    await show();
  });
  drop.addEventListener("click", async () => {
    choose("no");
    await (await navigator.serviceWorker.getRegistration(ROOT.href))?.unregister();
    for (const name of await caches.keys()) if (name.startsWith(CACHES)) await caches.delete(name);
    await show();
  });
  await show();
  navigator.serviceWorker.addEventListener("controllerchange", () => void show());
}
