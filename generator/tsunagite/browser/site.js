// What every page gains from script: the light/dark button, how long ago a date was, and a map on tap.
// Nothing here is needed to read a page or to call.

const DAY = 86_400_000;

/**
 * How long ago, in words a neighbour uses.
 * @param {Date} then
 * @param {Date} now
 * @returns {string}
 */
export function ago(then, now) {
  const days = Math.floor((now.getTime() - then.getTime()) / DAY);
  if (days < 1) return "きょう";
  if (days < 31) return `${days}日前`;
  const months = Math.floor(days / 30.44);
  return months < 24 ? `${months}か月前` : `${Math.floor(months / 12)}年前`;
}

/** @param {Date} now */
function markDates(now) {
  for (const time of document.querySelectorAll("time[data-due]")) {
    const element = /** @type {HTMLTimeElement} */ (time);
    const note = document.createElement("span");
    const due = new Date(element.dataset.due ?? "");
    const words = ago(new Date(element.dateTime), now);
    if (now > due) {
      note.className = "ts-old";
      note.textContent = `${words}の情報です。使う前に電話で確かめてください`;
    } else {
      note.className = "ts-quiet";
      note.textContent = `（${words}）`;
    }
    element.after(" ", note);
  }
}

function offerMode() {
  const root = document.documentElement;
  const dark = () =>
    root.dataset.mode ? root.dataset.mode === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  for (const button of document.querySelectorAll(".ts-mode")) {
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
 * @param {string} base
 * @returns {Promise<any>} Leaflet, loaded once, from this site
 */
function leaflet(base) {
  const global = /** @type {any} */ (window);
  if (global.L) return Promise.resolve(global.L);
  const folder = `${base}assets/tsunagite/leaflet/`;
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = `${folder}leaflet.css`;
  document.head.prepend(style);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${folder}leaflet.js`;
    script.onload = () => resolve(global.L);
    script.onerror = () => reject(new Error("leaflet"));
    document.head.append(script);
  });
}

/** @param {HTMLElement} holder */
async function showMap(holder) {
  const { lat, lng, name, base, tiles, zoom, attribution, attributionUrl } = holder.dataset;
  const L = await leaflet(base ?? "");
  const canvas = document.createElement("div");
  canvas.className = "ts-map__canvas";
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", `${name}の地図`);
  holder.replaceChildren(canvas);
  const map = L.map(canvas, { scrollWheelZoom: false }).setView([Number(lat), Number(lng)], 16);
  map.attributionControl.setPrefix(false);
  L.tileLayer(tiles, {
    maxZoom: Number(zoom),
    attribution: `<a href="${attributionUrl}" rel="noopener">${attribution}</a>`,
  }).addTo(map);
  const icon = L.divIcon({ className: "", html: '<span class="ts-map__pin"></span>', iconSize: [26, 26], iconAnchor: [13, 30] });
  L.marker([Number(lat), Number(lng)], { icon, title: name, alt: name }).addTo(map);
}

function offerMaps() {
  for (const holder of document.querySelectorAll(".ts-map")) {
    const button = /** @type {HTMLButtonElement | null} */ (holder.querySelector("button"));
    if (!button) continue;
    button.hidden = false;
    button.addEventListener("click", () => void showMap(/** @type {HTMLElement} */ (holder)), { once: true });
  }
}

if (typeof document !== "undefined") {
  offerMode();
  markDates(new Date());
  offerMaps();
}
