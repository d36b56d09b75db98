// Tabs: on a narrow screen the row scrolls; it opens where the current one can be seen.
function show(root) {
  for (const current of root.querySelectorAll?.(".tabs a[aria-current]") ?? []) {
    const row = current.closest(".tabs");
    row.scrollLeft = current.offsetLeft - (row.clientWidth - current.offsetWidth) / 2;
  }
}

show(document);
document.addEventListener("htmx:load", ({ detail }) => show(detail.elt));
