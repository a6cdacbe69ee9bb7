// The one map module: one place on a record page, or all places of the shared data file, clustered.

const PIN = 30;
const LIST_LENGTH = 30;

/** @typedef {{groups: {id: string, label: string}[], areas: {id: string, label: string}[], area: number[], kinds: string[], group: number[], kind: number[], lat: number[], lng: number[], id: string[], name: string[]}} Columns */

/**
 * @param {number[]} differences of a column of 1/100,000 degrees
 * @returns {number[]} degrees
 */
export function degrees(differences) {
  let sum = 0;
  return differences.map((step) => (sum += step) / 100_000);
}

/**
 * @param {string} base way to the root of the site
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

/** @param {any} L */
function pin(L) {
  return L.divIcon({ className: "", html: '<span class="ts-map__pin"></span>', iconSize: [PIN, PIN], iconAnchor: [PIN / 2, PIN + 4] });
}

/**
 * Puts one place on a map inside `holder`, whose data attributes say where and with which tiles.
 * @param {HTMLElement} holder
 */
export async function onePlace(holder) {
  const { lat, lng, name, base, tiles, zoom, attribution, attributionUrl } = holder.dataset;
  const L = await leaflet(base ?? "");
  const canvas = document.createElement("div");
  canvas.className = "ts-map__canvas";
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", `${name}の地図`);
  holder.replaceChildren(canvas);
  const here = [Number(lat), Number(lng)];
  const map = L.map(canvas, { scrollWheelZoom: false }).setView(here, 16);
  polish(map);
  const source = document.createElement("a");
  source.href = attributionUrl ?? "";
  source.textContent = attribution ?? "";
  L.tileLayer(tiles, { maxZoom: Number(zoom), attribution: source.outerHTML }).addTo(map);
  L.marker(here, { icon: pin(L), title: name, alt: name }).addTo(map);
}

/** @param {any} map */
function polish(map) {
  map.attributionControl.setPrefix(false);
  map.zoomControl.remove();
  const L = /** @type {any} */ (window).L;
  L.control.scale({ imperial: false }).addTo(map);
  L.control.zoom({ zoomInTitle: "大きくする", zoomOutTitle: "小さくする" }).addTo(map);
}

/**
 * Draws every point of the shared data file on a map, clustered, and lists those in view as text.
 * @param {any} map a Leaflet map
 * @param {string} base way to the root of the site
 */
export async function sharedPoints(map, base) {
  const { L, Supercluster } = /** @type {any} */ (window);
  const response = await fetch(`${base}data/map.json`);
  /** @type {Columns} */
  const columns = await response.json();
  const lat = degrees(columns.lat);
  const lng = degrees(columns.lng);
  const layer = L.layerGroup().addTo(map);
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".ts-mapkinds input"));
  const wanted = new URLSearchParams(location.search).getAll("kind");
  const area = columns.areas.findIndex(({ id }) => id === new URLSearchParams(location.search).get("area"));
  if (wanted.length) for (const box of boxes) box.checked = wanted.includes(box.value);
  /** @type {any} */
  let index;
  polish(map);
  map.scrollWheelZoom.disable();

  function reindex() {
    const shown = new Set([...boxes].filter((box) => box.checked).map((box) => box.value));
    const features = [];
    for (let row = 0; row < lat.length; row += 1) {
      if (!shown.has(columns.groups[columns.group[row]].id)) continue;
      if (area >= 0 && columns.area[row] !== area) continue;
      features.push({ type: "Feature", properties: { row }, geometry: { type: "Point", coordinates: [lng[row], lat[row]] } });
    }
    index = new Supercluster({ radius: 80, maxZoom: 16 }).load(features);
    draw();
  }

  function draw() {
    const view = map.getBounds();
    const box = [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()];
    layer.clearLayers();
    for (const feature of index.getClusters(box, map.getZoom())) {
      const [x, y] = feature.geometry.coordinates;
      (feature.properties.cluster ? cluster(feature) : place(feature.properties.row)).setLatLng([y, x]).addTo(layer);
    }
    list(index.getClusters(box, 24).map((/** @type {any} */ feature) => feature.properties.row));
  }

  /** @param {any} feature */
  function cluster(feature) {
    const count = feature.properties.point_count;
    const size = count < 10 ? 44 : count < 100 ? 52 : 60;
    const icon = L.divIcon({ className: "", html: `<span class="ts-map__cluster">${count}</span>`, iconSize: [size, size] });
    const label = `${count}件。押すと大きくします`;
    const marker = L.marker([0, 0], { icon, title: label, alt: label });
    const open = () => map.setView(marker.getLatLng(), index.getClusterExpansionZoom(feature.properties.cluster_id));
    marker.on("click", open);
    marker.on("keypress", (/** @type {any} */ event) => {
      if (event.originalEvent.key === "Enter") open();
    });
    return marker;
  }

  /** @param {number} row */
  function place(row) {
    const name = columns.name[row];
    const marker = L.marker([0, 0], { icon: pin(L), title: name, alt: name });
    marker.bindPopup(() => link(row, "p"), { autoPanPadding: [24, 24] });
    return marker;
  }

  /**
   * @param {number} row
   * @param {string} tag
   */
  function link(row, tag) {
    const holder = document.createElement(tag);
    const anchor = document.createElement("a");
    anchor.href = `${base}r/${columns.id[row]}/`;
    anchor.textContent = columns.name[row];
    const kind = document.createElement("span");
    kind.className = "ts-quiet";
    kind.textContent = ` ${columns.kinds[columns.kind[row]]}`;
    holder.append(anchor, kind);
    return holder;
  }

  /** @param {number[]} rows */
  function list(rows) {
    const centre = map.getCenter();
    const away = (/** @type {number} */ row) => (lat[row] - centre.lat) ** 2 + ((lng[row] - centre.lng) * 0.82) ** 2;
    const near = rows.sort((a, b) => away(a) - away(b)).slice(0, LIST_LENGTH);
    const count = document.getElementById("map-count");
    if (count) count.textContent = rows.length > LIST_LENGTH ? `${rows.length}件（真ん中に近い${LIST_LENGTH}件）` : `${rows.length}件`;
    document.getElementById("map-list")?.replaceChildren(...near.map((row) => link(row, "li")));
  }

  for (const box of boxes) box.addEventListener("change", reindex);
  for (const kinds of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".ts-mapkinds"))) {
    kinds.hidden = false;
    kinds.open = innerWidth >= 800;
  }
  reindex();
  map.on("moveend", draw);
  if (area >= 0) showArea();

  function showArea() {
    const heading = document.querySelector("h1");
    if (heading) heading.textContent = `${columns.areas[area].label}地区の地図`;
    const corners = lat.flatMap((y, row) => (columns.area[row] === area ? [[y, lng[row]]] : []));
    map.fitBounds(corners, { padding: [24, 24], maxZoom: 16, animate: false });
  }
}
