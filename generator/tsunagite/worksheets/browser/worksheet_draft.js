// A draft that lies on the device, or a file that somebody opens, holds what it holds: here it gets the shape of its sheet, and the
// rest is left out. Pure; worksheet_form.js shows it.

/** @typedef {{id: string, kind: string, title?: string}} Field */
/** @typedef {{id: string, table: boolean, fields: Field[], title?: string}} Section */
/** @typedef {{[key: string]: any}} Record */

const MOST_LINES = 500; // nobody writes so many by hand
const SEVERAL = ["choices", "rows", "resources", "lines"];

/** @param {any} value @returns {value is Record} */
const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {any} value */
const isText = (value) => typeof value === "string" || (typeof value === "number" && Number.isFinite(value));

/** @param {Field} field @param {any} value @returns {any} undefined where it cannot stand in the field */
function fitting({ kind }, value) {
  if (kind === "mark") return value === true || undefined;
  const texts = (Array.isArray(value) ? value : [value]).filter((one) => isText(one) || typeof one === "boolean");
  if (SEVERAL.includes(kind)) return texts.length ? texts.map(String) : undefined;
  return Array.isArray(value) ? texts.join("、") || undefined : texts[0];
}

/** @param {Field[]} fields @param {Record} data @returns {Record} */
function values(fields, data) {
  /** @type {Record} */
  const found = {};
  for (const field of fields) {
    const value = fitting(field, data[field.id]);
    if (value !== undefined) found[field.id] = value;
  }
  return found;
}

/** What a form does not show and its file keeps: texts, yes and no, lists and maps of these. @param {any} value @returns {any} */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain).filter((one) => one !== undefined);
  if (isMap(value)) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]).filter(([key, inner]) => isKey(key) && inner !== undefined));
  return isText(value) || typeof value === "boolean" ? value : undefined;
}

/** @param {string} key */
const isKey = (key) => /^[a-z][a-z0-9_]*$/.test(key);

/**
 * A record of the sheet out of anything, or null where there is nothing of one.
 * @param {any} found
 * @param {{head: Field[], sections: Section[]}} sheet
 * @returns {Record | null}
 */
export function wellFormed(found, { head, sections }) {
  if (!isMap(found)) return null;
  const shown = new Set([...head, ...sections].map(({ id }) => id));
  /** @type {Record} */
  const record = { ...plain(Object.fromEntries(Object.entries(found).filter(([key]) => !shown.has(key)))), ...values(head, found) };
  if ("id" in record && !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(record.id)) delete record.id;
  for (const section of sections) {
    const written = found[section.id];
    if (!section.table) {
      if (isMap(written)) record[section.id] = values(section.fields, written);
    } else if (Array.isArray(written)) {
      record[section.id] = written.filter(isMap).slice(0, MOST_LINES).map((line) => {
        const letter = isText(line.letter) && String(line.letter).length <= 3 ? { letter: String(line.letter) } : {};
        return { ...letter, ...values(section.fields, line) };
      });
    }
  }
  return record;
}

/** @param {any} value @param {string[]} [keys] @returns {[where: string, text: string][]} every text in it, with the keys that lead there */
function leaves(value, keys = []) {
  if (Array.isArray(value)) return value.flatMap((one) => leaves(one, keys));
  if (isMap(value)) return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...keys, key]));
  return value === null || value === undefined || value === "" || value === false ? [] : [[keys.join("."), String(value)]];
}

/** @param {string} text */
const parts = (text) => text.normalize("NFKC").replace(/\s+/g, "").split(/[、,]/).filter(Boolean);

/**
 * What a file says and the form cannot hold: a day that is none, a word that nobody can choose, a line of another shape.
 * @param {Record} found as it stands in the file
 * @param {Record} held what the form holds after it was filled in
 * @param {{head: Field[], sections: Section[]}} sheet
 * @returns {string[]} the field and what it says, for people
 */
export function leftOut(found, held, { head, sections }) {
  const there = new Set(leaves(held).flatMap(([where, text]) => parts(text).map((part) => `${where} ${part}`)));
  const memo = parts(String(held.memo ?? "")).join("、");
  const fields = [...head.map((one) => [one.id, one.title]), ...sections.flatMap((part) => part.fields.map((one) => [`${part.id}.${one.id}`, `${part.title}・${one.title}`]))];
  const titles = new Map(/** @type {[string, string][]} */ (fields));
  return leaves(found).flatMap(([where, text]) => {
    if (where === "id" || where.endsWith(".letter")) return [];
    const lost = parts(text).filter((part) => !there.has(`${where} ${part}`) && !memo.includes(part));
    return lost.length ? [`${titles.get(where) ?? where}「${text}」`] : [];
  });
}
