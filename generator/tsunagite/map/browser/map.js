// The one map module: one place on a record page, all places of the shared data file, or the places of a search, clustered.

const PIN = 30;
const ASK = /** @type {RequestInit} */ ({ cache: "no-cache" }); // as fresh.js: a test reads this module alone
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
 * @param {string} address
 * @returns {Promise<void>}
 */
function script(address) {
  return new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement("script"), { src: address, onload: () => resolve(), onerror: () => reject(new Error(address)) });
    document.head.append(element);
  });
}

/**
 * @param {string} base way to the root of the site
 * @returns {Promise<any>} Leaflet, loaded once, from this site
 */
async function leaflet(base) {
  const global = /** @type {any} */ (window);
  if (!global.L) {
    const folder = `${base}assets/tsunagite/leaflet/`;
    const style = document.createElement("link");
    style.rel = "stylesheet";
    style.href = `${folder}leaflet.css`;
    document.head.prepend(style);
    await script(`${folder}leaflet.js`);
  }
  return global.L;
}

/** @param {any} L */
function pin(L) {
  return L.divIcon({ className: "", html: '<span class="ts-map__pin"></span>', iconSize: [PIN, PIN], iconAnchor: [PIN / 2, PIN + 4] });
}

/**
 * A map with its tiles inside an element, whose data attributes (or another's) say which tiles.
 * @param {any} L
 * @param {HTMLElement} canvas
 * @param {DOMStringMap} said
 */
function tiledMap(L, canvas, { tiles, zoom, attribution, attributionUrl }) {
  const map = L.map(canvas, { scrollWheelZoom: false });
  polish(map);
  const source = document.createElement("a");
  source.href = attributionUrl ?? "";
  source.textContent = attribution ?? "";
  L.tileLayer(tiles, { maxZoom: Number(zoom), attribution: source.outerHTML }).addTo(map);
  return map;
}

/**
 * Puts one place on a map inside `holder`, whose data attributes say where. Which tiles, all pages read from one file.
 * @param {HTMLElement} holder
 */
export async function onePlace(holder) {
  const { lat, lng, base } = holder.dataset;
  const name = document.querySelector("h1")?.firstChild?.textContent?.trim() ?? ""; // without the badges behind it
  const [L, answer] = await Promise.all([leaflet(base ?? ""), fetch(`${base}assets/tsunagite/tiles.json`, ASK)]);
  if (!answer.ok) throw new Error(`tiles.json: ${answer.status}`);
  const said = await answer.json();
  const canvas = document.createElement("div");
  canvas.className = "ts-map__canvas";
  canvas.setAttribute("role", "region");
  canvas.setAttribute("aria-label", `${name}の地図`);
  holder.replaceChildren(canvas);
  const here = [Number(lat), Number(lng)];
  const map = tiledMap(L, canvas, said).setView(here, 16);
  L.marker(here, { icon: pin(L), title: name, alt: name }).addTo(map);
}

/**
 * A map on which a reader chooses a place. It begins at `place`, and `chose` hears of every press.
 * @param {HTMLElement} canvas
 * @param {string} base way to the root of the site
 * @param {[lat: number, lng: number]} place
 * @param {(lat: number, lng: number) => void} chose
 * @returns {Promise<(place: [lat: number, lng: number]) => void>} moves the pin to a place that was chosen elsewhere
 */
export async function chosenPlace(canvas, base, place, chose) {
  const [L, answer] = await Promise.all([leaflet(base), fetch(`${base}assets/tsunagite/tiles.json`, ASK)]);
  if (!answer.ok) throw new Error(`tiles.json: ${answer.status}`);
  const map = tiledMap(L, canvas, await answer.json()).setView(place, 14);
  const marker = L.marker(place, { icon: pin(L), interactive: false, keyboard: false }).addTo(map);
  map.on("click", (/** @type {any} */ { latlng }) => {
    marker.setLatLng(latlng);
    chose(latlng.lat, latlng.lng);
  });
  return (there) => {
    marker.setLatLng(there);
    map.setView(there, map.getZoom(), { animate: false });
  };
}

/**
 * Places of a search on a map of their own.
 * @param {HTMLElement} canvas
 * @param {DOMStringMap} said the way to the root of the site, and which tiles
 * @param {Places} places
 * @returns {Promise<{show: (rows: number[], from: [lat: number, lng: number] | null) => void}>}
 */
export async function manyPlaces(canvas, said, places) {
  const L = await leaflet(said.base ?? "");
  if (!(/** @type {any} */ (window).Supercluster)) await script(`${said.base}assets/tsunagite/supercluster/supercluster.min.js`);
  const map = tiledMap(L, canvas, said);
  const points = clustered(map, places);
  /** @type {any} */
  let start;
  let placed = false;
  return {
    show: (rows, from) => {
      start?.remove();
      start = from ? L.circleMarker(from, { radius: 9, color: "#b3261e", weight: 4, fillOpacity: 0.3, interactive: false }).addTo(map) : undefined;
      const corner = (/** @type {number} */ row) => [places.lat[row], places.lng[row]];
      const corners = rows.map(corner);
      map.invalidateSize({ animate: false });
      if (from) corners.push(from);
      if (!corners.length && !placed) corners.push(...Array.from(places.lat, (_, row) => corner(row)).filter(([lat]) => lat >= 0)); // the whole municipality
      placed = true;
      if (corners.length) map.fitBounds(corners, { padding: [28, 28], maxZoom: 16, animate: false });
      points.show(rows);
    },
  };
}

/** @typedef {[lat: number, lng: number]} Corner */
/** @typedef {{city: Corner[][], around: Corner[][], names: [text: string, lat: number, lng: number, rank: number][]}} Ground */

/**
 * Lays the municipality, what is around it and names below the tiles, which cover them: a map without tiles is never empty.
 * @param {any} map
 */
async function layGround(map) {
  const L = /** @type {any} */ (window).L;
  const pane = map.createPane("ground");
  pane.setAttribute("aria-hidden", "true");
  const answer = await fetch(new URL("../../data/ground.json", import.meta.url), ASK).catch(() => undefined);
  if (!answer?.ok) return;
  /** @type {Ground} */
  const { city, around, names } = await answer.json();
  const options = { pane: "ground", interactive: false };
  if (around.length) L.polygon(around, { ...options, className: "ts-map__around" }).addTo(map);
  if (city.length) {
    L.polygon(city.map((ring) => [ring]), { ...options, className: "ts-map__outline" }).addTo(map);
    map.attributionControl.addAttribution("国土数値情報（行政区域）");
  }
  const layer = L.layerGroup().addTo(map);
  const write = () => {
    layer.clearLayers();
    for (const [text, lat, lng, rank] of withRoom(map, names)) {
      const html = Object.assign(document.createElement("span"), { textContent: text });
      L.marker([lat, lng], { ...options, keyboard: false, icon: L.divIcon({ className: `ts-map__name ts-map__name--${rank}`, html, iconSize: [0, 0] }) }).addTo(layer);
    }
  };
  map.on("moveend", write);
  map.whenReady(write);
}

/**
 * The names in view that do not cover each other, the most important first: districts from the scale of a city on, towns from that of a district.
 * @param {any} map
 * @param {Ground["names"]} names
 */
function withRoom(map, names) {
  const zoom = map.getZoom();
  const view = map.getBounds();
  /** @type {[x: number, y: number, half: number][]} */
  const taken = [];
  return names.filter(([text, lat, lng, rank]) => {
    if (!view.contains([lat, lng]) || zoom < [0, 8, 11, 14][rank] || (rank === 1 && zoom > 13)) return false;
    const { x, y } = map.project([lat, lng], zoom);
    const half = text.length * 8 + 4; // pixels: letters of 15, and a little air
    if (taken.some(([otherX, otherY, otherHalf]) => Math.abs(x - otherX) < half + otherHalf && Math.abs(y - otherY) < 22)) return false;
    taken.push([x, y, half]);
    return true;
  });
}

/**
 * Says so where the picture behind the points does not come, and takes it back when it does.
 * @param {any} map
 */
function tellOfTiles(map) {
  const L = /** @type {any} */ (window).L;
  const note = new (L.Control.extend({ onAdd: () => Object.assign(L.DomUtil.create("p", "ts-map__without"), { textContent: "背景の地図が届きません。町の形と名前だけを出しています。" }) }))({ position: "topleft" });
  let [told, came] = [false, false];
  const tell = () => {
    if (!told && !came) note.addTo(map);
    told ||= !came;
  };
  const watch = (/** @type {any} */ layer) => {
    if (!layer.getTileUrl) return;
    layer.on("tileload", () => {
      if (told) note.remove();
      [told, came] = [false, true];
    });
    layer.on("tileerror", tell);
  };
  map.eachLayer((/** @type {any} */ layer) => {
    watch(layer);
    const ended = layer.getTileUrl && !layer.isLoading(); // before anybody listened: the map of the whole site begins without us
    if (ended && !map.getPane("tilePane").querySelector(".leaflet-tile-loaded")) tell();
  });
  map.on("layeradd", (/** @type {any} */ event) => watch(event.layer));
}

/** @param {any} map */
function polish(map) {
  void layGround(map);
  tellOfTiles(map);
  map.attributionControl.setPrefix(false);
  map.zoomControl.remove();
  const L = /** @type {any} */ (window).L;
  L.control.scale({ imperial: false }).addTo(map);
  L.control.zoom({ zoomInTitle: "大きくする", zoomOutTitle: "小さくする" }).addTo(map);
}

/**
 * `lat`: negative where nobody knows the place; `name`: what a mark is called before it is pressed; `open`: what a press shows.
 * @typedef {{lat: ArrayLike<number>, lng: ArrayLike<number>, name: (row: number) => string, open: (row: number) => HTMLElement}} Places
 */

/**
 * Draws points on a map, those too near to each other as one with their number.
 * @param {any} map a Leaflet map
 * @param {Places} places
 * @returns {{show: (rows: number[]) => void, inView: () => number[]}}
 */
function clustered(map, places) {
  const { L, Supercluster } = /** @type {any} */ (window);
  const layer = L.layerGroup().addTo(map);
  /** @type {Map<string, any>} the marks that stand there, each made once, so that the focus and an open popup stay */
  let marks = new Map();
  let round = 0; // numbers of clusters mean something within one index only
  let index = new Supercluster({ radius: 80, maxZoom: 16 }).load([]);
  const view = () => {
    const bounds = map.getBounds();
    return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  };

  function draw() {
    const before = marks;
    const focused = [...before.values()].find((mark) => mark.getElement() === document.activeElement);
    marks = new Map();
    for (const feature of index.getClusters(view(), map.getZoom())) {
      const [x, y] = feature.geometry.coordinates;
      const { cluster_id: id, row } = feature.properties;
      const key = id ? `${round} ${id}` : String(row);
      marks.set(key, before.get(key) ?? (id ? cluster(feature) : place(row)).setLatLng([y, x]));
    }
    for (const [key, mark] of before) if (!marks.has(key)) layer.removeLayer(mark);
    for (const mark of marks.values()) mark.addTo(layer);
    if (focused && ![...marks.values()].includes(focused)) focusNear(focused.getLatLng());
  }

  /** Who has opened a number goes on at what stands in its place. @param {any} place */
  function focusNear(place) {
    const away = (/** @type {any} */ mark) => map.distance(place, mark.getLatLng());
    const [nearest] = [...marks.values()].sort((one, other) => away(one) - away(other));
    (nearest?.getElement() ?? map.getContainer()).focus({ preventScroll: true });
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
    const name = places.name(row);
    const marker = L.marker([0, 0], { icon: pin(L), title: name, alt: name });
    marker.bindPopup(() => places.open(row), { autoPanPadding: [24, 24] });
    return marker;
  }

  map.on("moveend", draw);
  map.on("popupopen", (/** @type {any} */ { popup }) => {
    const [inside, close] = [".leaflet-popup-content", ".leaflet-popup-close-button"].map((part) => popup.getElement().querySelector(part));
    close.setAttribute("aria-label", "閉じる");
    inside.tabIndex = -1; // its link may be on its way
    inside.focus({ preventScroll: true });
  });
  map.on("popupclose", (/** @type {any} */ { popup }) => {
    if (popup.getElement().contains(document.activeElement)) focusNear(popup.getLatLng());
  });
  map.getContainer().addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape") map.closePopup();
  });
  return {
    show: (rows) => {
      const features = rows.map((row) => ({ type: "Feature", properties: { row }, geometry: { type: "Point", coordinates: [places.lng[row], places.lat[row]] } }));
      index = new Supercluster({ radius: 80, maxZoom: 16 }).load(features);
      round += 1;
      draw();
    },
    inView: () => index.getClusters(view(), 24).map((/** @type {any} */ feature) => feature.properties.row),
  };
}

/**
 * Draws every point of the shared data file on a map, clustered, and lists those in view as text.
 * @param {any} map a Leaflet map
 * @param {string} base way to the root of the site
 */
export async function sharedPoints(map, base) {
  polish(map); // our own outlines stand there before, and without, the points
  map.scrollWheelZoom.disable();
  const count = document.getElementById("map-count");
  if (count) count.textContent = "読みこんでいます";
  /** @type {Columns | undefined} */
  const came = await fetch(`${base}data/map.json`, ASK).then((response) => response.json()).catch(() => undefined);
  if (count) count.textContent = "";
  document.getElementById("map-failed")?.toggleAttribute("hidden", Boolean(came)); // the list still leads to every kind
  if (!came) return;
  const { goBackTo, keepPlace, keptPlace } = await import("../../site/browser/place.js");
  const left = keptPlace();
  const columns = came;
  const lat = degrees(columns.lat);
  const lng = degrees(columns.lng);
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".ts-mapkinds input"));
  const wanted = new URLSearchParams(location.search).getAll("kind");
  const area = columns.areas.findIndex(({ id }) => id === new URLSearchParams(location.search).get("area"));
  const kinds = left?.kinds ?? (wanted.length ? wanted : undefined);
  if (kinds) for (const box of boxes) box.checked = kinds.includes(box.value);
  const points = clustered(map, { lat, lng, name: (row) => columns.name[row], open: (row) => link(row, "p") });

  function reindex() {
    const shown = new Set([...boxes].filter((box) => box.checked).map((box) => box.value));
    const rows = [];
    for (let row = 0; row < lat.length; row += 1) {
      if (shown.has(columns.groups[columns.group[row]].id) && (area < 0 || columns.area[row] === area)) rows.push(row);
    }
    points.show(rows);
    list(points.inView());
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
    if (count) count.textContent = rows.length > LIST_LENGTH ? `${rows.length}件（真ん中に近い${LIST_LENGTH}件）` : `${rows.length}件`;
    document.getElementById("map-list")?.replaceChildren(...near.map((row) => link(row, "li")));
  }

  for (const box of boxes) box.addEventListener("change", reindex);
  for (const kinds of /** @type {NodeListOf<HTMLDetailsElement>} */ (document.querySelectorAll(".ts-mapkinds"))) {
    kinds.open = innerWidth >= 800; // on a phone the style has folded it before
    kinds.classList.add("ts-mapkinds--ready");
  }
  reindex();
  map.on("moveend", () => list(points.inView()));
  if (area >= 0) showArea();
  if (left) map.setView(left.view, left.zoom, { animate: false });
  goBackTo(left, document);
  const moved = keepPlace(() => ({ view: map.getCenter(), zoom: map.getZoom(), kinds: [...boxes].flatMap((box) => (box.checked ? box.value : [])) }));
  map.on("moveend", moved);

  function showArea() {
    const heading = document.querySelector("h1");
    if (heading) heading.textContent = `${columns.areas[area].label}地区の地図`;
    const corners = lat.flatMap((y, row) => (columns.area[row] === area ? [[y, lng[row]]] : []));
    map.fitBounds(corners, { padding: [24, 24], maxZoom: 16, animate: false });
  }
}
