// Reads [[source, flags, [[head, body, end], …]], …] on stdin; prints for every pattern the first of its texts on which it takes more than
// linear time, or null. What is measured is processor time, so a busy machine changes nothing.

import { readFileSync } from "node:fs";
import vm from "node:vm";

const FIRST = 8_000;
const LONG = 100_000;
const AT_ONCE = 0.004; // seconds for FIRST characters
const BUDGET = 1; // seconds for LONG characters
const NEVER = 30_000; // milliseconds of the clock after which nobody waits any longer

const script = new vm.Script("for (const found of text.matchAll(new RegExp(source, flags))) found.index");
const context = vm.createContext({});

/** @param {string} source @param {string} flags @param {string} text */
function seconds(source, flags, text) {
  Object.assign(context, { text, source, flags });
  const begin = process.cpuUsage();
  try {
    script.runInContext(context, { timeout: NEVER });
  } catch {
    return Infinity;
  }
  const { user } = process.cpuUsage(begin);
  return user / 1e6;
}

for (const [source, flags, attacks] of JSON.parse(readFileSync(0, "utf-8"))) {
  const everywhere = flags.includes("g") ? flags : `${flags}g`;
  const slow = attacks.find(([head, body, end]) => {
    const of = (/** @type {number} */ length) => head + body.repeat(Math.max(1, Math.floor(length / body.length))) + end;
    const first = seconds(source, everywhere, of(FIRST));
    return first > BUDGET || (first > AT_ONCE && seconds(source, everywhere, of(LONG)) > BUDGET);
  });
  console.log(JSON.stringify(slow ?? null));
}
