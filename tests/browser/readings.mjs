// Reads {words, texts} and prints, for each text, the pieces that furigana/browser/readings.js gives readings to.
import { readFileSync } from "node:fs";

const source = readFileSync(new URL("../../generator/tsunagite/furigana/browser/readings.js", import.meta.url), "utf-8");
const { Readings } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const { words, texts } = JSON.parse(readFileSync(0, "utf-8"));
const readings = new Readings(words);
for (const text of texts) console.log(JSON.stringify(readings.pieces(text)));
