// Tables: columns that can be hidden (remembered on this machine), and "select all" for the boxes of a table.
const KEY = "columns:";

const readHidden = (id) => new Set(JSON.parse(window.localStorage.getItem(KEY + id) ?? "[]"));

function apply(table) {
  const hidden = readHidden(table.id);
  [...table.tHead.rows[0].cells].forEach((head, i) => {
    const off = hidden.has(head.dataset.column);
    for (const row of table.rows) {
      if (row.cells.length === table.tHead.rows[0].cells.length) row.cells[i].classList.toggle("column-hidden", off);
    }
  });
}

/** Fills the column menu of a table whose heads carry `data-column`. */
function prepare(root) {
  for (const menu of root.querySelectorAll?.("[data-columns-of]") ?? []) {
    const table = document.getElementById(menu.dataset.columnsOf);
    if (!table?.tHead) continue;
    const hidden = readHidden(table.id);
    const boxes = [...table.tHead.querySelectorAll("[data-column]")].map((head) => {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.value = head.dataset.column;
      box.checked = !hidden.has(head.dataset.column);
      label.className = "menu-item check";
      label.append(box, head.textContent.trim());
      return label;
    });
    menu.replaceChildren(...boxes);
    apply(table);
  }
}

document.addEventListener("change", ({ target }) => {
  const menu = target.closest("[data-columns-of]");
  if (menu) {
    const off = [...menu.querySelectorAll("input:not(:checked)")].map((box) => box.value);
    window.localStorage.setItem(KEY + menu.dataset.columnsOf, JSON.stringify(off));
    apply(document.getElementById(menu.dataset.columnsOf));
  }
  if ("selectsAll" in target.dataset) {
    for (const box of target.closest("table").querySelectorAll("tbody input[type=checkbox]:not(:disabled)")) {
      box.checked = target.checked;
    }
  }
});

prepare(document);
document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt !== document.body) prepare(detail.elt.parentElement ?? document);
});
