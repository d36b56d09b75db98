// Keys that hold on every page: `?` lists them, Ctrl K and `/` search. A page may add `data-key="j"` to a link or button.
const typing = (target) => target.closest("input, textarea, select, [contenteditable='true']");

document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    focusSearch(event);
  } else if (!event.ctrlKey && !event.metaKey && !event.altKey && !typing(event.target)) {
    plain(event);
  }
});

function plain(event) {
  if (event.key === "/") focusSearch(event);
  else if (event.key === "?") {
    const help = document.getElementById("keys");
    if (help && !help.open) help.showModal();
  } else if (/^[a-z]$/i.test(event.key) && !document.querySelector("dialog[open]")) {
    const target = document.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (!target) return;
    event.preventDefault();
    target.click();
  }
}

function focusSearch(event) {
  const field = document.getElementById("site-search");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
}
