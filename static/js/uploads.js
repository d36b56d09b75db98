// Files are sent as soon as they are chosen or dropped, one after the other; each has its own bar and its own answer.
// Without this script the same form sends them all with its button.
import { announce, toast } from "./announce.js";
import { leave } from "./drafts.js";
import { text } from "./texts.js";

const AREA = "[data-upload]";
const CHANGED = "evidence-changed";
const waiting = new WeakMap(); // area → the end of its queue
const busy = new Set();

function line(area, file) {
  const item = document.createElement("li");
  item.className = "upload-line";
  const name = document.createElement("span");
  name.textContent = file.name;
  const bar = document.createElement("progress");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  item.append(name, bar);
  area.querySelector(".upload-lines").append(item);
  return item;
}

function refuse(item, words) {
  const error = document.createElement("p");
  error.className = "error";
  error.textContent = words;
  item.replaceChildren(error);
}

/** What stands in the other fields of the area at this moment, with one file. */
function typed(area, input, file) {
  const data = new FormData();
  area.querySelectorAll("select, input:not([type='file'])").forEach((field) => data.append(field.name, field.value));
  data.append(input.name, file);
  return data;
}

function answered(xhr, item, file) {
  const signIn = xhr.getResponseHeader("HX-Redirect");
  if (signIn) {
    busy.clear(); // nothing is on the way any more
    leave(signIn);
  } else if (xhr.responseText.trimStart().startsWith("<li")) {
    const made = document.createElement("template");
    made.innerHTML = xhr.responseText;
    const shown = made.content.querySelector("li");
    item.replaceWith(shown);
    announce(shown.textContent.trim());
  } else refuse(item, `${file.name}: ${text(xhr.status === 413 ? "tooBig" : "failed")}`);
  if (xhr.status === 200 && !signIn) document.body.dispatchEvent(new CustomEvent(CHANGED));
}

function send(area, data, item, file) {
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    const bar = item.querySelector("progress");
    xhr.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = total ? loaded / total : 0; });
    xhr.addEventListener("load", () => answered(xhr, item, file));
    xhr.addEventListener("error", () => refuse(item, `${file.name}: ${text("offline")}`));
    xhr.addEventListener("loadend", resolve);
    xhr.open("POST", area.dataset.upload);
    const headers = { ...JSON.parse(document.body.getAttribute("hx-headers")), "HX-Request": "true" };
    headers["HX-Current-URL"] = window.location.href;
    Object.entries(headers).forEach(([name, value]) => xhr.setRequestHeader(name, value));
    xhr.send(data);
  });
}

async function take(area, input, files) {
  const jobs = [...files].map((file) => [file, line(area, file), typed(area, input, file)]);
  busy.add(area);
  const before = waiting.get(area) ?? Promise.resolve();
  const done = jobs.reduce(async (turn, [file, item, data]) => {
    await turn;
    if (file.size > Number(area.dataset.most)) refuse(item, `${file.name}: ${area.dataset.tooBig}`);
    else await send(area, data, item, file);
  }, before);
  waiting.set(area, done);
  await done;
  if (waiting.get(area) === done) busy.delete(area);
}

document.addEventListener("change", ({ target }) => {
  const area = target.closest?.(AREA);
  if (!area || target.type !== "file" || !target.files.length) return;
  take(area, target, target.files);
  target.value = "";
});

// A file that misses the area must not open in the place of what is being typed.
const brings = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
document.addEventListener("dragover", (event) => {
  if (!brings(event) || !document.querySelector(AREA)) return;
  event.preventDefault();
  const over = event.target.closest?.(AREA);
  document.querySelectorAll(AREA).forEach((area) => area.toggleAttribute("data-over", area === over));
  event.dataTransfer.dropEffect = over ? "copy" : "none";
});
document.addEventListener("dragleave", (event) => {
  const area = event.target.closest?.(AREA);
  if (area && !area.contains(event.relatedTarget)) area.removeAttribute("data-over");
});
document.addEventListener("drop", (event) => {
  if (!brings(event) || !document.querySelector(AREA)) return;
  event.preventDefault();
  const area = event.target.closest?.(AREA);
  if (!area) return;
  area.removeAttribute("data-over");
  take(area, area.querySelector("input[type='file']"), event.dataTransfer.files);
});

// A report that is filed while its evidence is on the way would be filed without it.
document.addEventListener("submit", (event) => {
  const area = event.target.querySelector?.(AREA);
  if (!busy.has(area)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  toast(text("uploading"), "warn");
}, true);
window.addEventListener("beforeunload", (event) => {
  if (busy.size) event.preventDefault();
});

const live = (root) => root.querySelectorAll?.(AREA).forEach((area) => area.setAttribute("data-live", ""));
live(document);
document.addEventListener("htmx:load", ({ detail }) => live(detail.elt.parentElement ?? document));
