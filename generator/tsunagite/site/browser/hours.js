// Is it open at this moment, and if not, when next? Decided on the clock of Japan; what is not known stays unknown.

/**
 * One written span. `days` holds 月火水木金土日 and 祝; a closing time at or before the opening lies on the next day.
 * @typedef {{days: string, open: string, close: string, nth?: number[], from?: string, to?: string}} Span
 */
/**
 * When a resource is open. `holidays`: true = closed on national holidays, false = open as on other days, null = not
 * known. `yearEnd`: "12-29/01-03" or "". `note`: a written note may say otherwise. What is empty is left out of pages.
 * `doubt`: days that the note excepts: "any", "shift", "month-end", "last-week", "MM-DD/MM-DD" (text/doubt_days.py).
 * `trusted`: the last day on which the hours may be relied on: nobody has checked them for so long.
 * `pause`: the first and the last day of a time in which nobody can come; one that is not known is left out.
 * @typedef {{spans: Span[], holidays?: boolean | null, yearEnd?: string, note?: boolean, appointment?: boolean, doubt?: string[], pause?: {from?: string, to?: string}, trusted?: string}} Opening
 */
/**
 * A stretch of time in minutes since midnight of 1970-01-01 on the wall clock of Japan.
 * @typedef {{start: number, end: number}} Stretch
 */
/**
 * `unsure` says why today cannot be told. `next` leaves out days that cannot be told; `skipped` is the first of them.
 * `paused`: today lies in a pause; it is closed.
 * @typedef {{state: "open" | "closed" | "unsure", paused?: boolean, until?: number, next?: Stretch, unsure?: "holiday" | "year_end" | "note" | "overdue", skipped?: number}} Found
 */

const MINUTES = 1440;
const NAMES = "日月火水木金土"; // 1970-01-01 was a Thursday
const AHEAD = 70; // a monthly meeting on the fifth weekday may be ten weeks away
/** Days on which offices usually close, whatever their weekly hours say (行政機関の休日に関する法律 第1条: 12/29-1/3). */
const USUAL_YEAR_END = "12-29/01-03";

/**
 * The wall clock of Japan, which has no summer time, as minutes since 1970-01-01 00:00 there.
 * @param {Date} moment
 */
export function inJapan(moment) {
  return Math.floor(moment.getTime() / 60_000) + 9 * 60;
}

/** @param {number} day days since 1970-01-01 */
export function isoDay(day) {
  return new Date(day * MINUTES * 60_000).toISOString().slice(0, 10);
}

/** @param {number} day days since 1970-01-01 */
export function weekday(day) {
  return NAMES[(day + 4) % 7];
}

/** @param {number} day days since 1970-01-01 */
export function dateWords(day) {
  const [, month, ofMonth] = isoDay(day).split("-").map(Number);
  return `${month}月${ofMonth}日（${weekday(day)}）`;
}

/** @param {string} time "HH:MM" */
export function minutes(time) {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/**
 * @param {string} iso
 * @param {string | undefined} period "MM-DD/MM-DD", which may run over New Year
 */
function within(iso, period) {
  if (!period) return false;
  const [first, last] = period.split("/");
  const day = iso.slice(5);
  return first <= last ? first <= day && day <= last : day >= first || day <= last;
}

/**
 * Whether a day ("2026-12-01") lies in a pause.
 * @param {Opening} opening
 * @param {string} iso
 */
function inPause({ pause }, iso) {
  return pause !== undefined && (!pause.from || pause.from <= iso) && (!pause.to || iso <= pause.to);
}

/**
 * Whether nobody has checked the hours for so long that nothing may be said by them.
 * @param {Opening} opening
 * @param {number} today days since 1970-01-01
 */
function isOverdue({ trusted }, today) {
  return trusted !== undefined && isoDay(today) > trusted;
}

/**
 * National holidays as a site knows them: the days, until which day they are known, and the day of its newest data.
 * @typedef {{from?: string, until: string, days: string[]}} Holidays
 */

/**
 * Whether the clock of the device says a day before that of the newest data: then it is wrong, and no hours can be told by it.
 * @param {Holidays} table
 * @param {Date} moment
 */
export function isBeforeData({ from }, moment) {
  return from !== undefined && isoDay(Math.floor(inJapan(moment) / MINUTES)) < from;
}

/**
 * The holidays; null where nothing may be said of the day: the site was built too long ago to know them, or the clock is wrong.
 * @param {Holidays} table
 * @param {Date} moment
 */
export function holidaysAt(table, moment) {
  return isBeforeData(table, moment) || isoDay(Math.floor(inJapan(moment) / MINUTES)) > table.until ? null : new Set(table.days);
}

/** A badge of a record; one that goes by itself has its last day beside it, and what takes its place. @typedef {string | [text: string, until: string, then?: string]} Badge */

/**
 * The words of the badges that still hold at a moment.
 * @param {Badge[] | undefined} badges
 * @param {Date} moment
 */
export function badgesAt(badges, moment) {
  const today = isoDay(Math.floor(inJapan(moment) / MINUTES));
  return (badges ?? []).flatMap((badge) => (typeof badge === "string" ? [badge] : today <= badge[1] ? [badge[0]] : badge[2] ? [badge[2]] : []));
}

/**
 * The badges that still hold at a moment, each with a blank before it. The month of a check that still counts is quiet: nobody has to act.
 * @param {Badge[] | undefined} badges
 * @param {Date} moment
 */
export function badgeNodes(badges, moment) {
  return (badges ?? []).flatMap((badge) =>
    badgesAt([badge], moment).flatMap((words) => {
      const made = document.createElement("span");
      made.className = typeof badge !== "string" && badge[2] && words === badge[0] ? "ts-badge ts-badge--checked" : "ts-badge";
      made.textContent = words;
      return [" ", made];
    }),
  );
}

/**
 * The stretches that begin on a day, or why they cannot be told.
 * @param {Opening} opening
 * @param {number} day
 * @param {Set<string>} holidays
 * @returns {Stretch[] | "holiday" | "year_end" | "note"}
 */
export function stretches(opening, day, holidays) {
  const iso = isoDay(day);
  if (inPause(opening, iso) || within(iso, opening.yearEnd)) return [];
  const inSeason = opening.spans.filter((span) => (!span.from || span.from <= iso) && (!span.to || iso <= span.to));
  const name = weekday(day);
  const which = Math.ceil(Number(iso.slice(8)) / 7);
  const usual = inSeason.filter((span) => span.days.includes(name) && (!span.nth?.length || span.nth.includes(which)));
  /** @type {Span[]} */
  let today = usual;
  if (holidays.has(iso)) {
    const onHolidays = inSeason.filter((span) => span.days.includes("祝"));
    if (opening.holidays === true) return [];
    if (onHolidays.length) today = onHolidays;
    else if ((opening.holidays ?? null) === null && usual.some((span) => !everyDay(span))) return "holiday";
  }
  if (!opening.yearEnd && today.length && within(iso, USUAL_YEAR_END)) return "year_end";
  if ((today.length || holidays.has(iso)) && isInDoubt(opening, day, holidays)) return "note";
  return today
    .map((span) => {
      const start = day * MINUTES + minutes(span.open);
      const end = day * MINUTES + minutes(span.close);
      return { start, end: end > start ? end : end + MINUTES };
    })
    .sort((one, other) => one.start - other.start);
}

/**
 * Whether the note beside the hours may say otherwise of a day (text/doubt_days.py tells the same).
 * @param {Opening} opening
 * @param {number} day
 * @param {Set<string>} holidays
 */
function isInDoubt({ doubt }, day, holidays) {
  const iso = isoDay(day);
  return (doubt ?? []).some((code) => {
    if (code === "any") return true;
    if (code === "shift") return followsHoliday(day, holidays);
    if (code === "month-end") return isoDay(day + 1).endsWith("-01");
    if (code === "last-week") return isoDay(day + 7).slice(5, 7) !== iso.slice(5, 7);
    return within(iso, code);
  });
}

/**
 * Whether a day is a holiday, or follows one with no working day between.
 * @param {number} day
 * @param {Set<string>} holidays
 */
function followsHoliday(day, holidays) {
  if (holidays.has(isoDay(day))) return true;
  let before = day - 1;
  while ("土日".includes(weekday(before)) && !holidays.has(isoDay(before))) before -= 1;
  return holidays.has(isoDay(before));
}

/**
 * 毎日 means holidays as well.
 * @param {Span} span
 */
function everyDay(span) {
  return !span.nth?.length && [...NAMES].every((name) => span.days.includes(name));
}

/**
 * @param {Opening} opening
 * @param {number} now minutes, as `inJapan` gives them
 * @param {Set<string>} holidays national holidays as "2026-11-23"
 * @returns {Found}
 */
export function openingAt(opening, now, holidays) {
  const today = Math.floor(now / MINUTES);
  if (isOverdue(opening, today)) return { state: "unsure", unsure: "overdue" };
  /** @type {Stretch[]} */
  const known = [];
  /** @type {Found["unsure"]} */
  let unsure;
  /** @type {number | undefined} */
  let skipped;
  for (let day = today - 1; day < today + AHEAD; day += 1) {
    const found = stretches(opening, day, holidays);
    if (Array.isArray(found)) {
      known.push(...found);
      if (day >= today && found.some((stretch) => stretch.start > now)) break;
    } else if (day === today) {
      unsure = found;
    } else if (day > today) {
      skipped ??= day;
    }
  }
  // What began on the evening before a pause does not reach into it: the first day of a pause is part of it.
  if (inPause(opening, isoDay(today))) return { state: "closed", paused: true, next: known.find((stretch) => stretch.start > now), skipped };
  const until = stillOpenUntil(known, now);
  if (until !== undefined) return { state: "open", until };
  const next = known.find((stretch) => stretch.start > now);
  if (unsure) return { state: "unsure", unsure, next, skipped };
  return { state: "closed", next, skipped: skipped !== undefined && (!next || skipped * MINUTES < next.start) ? skipped : undefined };
}

/**
 * Stretches that touch (morning until 12:00, afternoon from 12:00; until 24:00, then from 0:00) are one.
 * @param {Stretch[]} known
 * @param {number} now
 */
function stillOpenUntil(known, now) {
  /** @type {number | undefined} */
  let until;
  for (const { start, end } of known) {
    if (start <= (until ?? now) && end > (until ?? now)) until = end;
  }
  return until;
}

// When is it open on a weekday, whatever the date: "on Saturdays at 10:00". Weeks of the month count as open and are said.

/**
 * The spans of a usual day of the week (月火水木金土日) or of a national holiday (祝), in the season of the next such day.
 * `null`: not known (a holiday of which nothing is written).
 * @param {Opening} opening
 * @param {string} day one of 月火水木金土日祝
 * @param {number} today days since 1970-01-01
 * @returns {Span[] | null}
 */
export function spansOn(opening, day, today) {
  if (isOverdue(opening, today)) return null;
  const iso = isoDay(day === "祝" ? today : nextDay(day, today));
  if (inPause(opening, iso)) return [];
  const inSeason = opening.spans.filter((span) => (!span.from || span.from <= iso) && (!span.to || iso <= span.to));
  const named = inSeason.filter((span) => span.days.includes(day));
  if (day !== "祝") return named;
  if (opening.holidays === true) return [];
  if (named.length) return named;
  const daily = inSeason.filter((span) => [..."月火水木金土日"].every((one) => span.days.includes(one)));
  return daily.length || !inSeason.length ? daily : null;
}

/**
 * The next such weekday, today included.
 * @param {string} day
 * @param {number} today
 */
export function nextDay(day, today) {
  let next = today;
  while (weekday(next) !== day) next += 1;
  return next;
}

/**
 * Whether it is open on a weekday (at a time of it, or at all). `null`: not known.
 * @param {Opening} opening
 * @param {string} day
 * @param {number | null} minute since midnight
 * @param {number} today
 * @returns {boolean | null}
 */
export function openOn(opening, day, minute, today) {
  const spans = spansOn(opening, day, today);
  if (spans === null) return null;
  if (minute === null) return spans.length > 0;
  const past = day === "祝" ? [] : (spansOn(opening, "日月火水木金土日"["日月火水木金土日".lastIndexOf(day) - 1], today) ?? []);
  return spans.some((span) => runs(span, minute)) || past.some((span) => runs(span, minute + MINUTES));
}

/**
 * @param {Span} span
 * @param {number} minute since midnight of the day on which it begins
 */
function runs(span, minute) {
  const start = minutes(span.open);
  const end = minutes(span.close);
  return start <= minute && minute < (end > start ? end : end + MINUTES);
}
