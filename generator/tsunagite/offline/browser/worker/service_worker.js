// The service worker, published as /sw.js behind one line that says what to keep (tsunagite/offline/files.py writes both).
//
// A page comes from the network whenever the network answers in time: hours and numbers change, and old ones send people to
// closed doors. Otherwise the saved copy is shown, with the day it was saved. What is saved lies in a few packs (files by
// their paths, as JSON) whose names end with a hash of their content: a new version fetches only what differs, and the old
// one stays whole until the reader asks for the new one.

/**
 * @typedef {{version: string, packs: Record<string, string[]>, tiles: string, delicate: string, secret: string[]}} Build `packs`: files of each group;
 *   `tiles`: where tile addresses begin, or ""; `delicate`: what stands in pages that must leave no trace,
 *   `secret`: papers of which that is true
 * @typedef {{at: string, version: string, bytes: number}} Saved
 */

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const build = /** @type {Build} */ (/** @type {any} */ (self).BUILD);
const ROOT = new URL(worker.registration.scope);
const NAME = `tsunagite:${ROOT.pathname}:`;
const [SAVED, SEEN, PAPERS, TILES, LANGUAGES] = ["saved", "seen", "papers", "tiles", "languages"].map((part) => NAME + part);
const MOST = { [SEEN]: 60, [PAPERS]: 20, [TILES]: 600, [LANGUAGES]: 200 };
const PATIENCE = 4000; // ms: then the saved copy is better than a white page
const STATE = new URL("offline/saved", ROOT).href;
const TYPES = /** @type {Record<string, string>} */ ({
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  webmanifest: "application/manifest+json",
});
/** Lists that are not saved as pages: the search finds the same with a filter. */
const LISTS = /** @type {[RegExp, (found: string[]) => string][]} */ ([
  [/^needs\/([^/]+)\//, ([, need]) => `need=${need}`],
  [/^kinds\/[^/]+\/(?!index|\d)([^/]+)\/$/, ([, kind]) => `kind=${kind}`],
  [/^kinds\/([^/]+)\//, ([, group]) => `group=${group}`],
  [/^levels\/([^/]+)\//, ([, level]) => `level=${level}`],
  [/^areas\/([^/]+)\/(?!\d)([^/]+)\//, ([, area, need]) => `area=${area}&need=${need}`],
  [/^areas\/([^/]+)\//, ([, area]) => `area=${area}`],
  [/^organizations\/([^/]+)\//, ([, organization]) => `organization=${organization}`],
  [/^all\//, () => ""],
]);

/** Pages that were answered from what is saved: their files must be of the same version. @type {Set<string>} */
const offline = new Set();

/** Where a page lies below the root of the site, as it is written in packs. @param {URL} url */
function pathOf(url) {
  const path = url.pathname.slice(ROOT.pathname.length);
  try {
    return decodeURIComponent(path);
  } catch {
    return path; // a percent sign that stands for itself
  }
}

// Keeping

/** @param {string} path */
function packOf(path) {
  const group = path.startsWith("search/") && path.endsWith(".json") ? "search" : path.startsWith("data/records/") ? "records" : "rest";
  const packs = build.packs[group] ?? [];
  let value = 0x811c9dc5; // 32-bit FNV-1a, as offline/files.py deals them
  for (const byte of new TextEncoder().encode(path)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return packs[value % packs.length];
}

async function install() {
  const { connection } = /** @type {any} */ (navigator);
  const cache = await caches.open(SAVED);
  const wanted = Object.values(build.packs).flat();
  const missing = [];
  for (const pack of wanted) if (!(await cache.match(new URL(pack, ROOT)))) missing.push(pack);
  if (connection?.saveData && missing.length < wanted.length) throw new Error("a newer version waits for a connection without Save-Data");
  // One after another: a connection that breaks loses one pack, and what has come stays for the next attempt.
  for (const pack of missing) {
    const answer = await fetch(new URL(pack, ROOT), { cache: "no-cache" });
    if (!answer.ok || answer.redirected) throw new Error(`${pack}: ${answer.status}`);
    await cache.put(new URL(pack, ROOT), answer);
  }
  let bytes = 0;
  for (const pack of wanted) bytes += (await (await cache.match(new URL(pack, ROOT)))?.blob())?.size ?? 0;
  await cache.put(`${STATE}-${build.version}`, Response.json({ at: new Date().toISOString(), version: build.version, bytes }));
}

async function activate() {
  const cache = await caches.open(SAVED);
  const state = await cache.match(`${STATE}-${build.version}`);
  if (state) await cache.put(STATE, state);
  const ours = new Set([STATE, ...Object.values(build.packs).flat().map((pack) => new URL(pack, ROOT).href)]);
  for (const { url } of await cache.keys()) if (!ours.has(url)) await cache.delete(url);
  const known = [SAVED, SEEN, PAPERS, TILES, LANGUAGES];
  for (const name of await caches.keys()) if (name.startsWith(NAME) && !known.includes(name)) await caches.delete(name);
  await forgetDelicate();
  await worker.clients.claim();
}

/** Whether a page must leave no trace: it says so itself, by the head that site/layout/templates.py gives it. @param {string} html */
const isDelicate = (html) => html.includes(build.delicate);

/** Keeps a page that was seen, but for one that must leave no trace. @param {string} key @param {Response} answer */
async function rememberPage(key, answer) {
  if (!isDelicate(await answer.clone().text())) await remember(SEEN, key, answer);
}

/** Forgets pages that an earlier version has kept and this one would not. */
async function forgetDelicate() {
  const cache = await caches.open(SEEN);
  for (const request of await cache.keys()) {
    const answer = await cache.match(request);
    if (answer && isDelicate(await answer.text())) await cache.delete(request);
  }
  const papers = await caches.open(PAPERS);
  for (const path of build.secret) await papers.delete(new URL(path, ROOT));
}

/**
 * Keeps a copy of what was seen; the oldest go.
 * @param {string} name
 * @param {string} key
 * @param {Response} answer
 */
async function remember(name, key, answer) {
  const headers = new Headers(answer.headers);
  headers.set("x-saved", new Date().toISOString());
  headers.delete("content-encoding"); // the body is decoded already
  const cache = await caches.open(name);
  try {
    await cache.delete(key);
    await cache.put(key, new Response(await answer.arrayBuffer(), { headers }));
  } catch {
    return; // a full device keeps less
  }
  const keys = await cache.keys();
  for (const old of keys.slice(0, Math.max(0, keys.length - MOST[name]))) await cache.delete(old);
}

/**
 * Keeps the pages of emergencies and of the finder in a language that somebody reads, once for every version of the site.
 * @param {string} folder of the edition (i18n/editions.py)
 */
async function keepLanguage(folder) {
  const data = new URL(`${folder}/data/words.json`, ROOT).href;
  const cache = await caches.open(LANGUAGES);
  if (!/^[a-z-]{2,20}$/.test(folder) || (await cache.match(`${data}?version=${build.version}`))) return;
  const answer = await fetch(data, { cache: "no-cache" });
  if (!answer.ok) return;
  /** @type {{pages: string[]}} */
  const { pages } = await answer.clone().json();
  await remember(LANGUAGES, data, answer);
  for (const page of pages) {
    const came = await fetch(new URL(page, ROOT), { cache: "no-cache" });
    if (came.ok && !came.redirected && !isDelicate(await came.clone().text())) await remember(LANGUAGES, new URL(page, ROOT).href, came);
  }
  for (const { url } of await cache.keys()) if (url.startsWith(`${data}?`)) await cache.delete(url);
  await cache.put(`${data}?version=${build.version}`, new Response(""));
}

// Looking up

/** @type {Map<string, Promise<Record<string, string> | undefined>>} */
const opened = new Map();

/**
 * A file of the saved version as text, or undefined.
 * @param {string} path from the root of the site
 */
async function savedText(path) {
  const pack = packOf(path);
  if (!pack) return undefined;
  let content = opened.get(pack);
  if (!content) {
    content = caches.open(SAVED).then((cache) => cache.match(new URL(pack, ROOT))).then((answer) => answer?.json());
    opened.set(pack, content);
  }
  return (await content.catch(() => undefined))?.[path];
}

/** @returns {Promise<Saved | undefined>} */
async function savedState() {
  return (await (await caches.open(SAVED)).match(STATE))?.json();
}

/** @param {string} path */
async function savedFile(path) {
  const text = await savedText(path);
  const type = TYPES[path.slice(path.lastIndexOf(".") + 1)];
  return text === undefined ? undefined : new Response(text, { headers: type ? { "content-type": type } : {} });
}

/**
 * A page with the line that says since when it is as it is.
 * @param {string} html
 * @param {string} at
 */
function dated(html, at) {
  const day = new Date(at).toLocaleDateString("ja-JP", { dateStyle: "long", timeZone: "Asia/Tokyo" });
  const line = `<p class="ts-offline" role="note" lang="ja">いまは通信できないため、<time datetime="${at}">${day}</time>に保存した内容を出しています。</p>`;
  const text = html.replace("</header>", `${line}</header>`);
  return new Response(text, { headers: { "content-type": TYPES.html } });
}

/**
 * A page of an edition with that line in its language.
 * @param {string} path
 * @param {string} html
 * @param {string} at
 */
async function translated(path, html, at) {
  const data = new URL(`${path.split("/")[0]}/data/words.json`, ROOT);
  const words = await (await (await caches.open(LANGUAGES)).match(data.href))?.json();
  if (!words) return dated(html, at);
  const day = new Date(at).toLocaleDateString(words.lang, { dateStyle: "long", timeZone: "Asia/Tokyo" });
  const line = `<p class="ts-offline" role="note">${words.saved.replace("{date}", `<time datetime="${at}">${day}</time>`)}</p>`;
  return new Response(html.replace("</header>", `${line}</header>`), { headers: { "content-type": TYPES.html } });
}

/**
 * The saved answer to a page that the network did not give.
 * @param {URL} url
 * @returns {Promise<Response | undefined>}
 */
async function savedPage(url) {
  const path = pathOf(url);
  const state = await savedState();
  const seen = await (await caches.open(SEEN)).match(url.origin + url.pathname);
  const seenAt = seen?.headers.get("x-saved") ?? "";
  const whole = state && (await savedText(path.endsWith("/") || !path ? `${path}index.html` : path));
  if (state && whole !== undefined && state.at >= seenAt) return dated(whole, state.at);
  const record = state && /^r\/[a-z0-9-]+\/$/.test(path) && state.at >= seenAt ? await savedText("offline/record/index.html") : undefined;
  if (state && record !== undefined) return dated(record, state.at);
  const kept = await (await caches.open(LANGUAGES)).match(url.origin + url.pathname);
  if (kept) return translated(path, await kept.text(), kept.headers.get("x-saved") ?? "");
  if (seen) return dated(await seen.text(), seenAt);
  const paper = await (await caches.open(PAPERS)).match(url.origin + url.pathname);
  if (paper) return paper;
  if (!state) return undefined;
  for (const [list, query] of LISTS) {
    const found = list.exec(path);
    if (found) return Response.redirect(new URL(`search/?${query(found)}`, ROOT).href, 302);
  }
  if (path.startsWith("contact/") && path !== "contact/") return Response.redirect(new URL("contact/", ROOT).href, 302);
  return Response.redirect(new URL(`offline/?from=${encodeURIComponent(path)}`, ROOT).href, 302);
}

// Answering

/**
 * @template T
 * @param {Promise<T>} promise
 * @param {number} ms
 * @returns {Promise<T>}
 */
function within(promise, ms) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("too slow")), ms);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * @param {FetchEvent} event
 * @param {URL} url
 */
async function page(event, url) {
  // The host is asked whatever it lets browsers keep: else a page of ten minutes ago, or of last month, would pass for the newest.
  const asked = fetch(event.request, { cache: "no-cache" }).then((answer) => {
    const type = answer.headers.get("content-type") ?? "";
    const key = url.origin + url.pathname;
    // Pages of the finder are saved as a whole: which of them somebody read must not stay on the device.
    const finder = /^(?:[a-z-]{2,}\/)?(?:contact|emergency)\//.test(pathOf(url)); // of editions too
    if (answer.ok && !answer.redirected && type.startsWith("text/html") && !finder) event.waitUntil(rememberPage(key, answer.clone()));
    if (answer.ok && type.startsWith("application/pdf") && !build.secret.includes(pathOf(url))) event.waitUntil(remember(PAPERS, key, answer.clone()));
    return answer;
  });
  try {
    const answer = await within(asked, PATIENCE);
    if (answer.status < 500) return answer;
    return (await fromSaved(event, url)) ?? answer;
  } catch {
    return (await fromSaved(event, url)) ?? asked;
  }
}

/**
 * @param {FetchEvent} event
 * @param {URL} url
 */
async function fromSaved(event, url) {
  const answer = await savedPage(url);
  if (answer && event.resultingClientId) offline.add(event.resultingClientId);
  return answer;
}

/**
 * A file of a page. One that came from the network may have a newer version's parts: then no older ones are mixed in.
 * @param {FetchEvent} event
 * @param {URL} url
 */
async function file(event, url) {
  const path = pathOf(url);
  if (offline.has(event.clientId)) {
    const saved = await savedFile(path);
    if (saved) return saved;
  }
  // site.js asks for the copy that the browser holds; everything else comes as it is published now.
  const asked = fetch(event.request, event.request.cache === "only-if-cached" ? {} : { cache: "no-cache" });
  try {
    const answer = await within(asked, PATIENCE * 2);
    if (answer.status < 500) return answer;
  } catch {
    // The network is gone.
  }
  const saved = worker.registration.waiting ? undefined : ((await savedFile(path)) ?? (await (await caches.open(LANGUAGES)).match(url.href)));
  if (saved && path.endsWith(".json")) await tellOfSaved(event.clientId);
  return saved ?? Response.error();
}

/** Lets a page that came from the network say that its data did not. @param {string} client */
async function tellOfSaved(client) {
  const state = await savedState();
  if (state) (await worker.clients.get(client))?.postMessage({ savedAt: state.at });
}

/**
 * A map tile: kept as it is looked at, never ahead. Only where its host allows it to be read; an unreadable answer would
 * fill the device, since browsers count it as several megabytes.
 * @param {FetchEvent} event
 */
async function tile(event) {
  const { url } = event.request;
  try {
    const answer = await fetch(url, { mode: "cors", credentials: "omit" });
    if (answer.ok) event.waitUntil(remember(TILES, url, answer.clone()));
    return answer;
  } catch {
    return (await (await caches.open(TILES)).match(url)) ?? fetch(event.request);
  }
}

worker.addEventListener("install", (event) => event.waitUntil(install()));
worker.addEventListener("activate", (event) => event.waitUntil(activate()));
worker.addEventListener("message", (event) => {
  if (event.data === "replace") void worker.skipWaiting();
  else if (event.data?.language) event.waitUntil(keepLanguage(event.data.language).catch(() => undefined)); // the next page tries again
});
worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || request.headers.has("range")) return;
  if (build.tiles && request.url.startsWith(build.tiles)) event.respondWith(tile(event));
  else if (url.origin !== ROOT.origin || !url.pathname.startsWith(ROOT.pathname)) return;
  else if (url.pathname.startsWith(`${ROOT.pathname}admin/`)) return; // the web editor works with the network alone
  else if (request.mode === "navigate") event.respondWith(page(event, url));
  else event.respondWith(file(event, url));
});
