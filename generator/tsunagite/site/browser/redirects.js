// 「ケアマネジャーに頼めないこと」: a district can be chosen, then the lists behind each request hold that district only;
// the entry that an address names is opened.

/** @param {HTMLElement} page */
export function narrowByArea(page) {
  const choose = /** @type {HTMLElement | null} */ (page.querySelector(".ts-choose"));
  const select = choose?.querySelector("select");
  if (choose && select) {
    choose.hidden = false;
    const narrow = () => {
      for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (page.querySelectorAll("a[href*='search/?']"))) {
        const address = new URL(link.href);
        if (select.value) address.searchParams.set("area", select.value);
        else address.searchParams.delete("area");
        link.href = address.href;
      }
    };
    select.addEventListener("change", narrow);
    narrow(); // a browser that comes back to this page brings the choice with it
  }
  const open = () => {
    const named = /** @type {HTMLDetailsElement | null} */ (document.querySelector("details:target"));
    if (named) named.open = true;
  };
  addEventListener("hashchange", open);
  open();
}
