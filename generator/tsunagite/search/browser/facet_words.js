// The facets and their values in words.

import { dayAndTime } from "./chosen.js";

/** @typedef {import("./facet_columns.js").Facets} Facets */

/** @type {Record<string, string>} */
export const TITLES = {
  open: "開いている時間", need: "困りごと", kind: "種類", level: "助け合いのかたち", area: "地区", age: "年齢", care: "介護の認定", situation: "あてはまること",
  fee: "費用", access: "入りやすさ・設備", way: "受け方", language: "使えることば", booking: "予約・紹介", walk: "歩く時間", verified: "確認した日", organization: "団体",
};
export const BOOKING = /** @type {[string, string][]} */ ([["no_booking", "予約がいらない"], ["no_referral", "紹介がいらない"]]);
export const VERIFIED = /** @type {[string, string][]} */ ([["6m", "半年のうち"], ["1y", "1年のうち"], ["2y", "2年のうち"]]);
export const WALKS = /** @type {[string, string][]} */ ([["10", "歩いて10分まで"], ["20", "歩いて20分まで"], ["30", "歩いて30分まで"]]);

/** @param {string} when "now", "sat", "sat-10:00" */
export function whenWords(when) {
  if (when === "now") return "いま開いている";
  const asked = dayAndTime(when);
  if (!asked) return when;
  const time = when.split("-")[1];
  return `${asked.day === "祝" ? "祝日" : `${asked.day}曜`}${time ? `${Number(time.slice(0, 2))}:${time.slice(3)}` : ""}に開いている`;
}

/**
 * A chosen value in words.
 * @param {Facets} facets
 * @param {string} name
 * @param {string} value
 */
export function valueWords(facets, name, value) {
  if (name === "open") return whenWords(value);
  if (name === "age") return `${value}歳の人`;
  if (name === "walk") return WALKS.find(([id]) => id === value)?.[1] ?? value;
  if (name === "verified") return `${VERIFIED.find(([id]) => id === value)?.[1] ?? value}に確認`;
  if (name === "booking") return BOOKING.find(([id]) => id === value)?.[1] ?? value;
  const label = (/** @type {string} */ id) => facets.values[name]?.find((one) => one[0] === id)?.[1];
  if (name !== "area") return label(value) ?? value;
  const [, id, way] = /^(.*)-(in|for)$/u.exec(value) ?? [];
  const plain = label(value);
  return plain ?? (label(id) ? `${label(id)}${way === "in" ? "にある" : "の人が使える"}` : value);
}
