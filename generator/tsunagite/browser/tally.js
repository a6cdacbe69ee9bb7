// A checklist that counts its marks. They stay on this device, under the address of the page, and are never sent.

/** @param {HTMLFormElement} form with the page's address in `data-tally` */
export function keepTally(form) {
  const name = `tsunagite-tally:${form.dataset.tally}`;
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("input[type=checkbox]"));
  const line = /** @type {HTMLElement} */ (form.querySelector(".ts-tally"));
  const output = /** @type {HTMLOutputElement} */ (line.querySelector("output"));
  const count = () => {
    const checked = [...boxes].filter((box) => box.checked);
    output.textContent = `${checked.length} / ${boxes.length}`;
    return checked.map((box) => box.name);
  };
  const keep = () => {
    const checked = count();
    try {
      if (checked.length) localStorage.setItem(name, checked.join(" "));
      else localStorage.removeItem(name);
    } catch {
      // Private windows refuse storage; the marks then last for this page.
    }
  };
  try {
    const kept = new Set((localStorage.getItem(name) ?? "").split(" "));
    for (const box of boxes) box.checked = kept.has(box.name);
  } catch {
    // as above
  }
  line.hidden = false;
  form.addEventListener("change", keep);
  form.addEventListener("reset", () => setTimeout(keep)); // after the browser has cleared the boxes
  form.addEventListener("submit", (event) => event.preventDefault());
  count();
}
