// A worksheet is begun from what stands on a page: a table made from records, a filled sheet, a meeting in the calendar.
// The copy becomes the draft of the form, on this device.

/** @param {Date} now @returns {string} the reader's own day */
const day = (now) => `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;

const copies = JSON.parse(document.querySelector("#copy")?.textContent ?? "{}");
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-pin]"))) {
  const sheet = button.dataset.pin ?? "";
  const key = `tsunagite-sheet:${sheet}`;
  button.hidden = false;
  button.addEventListener("click", () => {
    if (localStorage.getItem(key) && !window.confirm(button.dataset.sure)) return;
    localStorage.setItem(key, JSON.stringify({ made_on: day(new Date()), ...copies[sheet] }));
    location.href = button.dataset.form ?? "";
  });
}
