// Leave a page at once: one press, or Escape three times. Back does not return to it; the page is blank before the next comes.

const TIMES = 3;
const WITHIN = 2500; // milliseconds

/** @param {HTMLAnchorElement} link */
function leave(link) {
  document.title = " ";
  document.documentElement.style.visibility = "hidden";
  // Without a network a foreign page would only say that it cannot be reached, and name this one.
  const home = new URL(link.dataset.home ?? "./", location.href).href;
  location.replace(navigator.onLine ? link.href : home);
}

/** @type {number[]} */
let pressed = [];

/**
 * Makes the button of the page work. Pressed too often is better than too rarely: any Escape counts.
 * @param {HTMLAnchorElement} link
 */
function offerExit(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave(link);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || link.closest("[hidden]")) return;
    const now = Date.now();
    pressed = [...pressed, now].filter((moment) => now - moment <= WITHIN);
    if (pressed.length >= TIMES) leave(link);
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) document.documentElement.style.visibility = "";
  });
}

if (typeof document !== "undefined") {
  const link = /** @type {HTMLAnchorElement | null} */ (document.querySelector("[data-exit]"));
  if (link) offerExit(link);
}
