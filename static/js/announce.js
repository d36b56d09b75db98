// Tells everyone what a request did: screen readers through the live region, everyone through a toast when it failed.
import { text } from "./texts.js";

const STAY = 8000;

/** Speaks without showing. An element of the answer with `data-announce` says what is spoken after a swap. */
export function announce(words) {
  const region = document.getElementById("announcer");
  if (!region || !words) return;
  region.textContent = "";
  window.setTimeout(() => { region.textContent = words; }, 50);
}

/** Shows a message in the corner; `tone` is ok, info, warn or bad. */
export function toast(words, tone = "info") {
  const box = document.getElementById("toasts");
  if (!box || !words) return;
  const note = document.createElement("div");
  note.className = `notice notice-${tone}`;
  const body = document.createElement("p");
  body.className = "notice-body";
  body.textContent = words;
  note.append(body);
  box.append(note);
  window.setTimeout(() => note.remove(), STAY);
}

const REASONS = { 403: "refused", 404: "gone", 409: "conflict", 412: "conflict" };

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const root = detail.elt;
  const said = root.matches?.("[data-announce]") ? root : root.querySelector?.("[data-announce]");
  if (said) announce(said.dataset.announce);
});
// Where the keyboard goes on after a part of the page was exchanged: the opened form, what was just done, the way back in.
const GOALS = [
  ".notice[tabindex]",
  ".report-form input[name='verb']:checked",
  ".report-form input[name='verb']",
  "a[aria-expanded='false']",
];
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (!/\/(report|withdraw)\//.test(detail.pathInfo?.requestPath ?? "")) return;
  if (detail.requestConfig?.elt?.matches?.("[data-row-form]")) return; // the row below takes it, see rows.js
  const root = detail.elt;
  if (root.querySelector?.(".error-summary")) return; // it takes the focus by itself
  const goal = GOALS.map((selector) => root.querySelector?.(selector)).find(Boolean);
  goal?.focus();
  goal?.scrollIntoView({ block: "nearest" });
});
// Of a form that was sent a refusal is shown as the server words it, as without a script.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status !== 403 || !detail.requestConfig.elt.matches("form:is([data-keep], [hx-select])")) return;
  detail.shouldSwap = true;
  detail.isError = false;
});
document.addEventListener("htmx:responseError", ({ detail }) => {
  if (detail.xhr.getResponseHeader("HX-Trigger")) return; // it has said why
  toast(text(REASONS[detail.xhr.status] ?? "failed"), "bad");
});
document.addEventListener("htmx:sendError", () => toast(text("offline"), "bad"));
document.addEventListener("htmx:timeout", () => toast(text("unanswered"), "bad"));

// The server may ask for either with an HX-Trigger header: {"announce": "…"} or {"toast": {"text": "…", "tone": "ok"}}.
document.addEventListener("announce", ({ detail }) => announce(detail.value ?? detail));
document.addEventListener("toast", ({ detail }) => toast(detail.text ?? detail.value, detail.tone));
