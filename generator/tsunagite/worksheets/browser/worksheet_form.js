// The form of a worksheet: fills in on this device, without the network; keeps a draft, warns before personal details,
// writes the record as YAML and reads it back, and prints the sheet. Nothing is ever sent.

import { leftOut, wellFormed } from "./worksheet_draft.js";
import { dayOf, draftOf, newId } from "./worksheet_keep.js";
import { merge } from "./worksheet_merge.js";
import { place } from "./worksheet_print.js";
import { doubts, isEmpty, isSame, read, readAll, wordsIn, write } from "./worksheet_values.js";
import { NotRead, readYaml, sheetOf, writeYaml } from "./worksheet_yaml.js";

/** @typedef {{id: string, title: string, kind: string, of: string, required: boolean, printed?: string[]}} Field */
/** @typedef {{id: string, title: string, table: boolean, letters: string, each: string, rows: number, fields: Field[]}} Section */
/** @typedef {{rule: string, section: string, when: string[], equals: string, needs: string[], enough: string, says: string}} Rule */
/** @typedef {{id: string, taken: string[], person: boolean, stepper: boolean, paper: import("./worksheet_print.js").Paper, head: Field[], sections: Section[], rules: Rule[], patterns: string[], few: string[], words: {[key: string]: string}}} Sheet */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Control */
/** @typedef {{[key: string]: any}} Record */

const form = /** @type {HTMLFormElement} */ (document.querySelector(".ts-wf"));
const sheet = /** @type {Sheet} */ (JSON.parse(document.querySelector("#worksheet")?.textContent ?? "{}"));
const draft = draftOf(sheet.id, sheet.person, {
  get visit() {
    return sessionStorage; // reading it throws where the browser forbids to keep anything
  },
  get device() {
    return localStorage;
  },
  today: dayOf(new Date()),
});
const personal = sheet.patterns.map((pattern) => new RegExp(pattern, "u"));
const few = sheet.few.map((pattern) => new RegExp(pattern, "u"));
const parts = /** @type {HTMLFieldSetElement[]} */ ([...form.querySelectorAll(".ts-wf-part")]);
/** What an imported record holds and this form does not show: it goes back into the file. @type {Record} */
let beside = {};
let step = 0;

/** @param {string} key @param {{[key: string]: string | number}} [values] */
const say = (key, values = {}) => Object.entries(values).reduce((text, [name, value]) => text.replaceAll(`{${name}}`, String(value)), sheet.words[key]);
/** @template {Element} T @param {ParentNode} where @param {string} what @returns {T} */
const find = (where, what) => /** @type {T} */ (where.querySelector(what));
/** @param {string} id */
const partOf = (id) => /** @type {HTMLFieldSetElement} */ (form.querySelector(`[data-part="${id}"]`));
/** @param {Element} part */
const linesIn = (part) => /** @type {HTMLElement[]} */ ([...part.querySelectorAll(".ts-wf-line")]);

// ---- Lines of tables

/** @param {Section} section @param {number} index */
function letterOf(section, index) {
  return section.letters === "1" ? String(index + 1) : String.fromCharCode(section.letters.charCodeAt(0) + index);
}

/**
 * @param {Section} section
 * @param {string} [letter]
 * @returns {HTMLElement}
 */
function addLine(section, letter) {
  const part = partOf(section.id);
  const line = /** @type {HTMLElement} */ (find(/** @type {HTMLTemplateElement} */ (find(part, "template")).content, ".ts-wf-line").cloneNode(true));
  const taken = new Set(linesIn(part).map((one) => one.dataset.letter));
  let next = letter ?? "";
  for (let index = 0; section.letters && !next; index += 1) if (!taken.has(letterOf(section, index))) next = letterOf(section, index);
  line.dataset.letter = next;
  for (const shown of line.querySelectorAll(".ts-wf-letter")) shown.textContent = next;
  find(part, ".ts-wf-lines").append(line);
  number(section);
  return line;
}

/** Number the lines without letters, for those who listen. @param {Section} section */
function number(section) {
  linesIn(partOf(section.id)).forEach((line, at) => {
    const name = line.dataset.letter || String(at + 1);
    line.setAttribute("aria-label", say("line", { name }));
    if (!line.dataset.letter) for (const shown of line.querySelectorAll(".ts-wf-letter")) shown.textContent = name;
  });
}

/** Give tables about other tables their lines, and choices of lines their letters. */
function followLetters() {
  countCells();
  /** @type {{[id: string]: string[]}} */
  const letters = {};
  for (const section of sheet.sections) if (section.letters || section.each) letters[section.id] = linesOf(section).map((line) => line.letter);
  for (const section of sheet.sections.filter((one) => one.each)) {
    const part = partOf(section.id);
    const source = letters[section.each].length ? letters[section.each] : [];
    for (const letter of source) if (!linesIn(part).some((line) => line.dataset.letter === letter)) addLine(section, letter);
    for (const line of linesIn(part)) line.hidden = !source.includes(line.dataset.letter ?? "");
    find(part, ".ts-wf-none").toggleAttribute("hidden", source.length > 0);
  }
  for (const section of sheet.sections) {
    for (const field of section.fields.filter((one) => one.kind === "row")) {
      for (const select of /** @type {NodeListOf<HTMLSelectElement>} */ (partOf(section.id).querySelectorAll(`[data-key="${field.id}"]`))) {
        for (const letter of letters[field.of] ?? []) if (![...select.options].some((option) => option.value === letter)) select.append(new Option(letter, letter));
      }
    }
  }
}

/** @param {Section} section @returns {Record[]} the lines in which something stands */
function linesOf(section) {
  return linesIn(partOf(section.id))
    .filter((line) => !line.hidden || !section.each)
    .map((line) => ({ ...(line.dataset.letter ? { letter: line.dataset.letter } : {}), ...readAll(line, section.fields) }))
    .filter((line) => Object.entries(line).some(([key, value]) => key !== "letter" && !section.fields.some((field) => field.id === key && field.printed?.includes(value))));
}

// ---- The record

/** @returns {Record} what is written, in the order of the file; without an id until it was written into a file once */
function collect() {
  const head = readAll(partOf("head"), sheet.head);
  /** @type {Record} */
  const record = { ...(beside.id ? { id: beside.id } : {}), ...head };
  for (const [key, value] of Object.entries(beside)) if (!(key in record)) record[key] = value;
  for (const section of sheet.sections) {
    const lines = section.table ? linesOf(section) : readAll(partOf(section.id), section.fields);
    if (Object.keys(lines).length) record[section.id] = lines;
  }
  return record;
}

/** @param {Record} record */
function fill(record) {
  const shown = new Set([...sheet.head.map((field) => field.id), ...sheet.sections.map((section) => section.id)]);
  beside = Object.fromEntries(Object.entries(record).filter(([key]) => !shown.has(key)));
  for (const field of sheet.head) write(partOf("head"), field, record[field.id]);
  for (const section of sheet.sections) {
    const part = partOf(section.id);
    if (!section.table) {
      for (const field of section.fields) write(part, field, record[section.id]?.[field.id]);
      continue;
    }
    for (const line of linesIn(part)) line.remove();
    const lines = Array.isArray(record[section.id]) ? record[section.id] : [];
    for (const data of lines) {
      const line = addLine(section, data.letter);
      for (const field of section.fields) write(line, field, data[field.id]);
    }
    // What paper has printed stands in a new form too.
    const printed = lines.length ? 0 : Math.max(0, ...section.fields.map((field) => field.printed?.length ?? 0));
    for (let at = 0; at < printed; at += 1) {
      const line = addLine(section);
      for (const field of section.fields) if (field.printed?.[at]) write(line, field, field.printed[at]);
    }
    if (!section.each && !printed) for (let more = lines.length; more < Math.min(section.rows, Math.max(1, lines.length)); more += 1) addLine(section);
  }
  followLetters();
  for (const control of controls()) warn(control);
}

const controls = () => /** @type {Control[]} */ ([...form.querySelectorAll("input[data-key], textarea[data-key], select[data-key]")]);

// ---- Warnings

/** @param {Control} control @returns {boolean} whether something in it tells whose case it is */
function warn(control) {
  const text = control instanceof HTMLSelectElement || ["checkbox", "date"].includes(control.type) ? "" : control.value.normalize("NFKC").trim();
  const found = personal.map((pattern) => pattern.exec(text)?.[0]).find(Boolean);
  const fewOfWhom = few.length ? text.split(/[。\n]/u).find((sentence) => few.every((pattern) => pattern.test(sentence))) : "";
  const label = /** @type {HTMLElement} */ (control.closest(".ts-wf-field"));
  let note = label.querySelector(".ts-wf-warning");
  if ((found || fewOfWhom) && !note) {
    note = document.createElement("span");
    note.className = "ts-wf-warning";
    note.setAttribute("role", "alert");
    label.append(note);
  }
  if (note) note.textContent = found ? say("personal", { written: found }) : fewOfWhom ? say("few", { written: fewOfWhom.trim() }) : "";
  control.toggleAttribute("aria-invalid", Boolean(found));
  return Boolean(found);
}

// ---- The draft

/** @param {string} text */
const status = (text) => (find(form, ".ts-wf-status").textContent = text);

let waiting = 0;
/** Whether something was written that lies on this device only as long as the tab is open, and was not printed. */
let unsafe = false;
/** Whether something was written since the draft was kept or opened: a form that is opened and left makes no draft. */
let changed = false;

function keepDraft() {
  changed = true;
  clearTimeout(waiting);
  waiting = window.setTimeout(saveNow, 300);
}

/** @returns {import("./worksheet_keep.js").HowLong} how long the reader of a sheet about one person wants the draft */
const howLong = () => /** @type {any} */ (form.querySelector("[name=keep]:checked"))?.value ?? "deleted";

function saveNow() {
  clearTimeout(waiting);
  waiting = 0;
  if (!changed) return;
  try {
    const record = collect();
    const theirs = draft.foreign();
    if (theirs && !isSame(theirs, record)) {
      draft.other.write(theirs, howLong());
      tellOfOther("two_windows");
    }
    draft.write(record, howLong());
    changed = false;
    status(say(sheet.person ? `kept_${howLong()}` : "kept"));
  } catch {
    status(say("not_kept"));
  }
}

/** @returns {Record | null} */
function keptDraft() {
  try {
    const { record, long } = draft.read();
    const chosen = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name=keep][value=${long}]`));
    if (chosen) chosen.checked = true;
    return wellFormed(record, sheet);
  } catch {
    return null;
  }
}

/** Says why there are two drafts, with the way to the other one. @param {string} why key of the words @param {{[key: string]: string}} [values] */
function tellOfOther(why, values = {}) {
  find(form, ".ts-wf-other").toggleAttribute("hidden", false);
  find(form, ".ts-wf-other span").textContent = say(why, values);
}

/** Another window kept a newer draft: it is shown here too, unless something is being written here. @param {StorageEvent} event */
function follow(event) {
  if (event.key !== draft.key || changed) return;
  const before = collect();
  const theirs = keptDraft() ?? {};
  if (isSame(theirs, before)) return;
  fill(theirs);
  changed = false;
  const other = draft.other.read();
  if (other && isSame(wellFormed(other, sheet) ?? {}, before)) tellOfOther("two_windows");
  else status(say("followed"));
}

// ---- The sheet of paper

function showPaper() {
  const head = partOf("head");
  const words = Object.fromEntries(sheet.head.map((field) => [field.id, wordsIn(head, field)]));
  /** @type {{[section: string]: import("./worksheet_print.js").Line[]}} */
  const lines = {};
  for (const section of sheet.sections) {
    const wheres = section.table ? linesIn(partOf(section.id)).filter((line) => !line.hidden) : [partOf(section.id)];
    const all = wheres.map((where) => ({ letter: /** @type {HTMLElement} */ (where).dataset.letter ?? "", cells: Object.fromEntries(section.fields.map((field) => [field.id, wordsIn(where, field)])) }));
    const last = all.findLastIndex((line) => Object.values(line.cells).some(Boolean));
    lines[section.id] = section.table ? all.slice(0, section.each ? all.length : last + 1) : all;
  }
  place(sheet.paper, { title: words.title ?? "", head: sheet.person ? [] : [words.made_on, [words.area, words.place].filter(Boolean).join("　"), words.made_by, words.next_review], lines });
  unsafe = false;
}

// ---- Steps

/** @param {number} to @param {boolean} [look] */
function show(to, look = true) {
  if (!sheet.stepper) return;
  step = Math.max(0, Math.min(to, parts.length - 1));
  history.replaceState({ ...history.state, step }, ""); // who comes back is where they were
  parts.forEach((part, at) => part.classList.toggle("ts-wf-part--away", at !== step));
  followLetters();
  tellProgress();
  find(form, ".ts-wf-where").textContent = say("where", { now: step + 1, all: parts.length });
  /** @type {HTMLButtonElement} */ (find(form, "[data-do=back]")).disabled = step === 0;
  /** @type {HTMLButtonElement} */ (find(form, "[data-do=next]")).disabled = step === parts.length - 1;
  if (step === parts.length - 1) tellDoubts();
  if (look) {
    find(parts[step], "legend").scrollIntoView({ block: "start" });
    /** @type {HTMLElement} */ (find(parts[step], "legend")).focus({ preventScroll: true });
  }
}

/** How far the reader is: a bar, and on wide screens all steps by name. The names are buttons that lead there. */
function tellProgress() {
  const bar = /** @type {HTMLProgressElement} */ (find(form, ".ts-wf-progress progress"));
  [bar.max, bar.value] = [parts.length, step + 1];
  const steps = find(form, ".ts-wf-steps");
  if (!steps.children.length) {
    for (const [at, part] of parts.entries()) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: find(part, "legend").textContent });
      button.addEventListener("click", () => show(at));
      steps.append(document.createElement("li"));
      steps.lastElementChild?.append(button);
    }
  }
  [...steps.querySelectorAll("button")].forEach((button, at) => {
    if (at === step) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  });
}

function tellDoubts() {
  const list = find(form, ".ts-wf-doubts");
  const said = doubts(collect(), sheet, say);
  list.replaceChildren(...said.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  find(form, ".ts-wf-ask").toggleAttribute("hidden", !said.length);
}

// ---- Buttons

let asked = false;
function exportYaml() {
  tellDoubts();
  const telling = controls().filter(warn);
  if (telling.length && !asked) {
    asked = true;
    status(say("personal_left", { count: telling.length }));
    telling[0].focus();
    return;
  }
  asked = false;
  const record = collect();
  record.id ??= newId(sheet, record, () => localStorage);
  beside.id = record.id; // written again, it is the same sheet
  changed = true;
  saveNow();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([writeYaml({ id: record.id, ...record }, sheet.id)], { type: "text/yaml" }));
  link.download = `${record.id}.yml`;
  link.click();
  URL.revokeObjectURL(link.href);
  status(say("exported", { file: link.download, folder: `resources/worksheets/${sheet.id}/` }));
}

/**
 * Read a file that a form wrote. Throws NotRead, or Error where it is no file of this sheet.
 * @param {File} file
 * @returns {Promise<{found: Record, record: Record}>} as it stands there, and as the form can hold it
 */
async function recordIn(file) {
  const text = await file.text();
  const named = sheetOf(text);
  if (named && named !== sheet.id) throw new Error("other");
  const record = readYaml(text);
  if (!("title" in record || "made_on" in record || sheet.sections.some((section) => section.id in record))) throw new Error("other");
  return { found: record, record: wellFormed(record, sheet) ?? {} };
}

/** Tells what a file says and the form cannot hold, and keeps it in the memo. @param {Record} found @param {string} name of the file @returns {string[]} */
function keepLeftOut(found, name) {
  const out = leftOut(found, collect(), sheet);
  if (out.length) beside.memo = [beside.memo, `${name} から：`, ...out].filter(Boolean).join("\n");
  return out.map((words) => say("not_taken", { words }));
}

/** @param {string[]} told under the buttons, one after the other */
function tell(told) {
  const list = find(form, ".ts-wf-merged");
  list.replaceChildren(...told.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  list.toggleAttribute("hidden", !told.length);
}

/** @param {unknown} problem @param {File} file */
const unread = (problem, file) => (problem instanceof NotRead ? say("not_read", { file: file.name, line: problem.line }) : say("other_sheet", { file: file.name }));

/** @param {File} file */
async function importYaml(file) {
  try {
    const { found, record } = await recordIn(file);
    const before = collect();
    const isOver = !isEmpty(before) && !isSame(before, record);
    if (isOver && !window.confirm(say("over", { file: file.name }))) return;
    if (isOver) putAside(before);
    fill(record);
    tell(keepLeftOut(found, file.name));
    changed = true;
    saveNow();
    if (isOver) tellOfOther("opened_over", { file: file.name });
    status(say("imported", { file: file.name }));
  } catch (problem) {
    status(unread(problem, file));
  }
}

/** Keeps a record beside the draft; where the device keeps nothing, on this page. @param {Record} record */
function putAside(record) {
  aside = record;
  try {
    draft.other.write(record, howLong());
  } catch {
    // saveNow says that nothing is kept here
  }
}
/** @type {Record | null} */
let aside = null;

/** Put files of other devices into what is written here, one after the other; tell of each what came and what was there already. @param {File[]} files */
async function addFiles(files) {
  const told = [];
  for (const file of files) {
    try {
      const { found, record: theirs } = await recordIn(file);
      const { record, added, doubles, left } = merge(collect(), theirs, sheet, file.name);
      fill(record);
      told.push(say("merged", { file: file.name, added, doubles: doubles.length }));
      told.push(...doubles.map((one) => say(one.same ? "double" : "double_near", { section: one.section, line: one.line, words: one.words })));
      if (left.length) told.push(say("merged_left", { count: left.length }));
      told.push(...keepLeftOut(found, file.name));
    } catch (problem) {
      told.push(unread(problem, file));
    }
  }
  changed = true;
  saveNow();
  tell(told);
  status(say("merged_all", { count: files.length }));
}

/** @type {{line: HTMLElement, before: Element | null, part: Element} | null} */
let removed = null;

/** Whose button has gone goes on at the first thing to fill in there, or at the head of the part. @param {Element} where */
function focusOn(where) {
  const line = where.matches(".ts-wf-line") ? where.querySelector("input, textarea, select") : find(where, "legend");
  /** @type {HTMLElement | null} */ (line)?.focus();
}

/** @type {{[what: string]: (button: HTMLElement) => void}} */
const doing = {
  back: () => show(step - 1),
  next: () => show(step + 1),
  add: (button) => {
    const section = sheet.sections.find((one) => one.id === /** @type {HTMLElement} */ (button.closest(".ts-wf-part")).dataset.part);
    if (section) /** @type {HTMLElement} */ (addLine(section).querySelector("input, textarea, select"))?.focus();
  },
  cell: (button) => {
    const part = /** @type {HTMLElement} */ (button.closest(".ts-wf-part"));
    const section = sheet.sections.find((one) => one.id === part.dataset.part);
    const grid = sheet.paper.sections.find((one) => one.id === part.dataset.part)?.grid;
    if (!section || !grid) return;
    const line = linesIn(part).find((one) => !section.fields.some((field) => read(one, field) !== undefined)) ?? addLine(section);
    for (const [key, word] of [[grid.down, button.dataset.down], [grid.across, button.dataset.across]]) write(line, /** @type {Field} */ (section.fields.find((field) => field.id === key)), word);
    afterChange();
    /** @type {HTMLElement | null} */ (line.querySelector(`[data-key="${grid.show}"]`))?.focus();
  },
  remove: (button) => {
    const line = /** @type {HTMLElement} */ (button.closest(".ts-wf-line"));
    const part = /** @type {HTMLElement} */ (line.closest(".ts-wf-part"));
    const next = line.nextElementSibling ?? line.previousElementSibling;
    removed = { line, before: line.nextElementSibling, part };
    line.remove();
    focusOn(next ?? part);
    status(say("removed"));
    find(form, "[data-do=restore]").toggleAttribute("hidden", false);
    afterChange();
  },
  restore: (button) => {
    if (removed) {
      find(removed.part, ".ts-wf-lines").insertBefore(removed.line, removed.before);
      focusOn(removed.line);
    }
    removed = null;
    button.hidden = true;
    status("");
    afterChange();
  },
  swap: () => {
    const now = collect();
    fill(wellFormed(aside ?? draft.other.read(), sheet) ?? {});
    putAside(now);
    changed = true;
    saveNow();
    tellOfOther("swapped");
  },
  forget: () => {
    aside = null;
    draft.other.clear();
    find(form, ".ts-wf-other").toggleAttribute("hidden", true);
    status(say("forgotten"));
    focusOn(parts[sheet.stepper ? step : 0]);
  },
  export: exportYaml,
  print: () => window.print(),
  clear: () => {
    if (!window.confirm(say("sure"))) return;
    clearTimeout(waiting);
    waiting = 0;
    draft.clear();
    aside = removed = null;
    fill({});
    unsafe = changed = false;
    for (const part of [".ts-wf-other", "[data-do=restore]"]) find(form, part).toggleAttribute("hidden", true);
    status(say("cleared"));
    show(0);
  },
};

/** Say at each cell how many lines stand in it, and at each line in which cell it stands. */
function countCells() {
  for (const { id, grid } of sheet.paper.sections) {
    if (!grid || grid.show === "letter") continue;
    const lines = linesIn(partOf(id)).map((line) => {
      const [down, across] = [grid.down, grid.across].map((key) => /** @type {Control} */ (find(line, `[data-key="${key}"]`)).value);
      find(line, ".ts-wf-letter").textContent = [line.dataset.letter, [down, across].filter(Boolean).join("・")].filter(Boolean).join(" ");
      return `${down}\n${across}`;
    });
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (partOf(id).querySelectorAll("[data-do=cell]"))) {
      const count = lines.filter((line) => line === `${button.dataset.down}\n${button.dataset.across}`).length;
      find(button, "span").textContent = count ? String(count) : "";
    }
  }
}

function afterChange() {
  for (const section of sheet.sections) if (section.table) number(section);
  followLetters();
  unsafe = sheet.person;
  keepDraft();
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-do]"));
  if (button) doing[button.dataset.do ?? ""](button);
});
form.addEventListener("input", (event) => {
  const control = /** @type {Control} */ (event.target);
  asked = false;
  if (control.dataset.key) warn(control);
  unsafe = sheet.person;
  keepDraft();
});
form.addEventListener("change", (event) => {
  const control = /** @type {HTMLInputElement} */ (event.target);
  if (control.type === "file" && control.files?.length) {
    const files = [...control.files];
    void (control.multiple ? addFiles(files) : importYaml(files[0])).then(() => (control.value = ""));
  }
  else followLetters();
});
window.addEventListener("pagehide", saveNow);
window.addEventListener("storage", follow);
window.addEventListener("beforeprint", showPaper);
window.addEventListener("afterprint", () => document.querySelector(".ts-wp")?.remove());
window.addEventListener("beforeunload", (event) => {
  if (unsafe && howLong() === "visit") event.preventDefault();
});

const kept = keptDraft();
fill(kept ?? {});
form.hidden = false;
if (kept) status(say("found"));
if (!draft.works) status(say("not_kept"));
try {
  if (draft.other.read()) tellOfOther("other");
} catch {
  // A browser that forbids to keep anything has no other draft.
}
show(history.state?.step ?? 0, false);
