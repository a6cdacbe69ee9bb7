// How long a draft lies on the device. A sheet about the area keeps it until it is deleted. A sheet about one person keeps it as long
// as the reader chose: while this tab is open ("visit"), until midnight ("today"), or until it is deleted ("deleted").

/** @typedef {"visit" | "today" | "deleted"} HowLong */
/** @typedef {{record: any, long: HowLong}} Kept */

export const PERSON = "tsunagite-person:"; // site.js deletes what lies under it from an earlier day
const AREA = "tsunagite-sheet:";
export const OTHER = ":other"; // behind the key of a draft: the draft that a newer one took the place of

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
 *
 * Another window may write the same draft: `foreign` gives what lies there and was neither read nor written here. Nothing is lost:
 * what a newer one takes the place of is put into `other`, a second draft beside it.
 * @param {string} id of the sheet
 * @param {boolean} person whether it is about one person
 * @param {{readonly visit: Storage, readonly device: Storage, today: string}} where
 */
export function draftOf(id, person, where) {
  const key = person ? PERSON + id : AREA + id;
  const other = `${key}${OTHER}`;
  /** @type {string | null} what lay on the device when this page last read or wrote it */
  let known = null;

  /** @param {string} name @returns {Kept} */
  function readFrom(name) {
    if (!person) return { record: read(where.device, name), long: "deleted" };
    const lying = read(where.device, name);
    if (lying && lying.until !== "deleted" && lying.until !== where.today) where.device.removeItem(name);
    else if (lying) return { record: lying.record, long: lying.until === "deleted" ? "deleted" : "today" };
    return { record: read(where.visit, name)?.record ?? null, long: "visit" };
  }

  /** @param {string} name @param {any} record @param {HowLong} long */
  function writeTo(name, record, long) {
    if (!person) where.device.setItem(name, JSON.stringify(record));
    else if (long === "visit") {
      where.visit.setItem(name, JSON.stringify({ record }));
      where.device.removeItem(name);
    } else {
      where.device.setItem(name, JSON.stringify({ until: long === "today" ? where.today : long, record }));
      where.visit.removeItem(name);
    }
  }

  /** @param {string[]} names */
  function remove(...names) {
    for (const store of [() => where.visit, () => where.device]) {
      try {
        for (const name of names) store().removeItem(name);
      } catch {
        // Where a browser forbids a store, nothing lies there.
      }
    }
  }

  return {
    key,
    /** Whether the device keeps anything: a private window may not, and a full one cannot. */
    get works() {
      try {
        const store = person ? where.visit : where.device;
        store.setItem(`${key}:try`, "x".repeat(200));
        store.removeItem(`${key}:try`);
        return true;
      } catch {
        return false;
      }
    },
    /** @returns {Kept} */
    read() {
      known = where.device.getItem(key);
      return readFrom(key);
    },
    /** @returns {any} the record that another window wrote since, or null */
    foreign: () => (where.device.getItem(key) === known ? null : readFrom(key).record),
    /** @param {any} record @param {HowLong} long */
    write(record, long) {
      writeTo(key, record, long);
      known = where.device.getItem(key);
    },
    clear() {
      remove(key, other);
      known = null;
    },
    other: {
      /** @returns {any} */
      read: () => readFrom(other).record,
      /** @param {any} record @param {HowLong} long */
      write: (record, long) => writeTo(other, record, long),
      clear: () => remove(other),
    },
  };
}

const IDS = "tsunagite-sheet-ids";

/**
 * The id of a sheet that is written into a file for the first time: sheet, district and day; where one of that name is on the site or
 * was written here before, the next number.
 * @param {{id: string, taken: string[]}} sheet
 * @param {{area?: string, made_on?: string}} head
 * @param {() => Storage} device throws where the browser forbids to keep anything
 */
export function newId(sheet, head, device) {
  const name = [sheet.id, head.area, head.made_on ?? "draft"].filter((part) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(part ?? "")).join("-");
  /** @type {Storage | undefined} */
  let store;
  try {
    store = device();
  } catch {
    // As below.
  }
  const own = store && read(store, IDS);
  const given = Array.isArray(own) ? own : [];
  const taken = new Set([...sheet.taken, ...given]);
  let id = name;
  for (let number = 2; taken.has(id); number += 1) id = `${name}-${number}`;
  try {
    store?.setItem(IDS, JSON.stringify([...given.slice(-200), id]));
  } catch {
    // A device that keeps nothing begins at the first number again; who imports is asked then.
  }
  return id;
}
