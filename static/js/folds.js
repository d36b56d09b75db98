// On a phone the long parts of a page begin folded. The part that an address leads into is open.
const narrow = window.matchMedia("(max-width: 767px)");
const folds = () => document.querySelectorAll("details[data-folds]");
const holds = (part) => location.hash && part.contains(document.getElementById(decodeURIComponent(location.hash.slice(1))));

if (narrow.matches) for (const part of folds()) part.open = Boolean(holds(part));

// Where there is room again, what a phone folded is open: not every part can be opened there.
narrow.addEventListener("change", () => {
  if (!narrow.matches) for (const part of folds()) part.open = true;
});

window.addEventListener("hashchange", () => {
  for (const part of document.querySelectorAll("details")) if (holds(part)) part.open = true;
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
});
