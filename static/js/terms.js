// A term opens its entry of the glossary beside it; without scripts, or in a new tab, its link leads to the glossary.
import htmx from "htmx.org/dist/htmx.esm.js";

const GAP = 6;
const NARROW = 768;
const box = document.getElementById("term");
let opener = null;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-term]");
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || !box?.showPopover) return;
  event.preventDefault();
  if (!box.contains(link)) opener = link;
  htmx.ajax("GET", link.href.split("#")[0], { source: box, target: box, swap: "innerHTML" });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-hides]")) box?.hidePopover();
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target !== box) return;
  if (!box.matches(":popover-open")) {
    (opener?.closest("dialog[open]") ?? document.body).append(box); // what lies outside of an open dialog is inert
    opener?.focus();
    box.showPopover();
  }
  place();
  box.focus();
});

// Below the term where there is room, else above; on a phone the style sheet puts it at the bottom of the screen.
function place() {
  if (!opener?.isConnected || window.innerWidth < NARROW) {
    box.style.left = box.style.top = "";
    return;
  }
  const term = opener.getBoundingClientRect();
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(GAP, Math.min(term.left, document.documentElement.clientWidth - width - GAP));
  const below = term.bottom + GAP;
  const top = below + height > window.innerHeight && term.top > height + GAP ? term.top - height - GAP : below;
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${top + window.scrollY}px`;
}
