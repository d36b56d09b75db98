// Nothing typed is lost: a form with `data-keep="name"` is kept for this tab until it is sent, and put back on return.
import { toast } from "./announce.js";
import { text } from "./texts.js";

const KEY = "draft:";
const dirty = new WeakSet();

function fields(form) {
  return [...form.elements].filter(
    (field) => field.name && !["file", "hidden", "password", "submit", "button"].includes(field.type),
  );
}

const ticked = (field) => ["checkbox", "radio"].includes(field.type);
// By name, not by place: the form that comes back may offer other choices in another order.
const key = (field) => (ticked(field) ? `${field.name}=${field.value}` : field.name);

function read(form) {
  return Object.fromEntries(fields(form).map((field) => [key(field), ticked(field) ? field.checked : field.value]));
}

function restore(form) {
  const kept = window.sessionStorage.getItem(KEY + form.dataset.keep);
  if (!kept || form.querySelector(".error-summary, .error")) return;
  const values = JSON.parse(kept);
  const changed = fields(form).filter((field) => key(field) in values && values[key(field)] !== read(form)[key(field)]);
  if (!changed.length) return;
  changed.forEach((field) => {
    if (ticked(field)) field.checked = values[key(field)];
    else field.value = values[key(field)];
  });
  dirty.add(form);
  toast(text("restored"), "info");
}

const forget = (form) => {
  window.sessionStorage.removeItem(KEY + form.dataset.keep);
  dirty.delete(form);
};

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.keep) return;
  dirty.add(form);
  window.sessionStorage.setItem(KEY + form.dataset.keep, JSON.stringify(read(form)));
});

// An ordinary submission leaves the page; if it is refused, the server shows the form again with what was typed.
document.addEventListener("submit", ({ target }) => {
  if (target.dataset.keep && !target.matches("[hx-post], [hx-put], [hx-patch]")) forget(target);
});
// Before the answer is swapped in: the form that comes with it must not be filled with what was just sent.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig?.elt.closest?.("form[data-keep]");
  if (form && detail.xhr.status < 400) forget(form);
});

window.addEventListener("beforeunload", (event) => {
  const open = [...document.querySelectorAll("form[data-keep]")].some((form) => dirty.has(form));
  if (open) event.preventDefault();
});

function restoreAll(root) {
  root.querySelectorAll?.("form[data-keep]").forEach(restore);
}

restoreAll(document);
document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt !== document.body) restoreAll(detail.elt.parentElement ?? document);
});

// On a shared machine nobody finds what another typed.
document.addEventListener("submit", ({ target }) => {
  if ("forgets" in target.dataset) window.sessionStorage.clear();
});
