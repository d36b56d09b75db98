// Menus close when they should, dialogs open from any button, and texts can be copied.
import { announce, toast } from "./announce.js";
import { text } from "./texts.js";

const open = () => document.querySelectorAll("details[data-menu][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;

  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();

  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();

  const copier = event.target.closest("[data-copies]");
  if (copier) copy(document.getElementById(copier.dataset.copies));

  if (event.target.closest("[data-prints]")) window.print();
});

document.addEventListener("focusin", (event) => {
  for (const menu of open()) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
  }
});

async function copy(source) {
  if (!source) return;
  try {
    await navigator.clipboard.writeText(source.value ?? source.textContent.trim());
    announce(text("copied"));
    toast(text("copied"), "ok");
  } catch {
    toast(text("failed"), "bad");
  }
}

// The error summary of a refused form takes the focus, so that it is read first.
function focusErrors(root) {
  root.querySelector?.(".error-summary")?.focus();
}

focusErrors(document);
document.addEventListener("htmx:afterSettle", ({ detail }) => focusErrors(detail.elt.parentElement ?? document));
