// Starts the web editor, published as admin/start.js, with the settings of admin/config.json.
import CMS from "./cms/index.js";
import { recordFormat } from "./record_format.js";

const config = await (await fetch("config.json")).json();
for (const { format } of config.collections) if (format) CMS.registerCustomFormat(format, "yml", recordFormat());
CMS.init({ config });
