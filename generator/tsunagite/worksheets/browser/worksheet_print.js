// The form of a worksheet as its sheet of paper: what is written so far, and empty rows to write on by hand. The sheet is built when
// printing begins (also with Ctrl+P), stands beside the form in the document, and is taken away afterwards.

import { element } from "../../site/browser/dom.js";

/** @typedef {{id: string, number: string, title: string, side: string, weight: number, is_table: boolean, fixed: boolean, keys: string[], titles: string[], widths: number[], lines: number[], rows: string[][], grid: {down: string, across: string, show: string, down_words: string[], across_words: string[]} | null}} PaperSection */
/** @typedef {{size: "a4" | "a3", turned: boolean, label: string, title: string, head: string[], tips: string[], notes: string[], sections: PaperSection[]}} Paper */
// A section is "fixed" where its lines are given (printed words, or the lines of another section): no row is added below them.
/** @typedef {{letter?: string, cells: {[key: string]: string}}} Line words of one line, by the keys of its fields */
/** @typedef {{title: string, head: string[], lines: {[section: string]: Line[]}}} Written what stands in the form, in words */

const MM = 96 / 25.4;
const SIZES = { a4: [210, 297], a3: [297, 420] };
const MARGIN = 10; // mm, as in @page (worksheet.css): office printers leave about 5 mm white
const LEAST_ROW = 9; // mm: a line written by hand
const MOST_ROW = 22; // mm: a higher row is no use

/** @param {keyof HTMLElementTagNameMap} tag @param {string} name @param {(Node | string)[]} [inside] */
const put = (tag, name, inside = []) => element(tag, { className: name }, ...inside);

/** @param {string[]} titles @param {number[]} widths */
function columns(titles, widths) {
  const all = widths.reduce((sum, wide) => sum + wide, 0);
  return element("colgroup", {}, ...titles.map((_, at) => {
    const column = document.createElement("col");
    column.style.width = `${(100 * widths[at]) / all}%`;
    return column;
  }));
}

/** @param {PaperSection} section @param {Line[]} lines @param {number} empty rows below what is written */
function table(section, lines, empty) {
  const blank = (/** @type {number} */ at) => section.rows[Math.min(at, section.rows.length - 1)] ?? [];
  const rows = lines.map((line, at) => section.keys.map((key, column) => (key === "letter" ? (line.letter ?? "") : line.cells[key] || quiet(blank(at)[column]))));
  for (let more = 0; more < empty; more += 1) {
    const given = blank(lines.length + more);
    rows.push(section.keys.map((key, column) => (key === "letter" ? (lines.length + more < section.rows.length ? given[column] : "") : quiet(given[column]))));
  }
  const cells = rows.map((row) => element("tr", {}, ...row.map((words) => element("td", {}, words))));
  const head = element("tr", {}, ...section.titles.map((title) => element("th", { scope: "col" }, title)));
  return element("table", {}, columns(section.titles, section.widths), element("thead", {}, head), element("tbody", {}, ...cells));
}

/** Words that are there to be circled. @param {string} [words] */
const quiet = (words) => (words ? put("span", "ts-wp-quiet", words.split("　").flatMap((word) => [put("span", "", [word]), "　"])) : "");

/** @param {PaperSection} section @param {Line | undefined} line */
function boxes(section, line) {
  const rows = section.keys.map((key, at) => {
    const cell = element("td", {}, line?.cells[key] || quiet(section.rows[0]?.[at]));
    cell.style.height = `calc(var(--wp-row) * ${section.lines[at]})`;
    return element("tr", {}, element("th", { scope: "row" }, section.titles[at]), cell);
  });
  return element("table", { className: "ts-wp-boxes" }, element("tbody", {}, ...rows));
}

/** The cells of a grid, each with its words or letters. @param {PaperSection} section @param {Line[]} lines */
function grid(section, lines) {
  const { down, across, show, down_words: rows, across_words: heads } = /** @type {NonNullable<PaperSection["grid"]>} */ (section.grid);
  const cell = (/** @type {string} */ row, /** @type {string} */ column) => {
    const found = lines.filter((line) => line.cells[down] === row && line.cells[across] === column);
    const words = found.map((line) => (show === "letter" ? (line.letter ?? "") : `${line.letter ? `${line.letter} ` : ""}${line.cells[show] ?? ""}`));
    return element("td", {}, ...(show === "letter" ? [words.join("　")] : [element("ul", {}, ...words.map((one) => element("li", {}, one)))]));
  };
  const head = element("tr", {}, element("td", {}), ...heads.map((word) => element("th", { scope: "col" }, word)));
  const body = rows.map((row) => element("tr", {}, element("th", { scope: "row" }, row), ...heads.map((column) => cell(row, column))));
  return element("table", { className: show === "letter" ? "ts-wp-marks" : "ts-wp-cells" }, element("thead", {}, head), element("tbody", {}, ...body));
}

/** @param {Paper} paper @param {PaperSection} section @param {Written} written @param {number} share of the empty rows of the blank sheet, 0-1 */
function part(paper, section, written, share) {
  const lines = written.lines[section.id] ?? [];
  const empty = Math.max(section.fixed ? 0 : 1, Math.round((section.rows.length - lines.length) * share));
  const title = element("h2", {}, ...(paper.sections.length > 1 ? [put("span", "ts-wp-number", [section.number])] : []), section.title);
  if (!section.is_table) return put("section", "ts-wp-part", [title, boxes(section, lines[0])]);
  if (!section.grid) return put("section", "ts-wp-part", [title, table(section, lines, empty)]);
  // What has no cell yet (no row or no column chosen) stays in sight below the cells.
  const placed = (/** @type {Line} */ line) => section.grid && line.cells[section.grid.down] && line.cells[section.grid.across];
  const rest = section.grid.show === "letter" ? lines : lines.filter((line) => !placed(line));
  const list = section.grid.show === "letter" || rest.length ? [table(section, rest, section.grid.show === "letter" ? empty : 0)] : [];
  return put("section", `ts-wp-part${section.grid.show === "letter" ? " ts-wp-part--marks" : ""}`, [title, grid(section, lines), ...list]);
}

/** @param {Paper} paper @param {Written} written @param {number} share */
function sheet(paper, written, share) {
  const sides = paper.sections.some((section) => section.side === "right") ? ["left", "right"] : [""];
  const columnsOf = sides.map((side) => put("div", "ts-wp-column", paper.sections.filter((section) => !side || section.side === side).map((section) => part(paper, section, written, share))));
  const head = element("dl", {}, ...paper.head.map((label, at) => element("div", {}, element("dt", {}, label), element("dd", {}, written.head[at] ?? ""))));
  return put("article", `ts-wp ts-wp--${paper.size}${paper.turned ? "-turned" : ""}`, [
    put("header", "ts-wp-head", [put("p", "ts-wp-label", [paper.label]), element("h1", {}, paper.title), ...(written.title ? [put("p", "ts-wp-title", [written.title])] : []), head]),
    put("div", `ts-wp-columns${sides.length > 1 ? " ts-wp-columns--two" : ""}`, columnsOf),
    put("footer", "ts-wp-foot", [[...paper.tips, ...paper.notes].join("　")]),
  ]);
}

/**
 * The sheet with as many empty rows, and rows as high, as one page holds; more than one page only where the words need it.
 * @param {Paper} paper
 * @param {Written} written
 * @returns {HTMLElement} already in the document
 */
export function place(paper, written) {
  const [short, long] = SIZES[paper.size];
  const [wide, high] = (paper.turned ? [long, short] : [short, long]).map((side) => side - 2 * MARGIN);
  document.querySelector(".ts-wp")?.remove();
  /** @type {HTMLElement} */
  let made = sheet(paper, written, 1);
  const fits = (/** @type {number} */ row) => {
    made.style.setProperty("--wp-row", `${row}mm`);
    return made.getBoundingClientRect().height <= (high - 1) * MM;
  };
  for (const share of [1, 0.75, 0.5, 0.25, 0]) {
    document.querySelector(".ts-wp")?.remove();
    made = sheet(paper, written, share);
    made.classList.add("ts-wp--measured");
    made.style.width = `${wide}mm`;
    document.body.append(made);
    if (fits(LEAST_ROW)) break;
  }
  let row = MOST_ROW;
  while (row > LEAST_ROW && !fits(row)) row -= 0.5;
  fits(row);
  made.classList.remove("ts-wp--measured");
  return made;
}
