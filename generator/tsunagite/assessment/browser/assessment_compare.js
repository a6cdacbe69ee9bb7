// Two areas side by side: their own pages are read and their parts stand in pairs. The address says which, so that it can be sent.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".ts-as-compare"));
const both = /** @type {HTMLElement | null} */ (document.querySelector(".ts-as-both"));

/** @param {string} path @returns {Promise<Element>} the profile of an area, its links made whole and its ids taken away */
async function profile(path) {
  const answer = await fetch(new URL(`../${path}`, document.baseURI));
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const article = page.querySelector(".ts-as-profile");
  if (!article) throw new Error(path);
  for (const link of article.querySelectorAll("a")) link.href = new URL(link.getAttribute("href") ?? "", answer.url).href;
  for (const section of article.querySelectorAll("section")) section.dataset.part = section.getAttribute("aria-labelledby") ?? "";
  for (const one of article.querySelectorAll("[id], [aria-labelledby]")) {
    one.removeAttribute("id");
    one.removeAttribute("aria-labelledby");
  }
  return article;
}

/** @param {Element} left @param {Element} right */
function pairs(left, right) {
  /** @param {Element} article @param {string} part */
  const find = (article, part) => article.querySelector(part ? `section[data-part="${part}"]` : "h1") ?? document.createElement("div");
  const parts = new Set(["", ...[left, right].flatMap((one) => [...one.querySelectorAll("section")].map((section) => section.dataset.part ?? ""))]);
  return [...parts].map((part) => {
    const pair = document.createElement("div");
    pair.className = "ts-as-pair";
    for (const article of [left, right]) {
      const found = find(article, part);
      if (part) pair.append(found);
      else pair.append(Object.assign(document.createElement("h2"), { textContent: found.textContent }));
    }
    return pair;
  });
}

/** @param {string} a @param {string} b */
async function show(a, b) {
  if (!both) return;
  const failed = document.getElementById("compare-failed");
  try {
    both.replaceChildren(...pairs(...(await Promise.all([profile(a), profile(b)]))));
    failed?.toggleAttribute("hidden", true);
  } catch {
    both.replaceChildren();
    failed?.toggleAttribute("hidden", false);
  }
}

if (form) {
  const [a, b] = /** @type {HTMLSelectElement[]} */ ([...form.querySelectorAll("select")]);
  const asked = new URLSearchParams(location.search);
  const known = new Set([...a.options].map((option) => option.value));
  b.selectedIndex = Math.min(1, b.options.length - 1);
  for (const select of [a, b]) {
    const wish = `profiles/${asked.get(select.name) ?? ""}/`;
    if (known.has(wish)) select.value = wish;
  }
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = (/** @type {HTMLSelectElement} */ select) => select.value.split("/")[1];
    history.replaceState(null, "", `?a=${name(a)}&b=${name(b)}`);
    show(a.value, b.value);
  });
  if (asked.has("a") && asked.has("b")) show(a.value, b.value);
}
export {};
