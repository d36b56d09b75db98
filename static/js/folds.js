// On a phone the long parts of a page begin folded. The part that an address leads into is open.
const folds = () => document.querySelectorAll("details[data-folds]");
const holds = (part) => location.hash && part.contains(document.getElementById(decodeURIComponent(location.hash.slice(1))));

if (window.matchMedia("(max-width: 767px)").matches) for (const part of folds()) part.open = Boolean(holds(part));

window.addEventListener("hashchange", () => {
  for (const part of document.querySelectorAll("details")) if (holds(part)) part.open = true;
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
});
