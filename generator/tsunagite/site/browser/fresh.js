// Data as they are now. Hosts differ in what they let a browser keep unasked (ten minutes, a tenth of the age of a file): data of
// records are asked for anew each time, which costs no more than "not changed" where they are as before.

/** @param {string | URL} address */
export function fetchFresh(address) {
  return fetch(address, { cache: "no-cache" });
}
