// A checklist that counts its marks. They stay on this device, under the address of the page, and are never sent.

/** The text of a point, without its hint: by it marks are kept, so that they stay right when the list changes. @param {HTMLInputElement} box */
const pointOf = (box) => box.closest("label")?.querySelector("span")?.firstChild?.textContent?.trim() ?? box.name;

/** @param {string} name */
function kept(name) {
  try {
    const found = JSON.parse(localStorage.getItem(name) ?? "[]");
    return new Set(Array.isArray(found) ? found : []);
  } catch {
    return new Set();
  }
}

/**
 * @param {string} name
 * @param {string[]} points
 * @returns {boolean} whether the device keeps them: private windows and full storage refuse
 */
function keep(name, points) {
  try {
    if (points.length) localStorage.setItem(name, JSON.stringify(points));
    else localStorage.removeItem(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * How many of each group are marked: "暮らし 2 / 6、家族 0 / 4"; empty where the list is one group.
 * @param {HTMLFormElement} form
 */
function groupsOf(form) {
  const groups = [...form.querySelectorAll("fieldset")];
  const said = groups.map((group) => {
    const [marked, all] = [":checked", "input"].map((one) => group.querySelectorAll(one).length);
    return `${group.querySelector("legend")?.textContent?.trim()} ${marked} / ${all}`;
  });
  return said.length > 1 ? said.join("、") : "";
}

/**
 * Marks made before this script came count too: on a slow connection it comes seconds after the list.
 * @param {HTMLFormElement} form with the page's address in `data-tally`
 */
export function keepTally(form) {
  const name = `tsunagite-tally:${form.dataset.tally}`;
  const boxes = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input[type=checkbox]")]);
  const line = /** @type {HTMLElement} */ (form.querySelector(".ts-tally"));
  const output = /** @type {HTMLOutputElement} */ (line.querySelector("output"));
  const button = /** @type {HTMLButtonElement} */ (line.querySelector("button"));
  const notes = /** @type {NodeListOf<HTMLElement>} */ (form.querySelectorAll(".ts-tally__note"));
  const [groups, where, refused] = notes;
  const { clear, restore } = button.dataset;
  /** @type {Set<string>} what the button has just removed and can give back */
  let removed = new Set();

  /** @param {Set<string>} points */
  const mark = (points) => boxes.forEach((box) => (box.checked = points.has(pointOf(box))));
  const marked = () => boxes.filter((box) => box.checked).map(pointOf);
  const show = () => {
    const points = marked();
    const keeps = keep(name, points);
    output.textContent = `${points.length} / ${boxes.length}`;
    groups.textContent = groupsOf(form);
    where.hidden = !keeps;
    refused.hidden = keeps;
    button.textContent = (removed.size ? restore : clear) ?? "";
  };

  form.addEventListener("change", () => {
    removed = new Set();
    show();
  });
  // Marks of another window are shown here, so that the next mark does not take them away.
  addEventListener("storage", (event) => {
    if (event.key !== name) return;
    mark(kept(name));
    removed = new Set();
    show();
  });
  button.addEventListener("click", () => {
    const again = removed;
    removed = again.size ? new Set() : new Set(marked());
    mark(again);
    show();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  line.hidden = groups.hidden = false;
  mark(new Set([...kept(name), ...marked()]));
  show();
}
