// Sets the brightness and the furigana that the reader chose (site.js: offerMode, offerFurigana) before anything is drawn. A
// classic script in the head: a module would come after the first picture.

try {
  const root = document.documentElement;
  const mode = localStorage.getItem("tsunagite-mode");
  if (mode) root.dataset.mode = mode;
  // Pages in easy Japanese begin with furigana: their reader may know few kanji.
  const site = document.currentScript instanceof HTMLScriptElement ? new URL("../../", document.currentScript.src).pathname : "/";
  const easy = location.pathname.startsWith(`${site}easy/`) || new URLSearchParams(location.search).get("lang") === "easy";
  if ((localStorage.getItem("tsunagite-furigana") ?? (easy ? "on" : "off")) === "on") root.dataset.furigana = "on"; // room for them at once
} catch {
  // A browser that keeps nothing shows what the device prefers.
}
