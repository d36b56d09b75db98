// Filters leave only what was chosen in the address: empty fields are not sent.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches("form.filters")) return;
  for (const name of Object.keys(detail.parameters)) if (detail.parameters[name] === "") delete detail.parameters[name];
});

document.addEventListener("submit", ({ target }) => {
  if (!target.matches("form.filters:not([hx-get])")) return;
  const empty = [...target.elements].filter((field) => field.name && field.value === "" && !field.disabled);
  for (const field of empty) field.disabled = true;
  // Enabled again at once: the answer may be a file, or the reader may come back.
  window.setTimeout(() => empty.forEach((field) => { field.disabled = false; }));
});
