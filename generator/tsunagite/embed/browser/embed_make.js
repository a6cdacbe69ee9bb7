// Makes the lines that put a list into another site, and shows the list.

import { goBackTo, keepPlace, keptPlace } from "../../site/browser/place.js";

/**
 * @param {string} id
 * @returns {any}
 */
const byId = (id) => document.getElementById(id);

const form = byId("embed-form");
const look = byId("embed-look");
/** Where the site is published; where that is not written, the address of this page. */
const root = new URL("../../", /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"))?.href || location.href).href;

/**
 * @param {string} written
 * @returns {string} as the value of an attribute
 */
function inQuotes(written) {
  return written.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function make() {
  const [kindName, kindValue] = form.kind.value.split("=");
  const asked = Object.entries({ q: form.q.value.trim(), area: form.area.value, [kindName || "kind"]: kindValue ?? "" }).filter(([, value]) => value);
  const query = new URLSearchParams(asked).toString();
  const data = asked.map(([name, value]) => ` data-${name}="${inQuotes(value)}"`).join("");
  byId("embed-script").value = `<script src="${inQuotes(root)}assets/tsunagite/embed_host.js"${data} async></script>`;
  byId("embed-frame").value = `<iframe src="${inQuotes(`${root}embed/?${query}`)}" title="${look.title}" style="width:100%;height:600px;border:0" loading="lazy"></iframe>`;
  look.hidden = !query;
  if (query) look.src = `../?${query}`;
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = byId(/** @type {HTMLElement} */ (button).dataset.copy ?? "");
  button.addEventListener("click", async () => {
    field.select();
    await navigator.clipboard.writeText(field.value).then(
      () => (byId("embed-said").textContent = "コピーしました。"),
      () => (byId("embed-said").textContent = "コピーできませんでした。選ばれている文字を、コピーしてください。"),
    );
  });
  /** @type {HTMLElement} */ (button).hidden = false;
}
addEventListener("message", ({ source, data }) => {
  if (source === look.contentWindow && data?.tsunagite === "height") look.style.height = `${Math.min(Number(data.height) || 400, 20_000)}px`;
});
form.addEventListener("submit", (/** @type {Event} */ event) => event.preventDefault());
form.addEventListener("change", make);
form.q.addEventListener("input", make);
const left = keptPlace();
for (const name of ["q", "area", "kind"]) if (left?.[name]) form[name].value = left[name];
make();
goBackTo(left, document);
keepPlace(() => ({ q: form.q.value, area: form.area.value, kind: form.kind.value }));
