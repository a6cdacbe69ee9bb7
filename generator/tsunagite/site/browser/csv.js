// Tables for spreadsheets: nothing in them is ever computed. As spreadsheets/csv_text.py.

/** What a spreadsheet takes for the beginning of a formula; a Japanese one takes the full-width signs as well. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

/** A text that no spreadsheet computes: an apostrophe keeps it text (OWASP, "CSV Injection"). @param {string} text */
export const asText = (text) => (FORMULA.test(text) ? `'${text}` : text);

/** One cell of a CSV file. @param {string} text */
export function cell(text) {
  const safe = asText(text);
  return /[",\r\n]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * A table as a spreadsheet of any language opens it: UTF-8 with a mark, lines of Windows.
 * @param {string[][]} rows
 */
export function csv(rows) {
  return `\u{feff}${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}
