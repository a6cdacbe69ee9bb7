// Making elements in one line: `element("a", {href}, "words", other)`. Texts are texts, never markup.

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [properties] names with a hyphen and `class`, `for`, `role` are attributes
 * @param {...(Node | string | null | undefined | false)} children nothing is made of what is empty
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.includes("-") || ["class", "for", "role", "colspan"].includes(name)) made.setAttribute(name, String(value));
    else /** @type {any} */ (made)[name] = value;
  }
  made.append(.../** @type {(Node | string)[]} */ (children.filter((child) => child || child === "")));
  return made;
}

/**
 * A drawing that stands beside a word.
 * @param {string} path
 * @param {string} [name] class
 */
export function drawing(path, name = "ts-icon") {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg viewBox="0 0 24 24" class="${name}" aria-hidden="true"><path d="${path}"/></svg>`;
  return /** @type {SVGElement} */ (holder.content.firstChild);
}
