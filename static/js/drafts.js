// Nothing typed is lost: a form with `data-keep="name"` is kept in this browser until the server has taken it, and put
// back on return – after a reload, a lost connection, a new sign-in, in another tab.
import { toast } from "./announce.js";
import { text } from "./texts.js";

const KEY = "draft:";
const OWNER = "drafts-of";
const KEPT_DAYS = 7;
// Of what is hidden only this: which version was seen while typing, so that whoever was faster is not written over.
const SEEN = ["version", "report_version"];
const store = window.localStorage;
const dirty = new WeakSet();
let leaving = false;

const shown = (form) => [...form.elements].filter(
  (field) => field.name && !["file", "hidden", "password", "submit", "button"].includes(field.type),
);
const seen = (form) => SEEN.map((name) => form.elements[name]).filter(Boolean);
const chosen = (field) => ["checkbox", "radio"].includes(field.type);

/** By name, not by place: the form that comes back may offer other choices, and other fields, in another order. */
function read(form) {
  const values = {};
  for (const field of [...shown(form), ...seen(form)]) {
    if (field.type === "checkbox") values[`${field.name}=${field.value}`] = field.checked;
    else if (field.type !== "radio") values[field.name] = field.value;
    else if (field.checked) values[field.name] = field.value;
  }
  return values;
}

function kept(form) {
  const found = JSON.parse(store.getItem(KEY + form.dataset.keep));
  return found && Date.now() - found.at < KEPT_DAYS * 86_400_000 ? found.values : null;
}

/** What the server sent: browsers put some of what was typed back by themselves. */
function sent(field) {
  if (chosen(field)) return field.defaultChecked;
  if (!field.matches("select")) return field.defaultValue;
  return ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
}

/** What was kept of the field; undefined where nothing was, or what it does not offer. */
function keptOf(field, values) {
  if (field.type === "checkbox") return values[`${field.name}=${field.value}`];
  const value = values[field.name];
  if (field.type === "radio") return value === field.value || undefined;
  return !field.matches("select") || [...field.options].some((option) => option.value === value) ? value : undefined;
}

function restore(form) {
  const values = kept(form);
  if (!values) return;
  const changed = shown(form).filter((field) => (keptOf(field, values) ?? sent(field)) !== sent(field));
  if (!changed.length) return;
  changed.forEach((field) => { field[chosen(field) ? "checked" : "value"] = keptOf(field, values); });
  seen(form).forEach((field) => { field.value = values[field.name] ?? field.value; });
  dirty.add(form);
  form.dispatchEvent(new CustomEvent("restored", { bubbles: true }));
  toast(text("restored"), "info");
}

function forget(form) {
  store.removeItem(KEY + form.dataset.keep);
  dirty.delete(form);
}

/** Goes to another page and asks nobody: what was typed is kept, and put back on return. */
export function leave(address) {
  leaving = true;
  if (address) window.location.assign(address);
}

function forgetAll() {
  Object.keys(store).filter((key) => key.startsWith(KEY)).forEach((key) => store.removeItem(key));
}

/** As the server sent it, and not because it was refused. */
const untouched = (form) => shown(form).every((field) =>
  field.getAttribute("aria-invalid") !== "true" && field[chosen(field) ? "checked" : "value"] === sent(field));

document.addEventListener("input", ({ target }) => {
  const form = target.form;
  if (!form?.dataset.keep) return;
  if (untouched(form)) return forget(form);
  dirty.add(form);
  const values = { ...kept(form), ...read(form) };
  store.setItem(KEY + form.dataset.keep, JSON.stringify({ at: Date.now(), values }));
});

// Before the answer is swapped in: the form that comes with it must not be filled with what was just sent.
document.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
  const { elt, verb } = detail.requestConfig ?? {};
  if (detail.xhr.status === 401) leave(); // htmx leads to sign-in, which leads back
  else if (verb === "post" && elt.matches("form[data-keep]") && detail.xhr.status < 400) forget(elt);
});

// It is kept all the same; but who leaves may think that it was sent.
window.addEventListener("beforeunload", (event) => {
  const open = [...document.querySelectorAll("form[data-keep]")].some((form) => dirty.has(form));
  if (open && !leaving) event.preventDefault();
});

// On a shared machine nobody finds what another typed.
const account = document.body.dataset.account;
if (account && store.getItem(OWNER) !== account) {
  forgetAll();
  store.setItem(OWNER, account);
}
document.addEventListener("submit", ({ target }) => {
  if ("forgets" in target.dataset) forgetAll();
});

const restoreAll = (root) => root.querySelectorAll?.("form[data-keep]").forEach(restore);
restoreAll(document);
document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt !== document.body) restoreAll(detail.elt.parentElement ?? document);
});
