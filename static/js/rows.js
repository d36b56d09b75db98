// My work: a table of forms, one in each row. Enter files a row and goes to the next; arrow keys move between rows.
const FIELDS = ":is(input, select, textarea)[form^='row-']";
let next = null; // where the focus goes once the row that was filed is drawn anew

/** The field of the same name in the row above (-1) or below (1), of rows that can be typed in. */
function beside(field, step) {
  const rows = [...field.closest("table").querySelectorAll(".work-row")];
  const name = CSS.escape(field.name);
  for (let i = rows.indexOf(field.closest(".work-row")) + step; i >= 0 && i < rows.length; i += step) {
    const found = [...rows[i].querySelectorAll(`[name="${name}"][form]`)].find((each) => each.checkVisibility());
    if (found) return found;
  }
  return null;
}

function move(event, field, step) {
  const found = beside(field, step);
  if (!found) return;
  event.preventDefault();
  found.focus();
  found.select?.();
}

// A list and a date use the arrow keys themselves: there Ctrl moves.
const movesAlone = (field) => field.matches("textarea, input:not([type='date'])");

document.addEventListener("keydown", (event) => {
  const field = event.target.closest(FIELDS);
  if (!field || event.isComposing) return;
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (step && (event.ctrlKey || movesAlone(field))) move(event, field, step);
  else if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    next = { row: field.closest(".work-row").id, name: field.name, after: beside(field, 1)?.closest(".work-row").id };
    field.form.requestSubmit();
  } else if (event.key === "Escape") {
    field.form.reset();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    mark(field);
  }
});

/** A row with something typed that is not filed yet says so. */
function mark(field) {
  const changed = [...field.form.elements].some((each) =>
    each.matches("select")
      ? [...each.options].some((option) => option.selected !== option.defaultSelected) && each.value !== ""
      : "defaultValue" in each && each.value !== each.defaultValue,
  );
  field.closest(".work-row").classList.toggle("is-changed", changed);
}

document.addEventListener("input", ({ target }) => {
  const field = target.closest?.(FIELDS);
  if (field) mark(field);
});

document.addEventListener("restored", ({ target }) => {
  if (target.matches("[data-row-form]")) mark([...target.elements].find((field) => field.matches(FIELDS)));
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const isRow = detail.requestConfig?.elt?.matches?.("[data-row-form]") && document.activeElement === document.body;
  if (!next && isRow) detail.elt.querySelector?.('[aria-invalid="true"], .notice[tabindex]')?.focus(); // sent by its button
  if (!next) return;
  const { row, name, after } = next;
  next = null;
  const stays = document.querySelector(`#${CSS.escape(row)} [aria-invalid="true"]`);
  const found = stays ?? document.querySelector(`#${CSS.escape(after ?? row)} [name="${CSS.escape(name)}"][form]`);
  found?.focus();
});
