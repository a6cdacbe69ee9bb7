// Sets the brightness and the furigana that the reader chose (site.js: offerMode, offerFurigana) before anything is drawn. A classic script in the head: a
// module would come after the first picture.

try {
  const mode = localStorage.getItem("tsunagite-mode");
  if (mode) document.documentElement.dataset.mode = mode;
  if (localStorage.getItem("tsunagite-furigana")) document.documentElement.dataset.furigana = "on"; // room for them at once
} catch {
  // A browser that keeps nothing shows what the device prefers.
}
