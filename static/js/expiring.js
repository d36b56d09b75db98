// What holds for a while only, such as an undo: `data-expires="10"` goes away after ten seconds.
function watch(root) {
  const found = [...(root.querySelectorAll?.("[data-expires]") ?? [])];
  if (root.matches?.("[data-expires]")) found.push(root);
  for (const part of found) {
    window.setTimeout(() => (part.closest("tr.row-part") ?? part).remove(), Number(part.dataset.expires) * 1000);
    delete part.dataset.expires;
  }
}

watch(document);
document.addEventListener("htmx:load", ({ detail }) => watch(detail.elt));
