// Who comes back to a page that a script fills is where they were. Browsers look for that place before it is there; so each entry of
// the history keeps how far somebody had read, which link had the focus, and what else makes the page the same again.

const REST = 250; // milliseconds: browsers bear few changes of the history

/** @typedef {{y: number, href: string | null, [more: string]: any}} Place */

/** The place that this entry of the history kept: it brings back once. @returns {Place | undefined} */
export function keptPlace() {
  const { read, ...state } = history.state ?? {};
  if (read) history.replaceState(state, "");
  return read;
}

/**
 * Keeps the place when the page is left, and before: what is kept that late does not outlast loading the page again.
 * @param {() => Record<string, unknown>} [more]
 * @returns {() => void} says that something has changed
 */
export function keepPlace(more = () => ({})) {
  const keep = () => {
    const read = { y: scrollY, href: document.activeElement?.getAttribute("href") ?? null, ...more() };
    history.replaceState({ ...history.state, read }, "");
  };
  /** @type {number | undefined} */
  let waiting;
  const soon = () => {
    clearTimeout(waiting);
    waiting = setTimeout(keep, REST);
  };
  for (const event of ["scroll", "input", "change", "focusin"]) addEventListener(event, soon, { passive: true });
  addEventListener("pagehide", keep);
  soon();
  return soon;
}

/**
 * Goes there, when the page is filled.
 * @param {Place | undefined} place
 * @param {ParentNode} within
 */
export function goBackTo(place, within) {
  if (!place) return;
  /** @type {HTMLElement | null} */ (within.querySelector(`a[href="${CSS.escape(place.href ?? "")}"]`))?.focus({ preventScroll: true });
  if (place.y) scrollTo({ top: place.y, behavior: "instant" });
}
