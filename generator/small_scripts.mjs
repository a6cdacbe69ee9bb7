// Makes scripts small: reads {name: text} as JSON, writes {name: the same without comments, blanks and long names of its own}.
// Run by fetch_assets.py. What a script shares with others keeps its name: the exports of a module, all that a classic script declares.

import { minify } from "terser";

const MODULE = /^(?:import|export)\b/mu;
const written = JSON.parse(await new Response(process.stdin).text());
const small = {};
for (const [name, text] of Object.entries(written)) small[name] = (await minify(text, { module: MODULE.test(text), ecma: 2022 })).code;
process.stdout.write(JSON.stringify(small));
