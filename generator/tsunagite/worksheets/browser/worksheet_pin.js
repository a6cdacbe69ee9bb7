// A worksheet is begun from what stands on a page: a table made from records, a filled sheet, a meeting in the calendar.
// The copy becomes the draft of the form, on this device. `data-copy` names the copy where a page has several for one sheet.

import { OTHER, dayOf } from "./worksheet_keep.js";

const copies = JSON.parse(document.querySelector("#copy")?.textContent ?? "{}");
for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-pin]"))) {
  const sheet = button.dataset.pin ?? "";
  const key = `tsunagite-sheet:${sheet}`;
  button.hidden = false;
  button.addEventListener("click", () => {
    try {
      const before = localStorage.getItem(key);
      if (before && !window.confirm(button.dataset.sure)) return;
      if (before) localStorage.setItem(key + OTHER, before); // the form offers it
      localStorage.setItem(key, JSON.stringify({ made_on: dayOf(new Date()), ...copies[button.dataset.copy ?? sheet] }));
    } catch {
      window.alert("この端末には書いたものを残せないため、写して始められません。"); // a private window, or a full device
      return;
    }
    location.href = button.dataset.form ?? "";
  });
}
