// How long a draft lies on the device. A sheet about the area keeps it until it is deleted. A sheet about one person keeps it as long
// as the reader chose: while this tab is open ("visit"), until midnight ("today"), or until it is deleted ("deleted").

/** @typedef {"visit" | "today" | "deleted"} HowLong */
/** @typedef {{record: any, long: HowLong}} Kept */

export const PERSON = "tsunagite-person:"; // site.js deletes what lies under it from an earlier day
const AREA = "tsunagite-sheet:";

/** @param {Date} now @returns {string} the reader's own day */
export const dayOf = (now) => `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;

/** @param {Storage} store @param {string} key @returns {any} null where nothing lies there, or nothing that can be read */
function read(store, key) {
  try {
    return JSON.parse(store.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/**
 * The draft of a sheet. Writing throws where the device keeps nothing.
 * @param {string} id of the sheet
 * @param {boolean} person whether it is about one person
 * @param {{readonly visit: Storage, readonly device: Storage, today: string}} where
 */
export function draftOf(id, person, where) {
  const key = person ? PERSON + id : AREA + id;
  return {
    /** @returns {Kept} */
    read() {
      if (!person) return { record: read(where.device, key), long: "deleted" };
      const lying = read(where.device, key);
      if (lying && lying.until !== "deleted" && lying.until !== where.today) where.device.removeItem(key);
      else if (lying) return { record: lying.record, long: lying.until === "deleted" ? "deleted" : "today" };
      return { record: read(where.visit, key)?.record ?? null, long: "visit" };
    },
    /** @param {any} record @param {HowLong} long */
    write(record, long) {
      if (!person) where.device.setItem(key, JSON.stringify(record));
      else if (long === "visit") {
        where.visit.setItem(key, JSON.stringify({ record }));
        where.device.removeItem(key);
      } else {
        where.device.setItem(key, JSON.stringify({ until: long === "today" ? where.today : long, record }));
        where.visit.removeItem(key);
      }
    },
    clear() {
      where.visit.removeItem(key);
      where.device.removeItem(key);
    },
  };
}

const IDS = "tsunagite-sheet-ids";

/**
 * The id of a sheet that is written into a file for the first time: sheet, district and day; where one of that name is on the site or
 * was written here before, the next number.
 * @param {{id: string, taken: string[]}} sheet
 * @param {{area?: string, made_on?: string}} head
 * @param {Storage | null} device
 */
export function newId(sheet, head, device) {
  const name = [sheet.id, head.area, head.made_on ?? "draft"].filter(Boolean).join("-");
  const own = device && read(device, IDS);
  const given = Array.isArray(own) ? own : [];
  const taken = new Set([...sheet.taken, ...given]);
  let id = name;
  for (let number = 2; taken.has(id); number += 1) id = `${name}-${number}`;
  try {
    device?.setItem(IDS, JSON.stringify([...given.slice(-200), id]));
  } catch {
    // A device that keeps nothing begins at the first number again; who imports is asked then.
  }
  return id;
}
