// A meeting pins its own copy of a table made from records: it becomes the draft of the form, on this device.

const button = /** @type {HTMLButtonElement} */ (document.querySelector("#pin"));
const KEY = "tsunagite-sheet:resource-matrix";

/** @param {Date} now @returns {string} the reader's own day */
const day = (now) => `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;

button.hidden = false;
button.addEventListener("click", () => {
  const copy = JSON.parse(document.querySelector("#copy")?.textContent ?? "{}");
  if (localStorage.getItem(KEY) && !window.confirm(button.dataset.sure)) return;
  localStorage.setItem(KEY, JSON.stringify({ made_on: day(new Date()), ...copy }));
  location.href = button.dataset.form ?? "";
});
