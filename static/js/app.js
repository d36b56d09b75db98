// Everything the pages do in the browser, except charts. All handlers are delegated: they hold for swapped-in parts too.
import htmx from "htmx.org/dist/htmx.esm.js";
import "./announce.js";
import "./display.js";
import "./rows.js"; // before the drafts, whose restoring of a row it marks
import "./drafts.js";
import "./expiring.js";
import "./filters.js";
import "./folds.js";
import "./keys.js";
import "./mentions.js";
import "./menus.js";
import "./tables.js";
import "./tabs.js";
import "./terms.js";
import "./uploads.js";
import "./why.js";

window.htmx = htmx;
