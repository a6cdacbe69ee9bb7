// The map of a result: exactly the records that were found, beside the cards or instead of them. Nothing of it is loaded
// before it is shown.

/** @typedef {import("./facet_columns.js").Points} Points */
/** @typedef {import("./search_index.js").SearchIndex} SearchIndex */

/** @type {Promise<{show: (rows: number[], from: [lat: number, lng: number] | null) => void}> | undefined} */
let map;

/**
 * @param {HTMLElement} section
 * @param {{index: SearchIndex, points: Points, name: (record: number) => string, said: DOMStringMap}} world
 * @param {number[]} documents
 * @param {[lat: number, lng: number] | null} from where "near" starts
 */
export async function showMap(section, { index, points, name, said }, documents, from) {
  const canvas = /** @type {HTMLElement} */ (section.querySelector(".ts-resultmap__canvas"));
  const status = /** @type {HTMLElement} */ (section.querySelector("[role=status]"));
  const lying = documents.filter((document) => points.lat[document] >= 0);
  section.dataset.count = String(lying.length);
  status.textContent = lying.length === documents.length ? `${lying.length}件` : `${documents.length}件のうち、場所のわかる${lying.length}件`;
  if (!map) {
    const places = { lat: points.lat, lng: points.lng, name, open: (/** @type {number} */ record) => popup(index, record, said.base ?? "") };
    map = import("../../map/browser/map.js").then(({ manyPlaces }) => manyPlaces(canvas, said, places));
    map.catch(() => (map = undefined)); // the next showing tries again
  }
  (await map).show(lying, from);
}

/**
 * @param {SearchIndex} index
 * @param {number} record
 * @param {string} base
 */
function popup(index, record, base) {
  const holder = document.createElement("div");
  holder.className = "ts-resultmap__popup";
  void index.rows([record]).then(([[id, path, name, , sentence, , , , phone]]) => {
    const link = Object.assign(document.createElement("a"), { href: base + (path || `r/${id}/`), textContent: name });
    const lines = [link, sentence ? Object.assign(document.createElement("span"), { textContent: sentence }) : ""];
    if (phone[1]) lines.push(Object.assign(document.createElement("a"), { href: phone[1], textContent: `電話する ${phone[0]}` }));
    holder.append(...lines.filter(Boolean));
  });
  return holder;
}
