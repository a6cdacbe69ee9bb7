// Starts the web editor, published as admin/start.js. Its settings are config.json, which the page names.
import CMS from "./cms/index.js";

CMS.init();
