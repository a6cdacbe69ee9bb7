// How the web editor reads and writes a record file: what a person wrote stays as it was written, but for what was changed.
//
// Sveltia would lay out the whole file anew and drop its comments. Here the text of each record is remembered when it is read, and
// a saved value is put into it: other lines, comments, quotes and the order of unknown keys stay.
import { Pair, isMap, isScalar, isSeq, parseDocument, Document } from "./yaml/index.js";

const LAYOUT = { lineWidth: 0, flowCollectionPadding: false, doubleQuotedMinMultiLineLength: 1e9 };
/** What a plain word is besides text, as records/yaml/reader.py reads it: 0878223710 is a telephone number, not 878223710. */
const PLAIN = /** @type {Record<string, RegExp>} */ ({
  bool: /^(?:true|false)$/,
  null: /^(?:null|~|)$/,
  int: /^-?(?:0|[1-9][0-9]{0,14})$/,
  float: /^-?(?:0|[1-9][0-9]{0,14})\.[0-9]+$/,
});
const READ = {
  customTags: (/** @type {any[]} */ tags) =>
    tags
      .filter((tag) => !tag.format && !tag.test?.test(".nan"))
      .map((tag) => (tag.test ? { ...tag, test: PLAIN[tag.tag.split(":").at(-1)] } : tag)),
};
/** Returns what reads and writes the files of one folder. Ids are unique in a folder only. */
export function recordFormat() {
  /** The text that was read last, by the id of its record. @type {Map<string, string>} */
  const texts = new Map();
  return {
    /** @param {string} text @returns {any} */
    fromFile(text) {
      const document = parseDocument(text, READ);
      if (document.errors.length > 0) throw document.errors[0]; // a file of which only a part can be read is not opened
      const value = document.toJS();
      if (typeof value?.id === "string") texts.set(value.id, text);
      return value;
    },
    /** Puts a record into the text that it was read from, or writes a new one. @param {any} value @returns {string} */
    toFile(value) {
      const before = texts.get(value.id);
      const document = before === undefined ? new Document(withoutEmpty(value), READ) : parseDocument(before, READ);
      if (before !== undefined) document.contents = /** @type {any} */ (merged(document, document.contents, value));
      const text = document.toString(LAYOUT);
      texts.set(value.id, text);
      return text;
    },
  };
}

/** Whether nothing is said by a value. @param {any} value */
function isEmpty(value) {
  return value === undefined || value === null || value === "" || (typeof value === "object" && Object.keys(value).length === 0);
}

/** @param {any} value @returns {any} */
function withoutEmpty(value) {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => !isEmpty(inner)));
}

/**
 * Returns the node that says a value, made of the node that was there wherever both are of one sort.
 * @param {Document} document
 * @param {any} node
 * @param {any} value
 * @returns {any}
 */
function merged(document, node, value) {
  if (isMap(node) && value !== null && typeof value === "object" && !Array.isArray(value)) return mergedMap(document, node, value);
  if (isSeq(node) && Array.isArray(value)) return mergedList(document, node, value);
  if (isScalar(node) && (typeof value !== "object" || value === null)) {
    const same = typeof node.value === "string" && typeof value === "string" ? node.value.trim() === value.trim() : node.value === value;
    if (!same) node.value = value; // the quotes and the comment beside it stay
    return node;
  }
  return document.createNode(value);
}

/** @param {Document} document @param {any} node @param {Record<string, any>} value */
function mergedMap(document, node, value) {
  const keyOf = (/** @type {any} */ pair) => String(pair.key?.value ?? pair.key);
  const known = new Map(node.items.map((/** @type {any} */ pair) => [keyOf(pair), pair]));
  node.items = node.items.filter((/** @type {any} */ pair) => keyOf(pair) in value);
  let after = -1;
  for (const [key, inner] of Object.entries(value)) {
    const pair = known.get(key);
    if (pair) {
      pair.value = merged(document, pair.value, inner);
      after = node.items.indexOf(pair);
    } else if (!isEmpty(inner)) {
      node.items.splice(++after, 0, new Pair(document.createNode(key), document.createNode(inner)));
    }
  }
  return node;
}

/** Items that are equal stay with their comments; the others take the places that are left, in order. @param {Document} document @param {any} node @param {any[]} value */
function mergedList(document, node, value) {
  const old = [...node.items];
  const told = (/** @type {any} */ item) => JSON.stringify(item);
  const said = old.map((item) => told(item?.toJS ? item.toJS(document) : item));
  const places = value.map((item) => {
    const place = said.indexOf(told(item));
    if (place >= 0) said[place] = "";
    return place;
  });
  const left = old.filter((_, index) => !places.includes(index));
  node.items = value.map((item, index) => (places[index] >= 0 ? old[places[index]] : merged(document, left.shift(), item)));
  return node;
}
