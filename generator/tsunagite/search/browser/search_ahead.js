// The search page asks at once for what its address will need, while its style and modules are still on their way: the files of
// the characters of the query (search/index.py), and the columns and scripts of its facets (directory_files.js). A wrong guess
// costs a small file; search_index.js takes what came. A classic script in the head: a module would wait for the whole page.

(() => {
  const base = new URL("../../", /** @type {HTMLScriptElement} */ (document.currentScript).src).href;
  const asked = new URLSearchParams(location.search);
  /** @type {Record<string, Promise<Response>>} */
  const ahead = {};
  /** @type {any} */ (globalThis).ahead = ahead;
  /** @param {string} path */
  const fetchAhead = (path) => {
    ahead[path] ??= fetch(base + path, { cache: "no-cache" });
    ahead[path].catch(() => undefined); // search_index.js tells the reader
  };
  const plain = (asked.get("q") ?? "").normalize("NFKC").toLowerCase().replace(/ー/g, "").slice(0, 24).replace(/[ァ-ヶ]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0x60));
  fetchAhead("search/meta.json");
  for (const word of plain.split(/[\s、。,・「」()]+/)) {
    const characters = [...word];
    for (const [at, one] of characters.slice(0, Math.max(1, characters.length - 1)).entries()) {
      const codes = [one, characters[at + 1] ?? "$"].map((its) => its.codePointAt(0) ?? 0);
      if (/[ぁ-ゖ一-鿿々a-z]/.test(one)) fetchAhead(`search/grams/${(((codes[0] * 8) % 1024) + (codes[1] % 8)).toString(16).padStart(3, "0")}.json`);
    }
  }
  const facets = [...asked.keys()].filter((name) => !["q", "near", "sort", "view", "maybe"].includes(name));
  if (!facets.length) return;
  fetchAhead("search/facets.json");
  for (const [facet, column] of [["open", "hours"], ["area", "place"], ["access", "access"], ["verified", "verified"]])
    if (facets.includes(facet)) fetchAhead(`search/columns/${column}.json`);
  for (const name of ["facets", "facet_columns", "facet_words", "near"])
    document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href: `${base}assets/tsunagite/${name}.js` }));
})();
