// Stands in pages of other sites: puts a list of this site where its script element stands, as high as the list is.
// <script src=".../assets/tsunagite/embed_host.js" data-kind="salon" data-area="yashima" data-q="体操" async></script>
// It sets no cookie, stores nothing, and hears nothing but the height that its own frame tells.

(() => {
  const script = document.currentScript;
  if (!(script instanceof HTMLScriptElement)) return;
  const address = new URL("../../embed/", script.src);
  for (const name of ["q", "area", "kind", "group"]) {
    const value = script.dataset[name];
    if (value) address.searchParams.set(name, value);
  }
  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = script.dataset.title || "地域の資源の一覧";
  frame.loading = "lazy";
  frame.style.cssText = "display:block;width:100%;height:400px;border:0";
  addEventListener("message", ({ source, origin, data }) => {
    const height = Number(data?.height);
    if (source === frame.contentWindow && origin === address.origin && data?.tsunagite === "height" && height > 0) frame.style.height = `${Math.min(height, 20_000)}px`;
  });
  script.after(frame);
})();
