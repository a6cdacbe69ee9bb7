// What leaves a list: a link, the text for a care plan, a table, contacts. Pure; list_page.js hands it over.

import { asText, csv } from "../../site/browser/csv.js";
import { isId } from "../../offline/browser/record_data.js";

/** @typedef {import("../../offline/browser/record_data.js").RecordData} RecordData */
/** @typedef {{id: string, note: string, record: RecordData | undefined, name: string}} Entry `record` is undefined where there is none any more */

const MOST_SHARED = 100;

/**
 * The address of a shared list. Only ids travel, after the "#", which browsers keep to themselves: no server sees them.
 * @param {string} root
 * @param {string[]} ids
 */
export function linkOf(root, ids) {
  return `${root}list/#r=${ids.join(".")}`;
}

/**
 * The ids in a shared address, each once; what cannot be an id is left out.
 * @param {string} fragment e.g. "#r=sakura-taiso.library-1"
 */
export function idsOf(fragment) {
  const written = /^#r=([a-z0-9.-]*)/.exec(fragment)?.[1] ?? "";
  return [...new Set(written.split(".").filter(isId))].slice(0, MOST_SHARED);
}

/** @param {RecordData} record */
export function phoneOf(record) {
  return record.phones?.find(([, , , , fax]) => !fax);
}

/** @param {RecordData} record */
export function faxOf(record) {
  return record.phones?.find(([, , , , fax]) => fax);
}

/**
 * A fact of a record by its word (費用, 対象, 予約 ...), or "".
 * @param {RecordData} record
 * @param {string} label
 */
export function fact(record, label) {
  return record.facts?.find(([name]) => name === label)?.[1] ?? "";
}

/** @param {RecordData} record */
export function hoursText(record) {
  const rows = (record.hours ?? []).map(([days, span, label]) => `${label ? `${label} ` : ""}${days} ${span}`);
  return [...rows, ...(record.hours_notes ?? [])].join("、");
}

/** What the service consists of, in the record's own words. @param {RecordData} record */
function content(record) {
  return record.sentence || record.services?.join("・") || record.kind;
}

/**
 * Columns of 居宅サービス計画書（2）第2表, 援助内容: content, kind, who provides it, how often. How often somebody goes is
 * theirs to say, so it is filled in only where there is a meeting at fixed times.
 */
export const PLAN_COLUMNS = ["サービス内容", "サービス種別", "提供者", "頻度"];

/**
 * @param {Entry[]} entries
 * @returns {string[][]} a row for each record that can be used
 */
export function planRows(entries) {
  return entries.flatMap(({ note, record }) => {
    if (!record || record.ended || record.idea) return [];
    const levels = record.levels?.length ? `（${record.levels.join("・")}）` : "";
    const phone = phoneOf(record)?.[0];
    const often = record.often || (record.hours?.length ? `　回／週（${hoursText(record)}）` : "　回／週");
    return [[note ? `${content(record)}（${note}）` : content(record), record.kind + levels, phone ? `${record.name}（電話 ${phone}）` : record.name, often]];
  });
}

/**
 * The text to paste: spreadsheets and most care software split it at the tabs.
 * @param {Entry[]} entries
 */
export function planText(entries) {
  return [PLAN_COLUMNS, ...planRows(entries)].map((row) => row.map((cell) => asText(cell.replace(/[\t\r\n]+/g, " "))).join("\t")).join("\n");
}

const TABLE = ["ID", "名前", "ふりがな", "種類", "電話", "FAX", "住所", "時間", "費用", "対象", "説明", "メモ", "確認", "ページ"];

/**
 * A table (CSV, UTF-8 with a byte-order mark, for the spreadsheets of offices).
 * @param {Entry[]} entries
 * @param {string} root public address of the site
 */
export function table(entries, root) {
  const rows = entries.map(({ id, note, name, record }) =>
    record
      ? [id, record.name, record.reading ?? "", record.kind, phoneOf(record)?.[0] ?? "", faxOf(record)?.[0] ?? "", record.address ?? record.place ?? "", hoursText(record),
        fact(record, "費用"), fact(record, "対象"), record.ended || record.idea || record.sentence || "", note, record.verified[0], `${root}r/${id}/`]
      : [id, name, "", "", "", "", "", "", "", "", "いまはのっていません", note, "", ""],
  );
  return csv([TABLE, ...rows]);
}

/** Folds and escapes one line as RFC 6350 wants it: at most 75 octets, "," ";" "\" and line ends escaped, no other control characters. @param {string} name @param {string} value */
function line(name, value) {
  const escaped = value.replace(/[\\,;]/g, "\\$&").replace(/\r\n?|[\n\u0085\u2028\u2029]/g, "\\n").replace(/\p{Cc}/gu, "");
  const lines = [];
  let now = `${name}:`;
  let size = now.length;
  for (const character of escaped) {
    const octets = new TextEncoder().encode(character).length;
    if (size + octets > 75) {
      lines.push(now);
      [now, size] = [" ", 1];
    }
    now += character;
    size += octets;
  }
  return [...lines, now].join("\r\n");
}

/**
 * Contacts for the telephone's address book (vCard 3.0, which every telephone reads).
 * @param {Entry[]} entries
 * @param {string} root
 */
export function contacts(entries, root) {
  const cards = entries.flatMap(({ id, record }) => {
    if (!record || record.ended || record.idea) return [];
    const phones = (record.phones ?? []).map(([number, href, , , fax]) => line(fax ? "TEL;TYPE=WORK,FAX" : "TEL;TYPE=WORK,VOICE", href ? href.replace("tel:", "") : number));
    return [
      "BEGIN:VCARD", "VERSION:3.0", line("UID", `${root}r/${id}/`), line("FN", record.name), `N:${line("", record.name).slice(1)};;;;`, line("ORG", record.organization || record.name),
      ...(record.reading ? [line("X-PHONETIC-LAST-NAME", record.reading)] : []), ...phones,
      ...(record.address ? [`ADR;TYPE=WORK:;;${line("", record.address).slice(1)};;;;`] : []),
      line("URL", `${root}r/${id}/`), line("NOTE", [record.kind, hoursText(record), record.verified[0]].filter(Boolean).join("\n")), "END:VCARD",
    ];
  });
  return cards.length ? `${cards.join("\r\n")}\r\n` : "";
}
