// The files of the directory, each fetched once and when it is first needed: columns, the order of kana, points.

import { fetchJson } from "./search_index.js";

/** @typedef {import("./facet_columns.js").Facets} Facets */
/** @typedef {import("./facet_columns.js").Points} Points */

/** The columns that lie in files of their own, by the facet they decide (tsunagite/search/facet_files.py). */
export const APART = /** @type {Record<string, string>} */ ({ open: "hours", area: "place", access: "access", verified: "verified" });
/** What the panel counts. */
export const COUNTED = ["open", "area", "access"];

export class DirectoryFiles {
  /** @param {string} base way to the root of the site */
  constructor(base) {
    this.base = base;
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
  }

  /**
   * @template T
   * @param {string} path
   * @param {(written: any) => T | Promise<T>} read
   * @returns {Promise<T>}
   */
  file(path, read) {
    let found = this.files.get(path);
    if (!found) {
      found = fetchJson(this.base, path).then(read);
      found.catch(() => this.files.delete(path)); // the next press tries again
      this.files.set(path, found);
    }
    return found;
  }

  /**
   * The facets, with all that decides those named.
   * @param {string[]} [names] facets, or "order"
   * @returns {Promise<Facets>}
   */
  async facets(names = []) {
    const apart = names.flatMap((name) => (name === "order" ? [name] : APART[name] ? [APART[name]] : []));
    const module = import("./facet_columns.js");
    const base = this.file("search/facets.json", async (written) => (await module).readFacets(written));
    await Promise.all(apart.map(async (name) => {
      const [facets, written, { addColumn }] = await Promise.all([base, this.column(name), module]);
      if (name === "order" ? !facets.starts.length : !(name in facets.columns)) addColumn(facets, name, written);
    }));
    return base;
  }

  /**
   * A column, or the order, as it lies in its file.
   * @param {string} name
   * @returns {Promise<any>}
   */
  column(name) {
    return this.file(`search/columns/${name}.json`, (written) => written);
  }

  /** @returns {Promise<Points>} */
  points() {
    return this.file("search/points.json", async (written) => (await import("./facet_columns.js")).readPoints(written));
  }
}
