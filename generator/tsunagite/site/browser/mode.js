// Sets the brightness and the furigana that the reader chose (site.js: offerMode, offerFurigana) and what the device cannot do before anything is drawn. A
// classic script in the head: a module would come after the first picture.

try {
  const root = document.documentElement;
  if (!("speechSynthesis" in window)) root.dataset.voiceless = ""; // no room for a button that will not come
  const mode = localStorage.getItem("tsunagite-mode");
  if (mode) root.dataset.mode = mode;
  // Pages in easy Japanese begin with furigana: their reader may know few kanji.
  const site = document.currentScript instanceof HTMLScriptElement ? new URL("../../", document.currentScript.src).pathname : "/";
  const easy = location.pathname.startsWith(`${site}easy/`) || new URLSearchParams(location.search).get("lang") === "easy";
  if ((localStorage.getItem("tsunagite-furigana") ?? (easy ? "on" : "off")) === "on") root.dataset.furigana = "on"; // room for them at once
} catch {
  // A browser that keeps nothing shows what the device prefers.
}

// Opened from a folder, a browser follows no link to a page and starts no module: the page says how to open the site.
if (location.protocol === "file:") {
  addEventListener("DOMContentLoaded", () => {
    const note = document.createElement("p");
    note.className = "ts-notice";
    note.setAttribute("role", "note");
    note.textContent =
      "フォルダーのファイルを、直接開いています。さがす・地図・用紙は動かず、リンクもページに届きません。" +
      "手もとで見るには、サイトのフォルダーで python3 -m http.server 8000 を実行し、そこに出るアドレスを開いてください。";
    (document.getElementById("content") ?? document.body).prepend(note);
  });
}
