// A figure opens to what it is made of, in a sheet beside it; without scripts, or in a new tab, the link leads to a page.
import htmx from "htmx.org/dist/htmx.esm.js";

const sheet = document.getElementById("why");
const body = document.getElementById("why-body");
let address = null;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-why]");
  const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (!link || elsewhere || !sheet || link.closest("[data-why-page]")) return;
  event.preventDefault();
  if (!sheet.contains(link)) address = link.getAttribute("href");
  htmx.ajax("GET", link.href, { source: body, target: body, swap: "innerHTML" });
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target !== body) return;
  if (!sheet.open) sheet.showModal();
  body.focus({ preventScroll: true });
  sheet.scrollTo(0, 0);
});

// The figures may have been drawn anew meanwhile: then the focus goes to the link that took the place of the one pressed.
sheet?.addEventListener("close", () => {
  body.replaceChildren();
  const opener = [...document.querySelectorAll("a[data-why]")].find((link) => link.getAttribute("href") === address);
  if (!document.activeElement || document.activeElement === document.body) opener?.focus();
});
