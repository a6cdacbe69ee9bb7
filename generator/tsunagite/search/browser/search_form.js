// Puts the words of the address into the box, and its filters beside it, as soon as the form is there: words that somebody types
// before the modules came then stay, and are sent with the filters. A classic script behind the form.

{
  const form = /** @type {HTMLFormElement} */ (document.querySelector("#directory form"));
  const asked = new URLSearchParams(location.search);
  if (location.search) document.querySelector("#directory")?.classList.add("ts-directory--asked"); // room for what comes: nothing below it moves
  form.q.value = asked.get("q") ?? "";
  form.append(...[...asked].filter(([name]) => !(name in form)).map(([name, value]) => Object.assign(document.createElement("input"), { type: "hidden", name, value })));
}
