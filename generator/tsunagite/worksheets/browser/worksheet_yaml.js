// Records of worksheets as YAML: writes what the strict reader of the site reads, and reads that part of YAML back.
// It is not all of YAML: no anchors, no tags, no brackets over several lines. What it does not know it refuses with the line.

/** @typedef {string | number | boolean | null | Data[] | {[key: string]: any}} Data */

const PLAIN = /^[\p{L}○「（〔【][^\\"]*$/u;
const NOT_PLAIN = /: | #|:$|^(?:true|false|null|yes|no|on|off)$|[\n\t]|^\s|\s$/i;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What no file of a record may hold, though a form takes it: control characters, halves of characters (as records/yaml/reader.py). */
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]|\p{Cs}/gu;

/** @param {string} written */
function scalar(written) {
  const text = written.replace(HIDDEN, "");
  if (DAY.test(text)) return text;
  return PLAIN.test(text) && !NOT_PLAIN.test(text) ? text : JSON.stringify(text).replace(/[\u2028\u2029\u0085]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * @param {any} value
 * @param {string} indent
 * @returns {string}
 */
function written(value, indent) {
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== "object")) return ` [${value.map((one) => (typeof one === "string" ? inBrackets(one) : String(one))).join(", ")}]\n`;
    return `\n${value.map((one) => `${indent}- ${lines(one, `${indent}  `).trimStart()}`).join("")}`;
  }
  if (value && typeof value === "object") return `\n${lines(value, indent)}`;
  return ` ${typeof value === "string" ? scalar(value) : String(value)}\n`;
}

/** @param {string} text */
const inBrackets = (text) => (/[,[\]{}]/.test(text) ? JSON.stringify(text.replace(HIDDEN, "")) : scalar(text));

/**
 * @param {{[key: string]: any}} map
 * @param {string} indent
 * @returns {string}
 */
function lines(map, indent) {
  return Object.entries(map)
    .map(([key, value]) => `${indent}${key}:${written(value, `${indent}  `)}`)
    .join("");
}

/**
 * Write a record.
 * @param {{[key: string]: any}} record
 * @param {string} sheet the id of its sheet, kept in the first line
 */
export function writeYaml(record, sheet) {
  return `# tsunagite worksheet: ${sheet}\n${lines(record, "")}`;
}

/** The sheet that the first line of a text names, or "". @param {string} text */
export function sheetOf(text) {
  return /^\uFEFF?# tsunagite worksheet: ([a-z0-9-]+)/.exec(text)?.[1] ?? "";
}

export class NotRead extends Error {
  /** @param {number} line */
  constructor(line) {
    super(String(line));
    this.line = line;
  }
}

/** @typedef {{indent: number, text: string, number: number}} Line */

/**
 * Read a record. Throws NotRead with the number of the line that it does not understand.
 * @param {string} text
 * @returns {{[key: string]: any}}
 */
export function readYaml(text) {
  const all = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const rest = all.map((line, at) => ({ indent: line.length - line.trimStart().length, text: line, number: at + 1 }));
  const reader = new Reader(rest);
  const found = reader.block(0);
  if (!found || typeof found !== "object" || Array.isArray(found) || reader.peek()) throw new NotRead(reader.peek()?.number ?? 1);
  return found;
}

class Reader {
  /** @param {Line[]} all */
  constructor(all) {
    this.all = all;
    this.at = 0;
  }

  /** @returns {Line | undefined} the next line that says something */
  peek() {
    while (this.at < this.all.length && /^\s*(?:#.*)?$/.test(this.all[this.at].text)) this.at += 1;
    return this.all[this.at];
  }

  /**
   * @param {number} least the indent a block must have
   * @returns {any}
   */
  block(least) {
    const first = this.peek();
    if (!first || first.indent < least) return null;
    return first.text.trimStart().startsWith("- ") || first.text.trim() === "-" ? this.list(first.indent) : this.map(first.indent);
  }

  /** @param {number} indent */
  list(indent) {
    const found = [];
    for (let line = this.peek(); line && line.indent === indent && /^-(?: |$)/.test(line.text.trimStart()); line = this.peek()) {
      const inner = line.text.slice(indent + 1);
      const shift = inner.length - inner.trimStart().length + 1;
      if (!inner.trim()) {
        this.at += 1;
        found.push(this.block(indent + 1));
      } else if (isPair(inner.trimStart())) {
        line.text = " ".repeat(indent + shift) + inner.trimStart();
        line.indent = indent + shift;
        found.push(this.map(line.indent));
      } else {
        this.at += 1;
        found.push(LITERAL.test(inner.trim()) ? this.literal(indent, inner.trim()) : value(inner, line.number));
      }
    }
    return found;
  }

  /** @param {number} indent */
  map(indent) {
    /** @type {{[key: string]: any}} */
    const found = {};
    for (let line = this.peek(); line && line.indent === indent; line = this.peek()) {
      const pair = isPair(line.text.trimStart());
      if (!pair || pair[1] in found) throw new NotRead(line.number);
      this.at += 1;
      const rest = pair[2].trim();
      if (LITERAL.test(rest)) found[pair[1]] = this.literal(indent, rest);
      else if (!rest || rest.startsWith("#")) {
        const next = this.peek();
        const inside = next && (next.indent > indent || (next.indent === indent && next.text.trimStart().startsWith("- ")));
        found[pair[1]] = inside ? this.block(indent) : null;
      } else found[pair[1]] = value(rest, line.number);
    }
    const next = this.peek();
    if (next && next.indent > indent) throw new NotRead(next.number);
    return found;
  }

  /**
   * @param {number} indent
   * @param {string} style
   */
  literal(indent, style) {
    const taken = [];
    const [, given, chomping] = LITERAL.exec(style) ?? [];
    let depth = given ? indent + Number(given) : 0;
    while (this.at < this.all.length && (!this.all[this.at].text.trim() || this.all[this.at].indent > indent)) {
      const line = this.all[this.at++];
      depth ||= line.text.trim() ? line.indent : 0;
      taken.push(line.text.slice(depth));
    }
    while (taken.length && !taken[taken.length - 1].trim()) taken.pop();
    const text = style[0] === ">" ? taken.join(" ") : taken.join("\n");
    return chomping === "-" ? text : `${text}\n`;
  }
}

const LITERAL = /^[|>]([1-9]?)([+-]?)(?:\s+#.*)?$/;
/** @type {{[letter: string]: string}} */
const ESCAPES = { n: "\n", t: "\t", r: "\r", 0: "\0", a: "\x07", b: "\b", v: "\v", f: "\f", e: "\x1b", N: "\x85", _: "\xa0", L: "\u2028", P: "\u2029" };

/** What stands between double quotation marks. @param {string} text */
const unescaped = (text) =>
  text.replace(/\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/gu, (_, x, u, U, letter) =>
    letter ? (ESCAPES[letter] ?? letter) : String.fromCodePoint(parseInt(x ?? u ?? U, 16)),
  );

/** @param {string} text */
function isPair(text) {
  return /^([a-z][a-z0-9_]*):(?:\s+(.*)|())$/.exec(text)?.map((part) => part ?? "");
}

/**
 * @param {string} text
 * @param {number} number
 * @returns {any}
 */
function value(text, number) {
  const [found, rest] = taken(text.trim(), number, false);
  if (rest.trim() && !/^\s+#/.test(rest)) throw new NotRead(number);
  return found;
}

/**
 * Take one value from the front of a text.
 * @param {string} text
 * @param {number} number
 * @param {boolean} inside brackets, where , ] } end a plain word
 * @returns {[any, string]}
 */
function taken(text, number, inside) {
  if (text[0] === "[" || text[0] === "{") return text[0] === "[" ? flowList(text, number) : flowMap(text, number);
  const quoted = /^"(?:[^"\\]|\\.)*"|^'(?:[^']|'')*'/.exec(text)?.[0];
  if (quoted) {
    const held = quoted.slice(1, -1);
    return [quoted[0] === '"' ? unescaped(held) : held.replaceAll("''", "'"), text.slice(quoted.length)];
  }
  if (/^[&*!|>%@`"']/.test(text)) throw new NotRead(number);
  const plain = (inside ? /^[^,[\]{}]*/ : /^(?:(?! #).)*/).exec(text)?.[0] ?? "";
  return [typed(plain.trim()), text.slice(plain.length)];
}

/** @param {string} text */
function typed(text) {
  if (/^-?(?:0|[1-9]\d{0,14})$/.test(text)) return Number(text);
  if (text === "true" || text === "false") return text === "true";
  return text === "" || text === "null" || text === "~" ? null : text;
}

/**
 * @param {string} text
 * @param {number} number
 * @returns {[any[], string]}
 */
function flowList(text, number) {
  const found = [];
  let rest = text.slice(1).trimStart();
  while (rest && rest[0] !== "]") {
    const [one, after] = taken(rest, number, true);
    found.push(one);
    rest = after.trimStart().replace(/^,\s*/, "");
  }
  if (!rest) throw new NotRead(number);
  return [found, rest.slice(1)];
}

/**
 * @param {string} text
 * @param {number} number
 * @returns {[{[key: string]: any}, string]}
 */
function flowMap(text, number) {
  /** @type {{[key: string]: any}} */
  const found = {};
  let rest = text.slice(1).trimStart();
  while (rest && rest[0] !== "}") {
    const key = /^([a-z][a-z0-9_]*):\s+/.exec(rest);
    if (!key) throw new NotRead(number);
    const [one, after] = taken(rest.slice(key[0].length), number, true);
    found[key[1]] = one;
    rest = after.trimStart().replace(/^,\s*/, "");
  }
  if (!rest) throw new NotRead(number);
  return [found, rest.slice(1)];
}
