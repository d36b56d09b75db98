// Keys that hold on every page: `?` lists them, Ctrl K and `/` search. What carries `data-key="a"` is reached by that
// letter: a link or a box is pressed, a field or a button that sends takes the focus, so that no letter sends anything.
// J and K go between rows that have such keys; there a letter is that of the row, and with Shift that of the page.
// `components/_keys.html` names them all.
const ROW = "tr:has([data-key])";
const FIELD = "input:not([type='checkbox'], [type='radio']), textarea, select, [contenteditable='true']";

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    focusSearch(event);
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest(FIELD)) {
    plain(event);
  }
});

function plain(event) {
  if (event.key === "/") focusSearch(event);
  else if (event.key === "?") {
    const help = document.getElementById("keys");
    if (help && !help.open) help.showModal();
  } else if (/^[a-z]$/i.test(event.key) && !document.querySelector("dialog[open]")) {
    letter(event, event.key.toLowerCase());
  }
}

function letter(event, key) {
  const row = event.target.closest(ROW);
  const step = { j: 1, k: -1 }[key];
  const target = step ? beside(row, step) : keyed(event.shiftKey ? null : row, key);
  if (!target) return;
  event.preventDefault();
  if (step || target.matches(`${FIELD}, button`)) reach(target);
  else target.click();
}

/** The link of the row below (1) or above (-1); from elsewhere that of the first or the last. */
function beside(row, step) {
  const rows = [...document.querySelectorAll(ROW)];
  const here = row ? rows.indexOf(row) : step < 0 ? rows.length : -1;
  return rows[here + step]?.querySelector("a");
}

/** What the letter stands for in this row, or on the page outside of rows. */
function keyed(row, key) {
  const found = [...(row ?? document).querySelectorAll(`[data-key="${key}"]`)];
  return found.find((each) => row || !each.closest(ROW));
}

function reach(target) {
  const fold = target.closest("details:not([open])");
  if (fold) fold.open = true;
  target.focus();
  target.scrollIntoView({ block: "nearest" });
}

function focusSearch(event) {
  const field = document.getElementById("site-search");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}
