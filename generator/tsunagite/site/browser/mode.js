// Sets the brightness that the reader chose (site.js: offerMode) before anything is drawn. A classic script in the head: a
// module would come after the first picture.

try {
  const mode = localStorage.getItem("tsunagite-mode");
  if (mode) document.documentElement.dataset.mode = mode;
} catch {
  // A browser that keeps nothing shows what the device prefers.
}
