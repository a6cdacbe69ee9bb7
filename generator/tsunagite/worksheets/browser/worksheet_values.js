// What stands in the fields of a form, and what a sheet asks about what is written in it.

/** @typedef {import("./worksheet_form.js").Sheet} Sheet */
/** @typedef {import("./worksheet_form.js").Field} Field */
/** @typedef {import("./worksheet_form.js").Control} Control */
/** @typedef {{[key: string]: any}} Record */

/**
 * @param {Element} where a line or a part
 * @param {Field} field
 * @returns {any} undefined where nothing is written
 */
export function read(where, field) {
  const controls = /** @type {Control[]} */ ([...where.querySelectorAll(`[data-key="${field.id}"]`)]);
  if (field.kind === "choices") {
    const chosen = controls.filter((one) => /** @type {HTMLInputElement} */ (one).checked).map((one) => one.value);
    return chosen.length ? chosen : undefined;
  }
  const [control] = controls;
  if (!control) return undefined;
  if (field.kind === "mark") return /** @type {HTMLInputElement} */ (control).checked || undefined;
  const text = control.value.trim();
  if (!text) return undefined;
  if (field.kind === "number") return /^\d+$/.test(text.normalize("NFKC")) ? Number(text.normalize("NFKC")) : text;
  if (field.kind === "rows" || field.kind === "resources") return text.split(/[、，,\s]+/).filter(Boolean);
  return text;
}

/**
 * @param {Element} where
 * @param {Field} field
 * @param {any} value
 */
export function write(where, field, value) {
  for (const one of /** @type {NodeListOf<Control>} */ (where.querySelectorAll(`[data-key="${field.id}"]`))) {
    if (field.kind === "choices") /** @type {HTMLInputElement} */ (one).checked = (value ?? []).includes(one.value);
    else if (field.kind === "mark") /** @type {HTMLInputElement} */ (one).checked = value === true;
    else {
      const text = Array.isArray(value) ? value.join("、") : String(value ?? "");
      if (one instanceof HTMLSelectElement && text && ![...one.options].some((option) => option.value === text)) one.append(new Option(text, text));
      one.value = text;
    }
  }
}

/**
 * @param {Element} where
 * @param {Field[]} fields
 * @returns {Record}
 */
export function readAll(where, fields) {
  /** @type {Record} */
  const found = {};
  for (const field of fields) {
    const value = read(where, field);
    if (value !== undefined) found[field.id] = value;
  }
  return found;
}

/** @param {any} value */
export const isWritten = (value) => value !== undefined && value !== "" && value !== false && !(Array.isArray(value) && !value.length);

/**
 * What a sheet asks about, in words.
 * @param {Record} record
 * @param {Sheet} sheet
 * @param {(key: string, values?: {[key: string]: string | number}) => string} say
 * @returns {string[]}
 */
export function doubts(record, sheet, say) {
  const said = sheet.head.filter((field) => field.required && !isWritten(record[field.id])).map((field) => say("missing", { title: field.title }));
  for (const section of sheet.sections) {
    const lines = section.table ? (record[section.id] ?? []) : record[section.id] ? [record[section.id]] : [];
    lines.forEach((/** @type {Record} */ line, /** @type {number} */ at) => {
      const name = line.letter ?? String(at + 1);
      for (const field of section.fields) if (field.required && !isWritten(line[field.id])) said.push(say("missing_in", { section: section.title, line: name, title: field.title }));
      for (const rule of sheet.rules.filter((one) => one.section === section.id)) {
        const written = rule.when.map((key) => line[key]).filter(isWritten);
        const enough = rule.enough && Number(line[rule.enough]) >= 2;
        const lacking = rule.needs.filter((key) => !isWritten(line[key]));
        if (!written.length || (rule.equals && !written.includes(rule.equals)) || enough || !lacking.length) continue;
        const titles = section.fields.filter((field) => lacking.includes(field.id)).map((field) => field.title);
        said.push(rule.says.replaceAll("{section}", section.title).replaceAll("{line}", name).replaceAll("{missing}", titles.join("、")));
      }
    });
  }
  return said;
}

/** @param {Element} where @param {Field} field @returns {string} what stands in a field, in the words that the reader sees */
export function wordsIn(where, field) {
  const value = read(where, field);
  const select = where.querySelector(`select[data-key="${field.id}"]`);
  if (select instanceof HTMLSelectElement) return select.value && (select.selectedOptions[0]?.textContent ?? "");
  return value === true ? "○" : Array.isArray(value) ? value.join("、") : String(value ?? "");
}

/** @param {Record} one @param {Record} two */
export const isSame = (one, two) => JSON.stringify(one) === JSON.stringify(two);

/** Whether nothing was written but what stands in a new form. @param {Record} record */
export const isEmpty = (record) => Object.keys(record).every((key) => key === "id" || (key in record && !isWritten(record[key])));
