// Several people fill in the same sheet, each on a device; one of them puts the files together here, file by file. Nothing is lost: what
// differs stands beside each other, and what cannot (two choices, two days) goes into the memo. Lines that say the same become one and
// are told. Pure; worksheet_form.js shows it.

/** @typedef {{id: string, title: string, kind: string, of: string, required?: boolean, adds?: boolean, printed?: string[]}} Field */
/** @typedef {{id: string, title: string, table: boolean, letters: string, each: string, fields: Field[]}} Section */
/** @typedef {{[key: string]: any}} Record */
/** @typedef {{section: string, line: string, words: string, same: boolean}} Double a line that was there already; `same` where every word of it was */

const SEVERAL = ["choices", "rows", "resources", "lines"];
const LONG = { text: 1000, line: 120 };

/** @param {any} value */
const isWritten = (value) => value !== undefined && value !== null && value !== "" && value !== false && !(Array.isArray(value) && !value.length);

/** @param {any} value */
const key = (value) => JSON.stringify(typeof value === "string" ? value.normalize("NFKC").replace(/\s+/g, "") : (value ?? null));

/** @param {any} value */
const words = (value) => (value === true ? "○" : Array.isArray(value) ? value.join("、") : String(value));

/**
 * One value out of two; what finds no place goes to `left`.
 * @param {Field} field @param {any} mine @param {any} theirs @param {(text: string) => void} left
 * @returns {any}
 */
function joined(field, mine, theirs, left) {
  if (!isWritten(theirs) || key(mine) === key(theirs)) return mine;
  if (!isWritten(mine)) return theirs;
  if (SEVERAL.includes(field.kind) && Array.isArray(mine) && Array.isArray(theirs)) return [...new Set([...mine, ...theirs])];
  if (field.kind === "text" || field.kind === "line") {
    const both = `${mine}${field.kind === "text" ? "\n" : "／"}${theirs}`;
    if (both.length <= LONG[field.kind]) return both;
  }
  left(`${field.title}：${words(theirs)}`);
  return mine;
}

/**
 * How many people marked a line: its count, or one for a mark.
 * @param {Section} section @param {Record} line
 */
function marks(section, line) {
  const mark = section.fields.find((field) => field.kind === "mark");
  return Number(line.count) || (mark && line[mark.id] === true ? 1 : 0);
}

/** Letters as worksheet_form.js gives them, and two after the last one. @param {Section} section @param {number} index @returns {string} */
function letterOf(section, index) {
  if (section.letters === "1") return String(index + 1);
  return (index < 26 ? "" : letterOf(section, Math.floor(index / 26) - 1)) + String.fromCharCode(section.letters.charCodeAt(0) + (index % 26));
}

/**
 * Put the record of another file into mine.
 * @param {Record} mine
 * @param {Record} theirs
 * @param {{head: Field[], sections: Section[]}} sheet
 * @param {string} name of the other file
 * @returns {{record: Record, added: number, doubles: Double[], left: string[]}} `left` also stands in the memo of the record
 */
export function merge(mine, theirs, sheet, name) {
  const record = structuredClone(mine);
  /** @type {string[]} */
  const left = [];
  /** @type {Double[]} */
  const doubles = [];
  let added = 0;
  for (const field of sheet.head) {
    // Titles and days stand alone: another one is told and kept in the memo.
    const alone = { ...field, kind: SEVERAL.includes(field.kind) ? field.kind : "alone" };
    const value = joined(alone, record[field.id], theirs[field.id], (text) => left.push(text));
    if (isWritten(value)) record[field.id] = value;
  }
  const known = new Set(["id", "memo", ...sheet.head.map((field) => field.id), ...sheet.sections.map((section) => section.id)]);
  for (const [beside, value] of Object.entries(theirs).filter(([one]) => !known.has(one))) {
    if (Array.isArray(value) && (record[beside] === undefined || Array.isArray(record[beside]))) {
      const had = new Set((record[beside] ?? []).map(key));
      record[beside] = [...(record[beside] ?? []), ...value.filter((one) => !had.has(key(one)))];
    } else record[beside] = joined({ id: beside, title: beside, kind: "alone", of: "" }, record[beside], value, (text) => left.push(text));
  }

  /** The letter that a line of theirs has in the record, by its section. @type {{[section: string]: Map<string, string>}} */
  const moved = {};
  const following = [...sheet.sections.filter((section) => !section.each), ...sheet.sections.filter((section) => section.each)];
  for (const section of following.filter((one) => one.table && one.letters)) moved[section.id] = lettersOf(section, record, theirs);
  for (const section of following) {
    const other = theirs[section.id];
    if (!isWritten(other)) continue;
    if (!section.table) {
      record[section.id] ??= {};
      for (const field of section.fields) {
        const value = joined(field, record[section.id][field.id], other[field.id], (text) => left.push(`${section.title}・${text}`));
        if (isWritten(value)) record[section.id][field.id] = value;
      }
      continue;
    }
    const lines = (record[section.id] ??= []);
    for (const line of other) {
      const own = pointed(section, line, moved);
      const adding = section.fields.filter((field) => field.adds);
      const named = adding.length ? section.fields.find((field) => field.required) : undefined;
      const there = named ? lines.find((/** @type {Record} */ one) => isWritten(own[named.id]) && key(one[named.id]) === key(own[named.id])) : lines.find((/** @type {Record} */ one) => (section.letters || section.each ? one.letter === own.letter : isSame(section, one, own)));
      if (!there) {
        lines.push(own);
        added += 1;
        continue;
      }
      const main = String(section.fields.map((field) => own[field.id]).find(isWritten) ?? "");
      const counted = section.fields.some((field) => field.id === "count" && field.kind === "number");
      if (counted && marks(section, there) + marks(section, own)) there.count = marks(section, there) + marks(section, own);
      for (const field of adding) if (isWritten(there[field.id]) && isWritten(own[field.id])) there[field.id] = Number(there[field.id]) + Number(own[field.id]);
      if (!counted && !named && !section.each) doubles.push({ section: section.title, line: there.letter ?? String(lines.indexOf(there) + 1), words: main, same: isSame(section, there, own) });
      for (const field of section.fields.filter((one) => !(counted && one.id === "count") && !(one.adds && isWritten(there[one.id])))) {
        const value = joined(field, there[field.id], own[field.id], (text) => left.push(`${section.title}・${there.letter ?? main}・${text}`));
        if (isWritten(value)) there[field.id] = value;
      }
    }
  }
  if (left.length) record.memo = [record.memo, `${name} から：`, ...left].filter(Boolean).join("\n");
  return { record, added, doubles, left };
}

/** @param {Section} section @param {Record} one @param {Record} other */
const isSame = (section, one, other) => section.fields.every((field) => key(isWritten(one[field.id]) ? one[field.id] : null) === key(isWritten(other[field.id]) ? other[field.id] : null));

/**
 * The letter in the record of every lettered line of theirs: of the line that says the same, else the next free one.
 * @param {Section} section @param {Record} record @param {Record} theirs
 * @returns {Map<string, string>}
 */
function lettersOf(section, record, theirs) {
  const taken = new Set((record[section.id] ?? []).map((/** @type {Record} */ line) => line.letter));
  // A line is told by its printed word, by what must be written, or, where nothing must, by all of its words.
  const worded = section.fields.filter((field) => field.kind === "text" || field.kind === "line");
  const main = section.fields.find((field) => field.printed?.length) ?? worded.find((field) => field.required);
  const telling = main ? [main] : worded;
  /** @type {Map<string, string>} */
  const letters = new Map();
  let index = 0;
  for (const line of theirs[section.id] ?? []) {
    const there = (record[section.id] ?? []).find((/** @type {Record} */ one) => telling.some((field) => isWritten(line[field.id])) && telling.every((field) => key(one[field.id]) === key(line[field.id])));
    let letter = there?.letter ?? (main?.printed?.includes(line[main.id]) ? line.letter : "");
    while (!letter) {
      const next = letterOf(section, index);
      index += 1;
      if (!taken.has(next)) letter = next;
    }
    taken.add(letter);
    letters.set(line.letter, letter);
  }
  return letters;
}

/**
 * A line of theirs with the letters that the lines have in the record.
 * @param {Section} section @param {Record} line @param {{[section: string]: Map<string, string>}} moved
 * @returns {Record}
 */
function pointed(section, line, moved) {
  const own = { ...line };
  const letters = moved[section.each || section.id];
  if (letters && line.letter) own.letter = letters.get(line.letter) ?? line.letter;
  for (const field of section.fields) {
    const target = moved[field.of];
    if (!target || !isWritten(line[field.id])) continue;
    if (field.kind === "row") own[field.id] = target.get(line[field.id]) ?? line[field.id];
    if (field.kind === "rows") own[field.id] = line[field.id].map((/** @type {string} */ letter) => target.get(letter) ?? letter);
  }
  return own;
}
