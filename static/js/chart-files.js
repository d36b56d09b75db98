// A chart as a file: SVG of the drawing and what the page says beside it, PNG of that, CSV of the table.
import { pen, wrapped } from "./chart-options.js";
import { palette, SYSTEM_FONT } from "./chart-look.js";

export function ownDocument(kind, figure, chart) {
  const name = (figure.querySelector(".chart-title")?.textContent ?? "chart").trim().replace(/[\\/:*?"<>|\s]+/g, "-");
  if (kind === "csv") save(new Blob(["\ufeff", csv(figure.querySelector("table"))], { type: "text/csv" }), `${name}.csv`);
  else if (chart && kind === "svg") save(svg(figure), `${name}.svg`);
  else if (chart && kind === "png") png(figure).then((blob) => save(blob, `${name}.png`));
}

function save(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 16;

const drawnIn = (figure) => figure.querySelector(".chart-canvas svg");

function element(name, attributes, content = "") {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = content;
  return made;
}

/** The drawing with all that the page says beside it, for it is read without the page: title, unit, notes, day, source. */
function whole(figure) {
  const look = palette();
  const [width, height] = [drawnIn(figure).clientWidth, drawnIn(figure).clientHeight];
  const said = (part) => [...figure.querySelectorAll(part)].map((node) => node.textContent.trim().replace(/\s+/g, " "));
  const sheet = element("svg", { xmlns: SVG, width: width + 2 * MARGIN, "font-family": SYSTEM_FONT });
  let y = MARGIN;
  const write = (words, size, fill, weight = 400, between = undefined) => {
    for (const line of wrapped(words, width, pen({ font: SYSTEM_FONT }, `${weight} ${size}px`), between)) {
      y += Math.ceil(1.5 * size);
      const at = { x: MARGIN, y: y - 0.4 * size, "font-size": size, "font-weight": weight, fill };
      sheet.append(element("text", at, line));
    }
  };
  for (const title of said(".chart-title")) write(title, 18, look.text, 700);
  for (const unit of said(".chart-unit")) write(unit, 13, look.soft);
  const copy = clean(drawnIn(figure));
  for (const [key, value] of Object.entries({ x: MARGIN, y: y + 8, width, height })) copy.setAttribute(key, value);
  sheet.append(copy);
  y += height + 16;
  for (const words of [...said(".chart-note"), figure.dataset.foot]) write(words, 13, look.soft);
  write(window.location.href, 13, look.soft, 400, /(?<=[/?&=])/);
  sheet.setAttribute("height", y + MARGIN);
  sheet.prepend(element("rect", { width: "100%", height: "100%", fill: look.surface }));
  return sheet;
}

/** A copy of the drawing, with attributes for what it says in style: pictures too fall under the security policy. */
function clean(drawn) {
  const copy = drawn.cloneNode(true);
  copy.querySelectorAll("style").forEach((sheet) => sheet.remove());
  for (const element of [copy, ...copy.querySelectorAll("[style]")]) {
    for (const name of [...element.style]) {
      if (/^(font|fill|stroke|opacity|text-anchor|dominant)/.test(name)) {
        element.setAttribute(name, element.style.getPropertyValue(name));
      }
    }
    element.removeAttribute("style");
  }
  return copy;
}

const markup = (sheet) => new XMLSerializer().serializeToString(sheet);
const svg = (figure) => new Blob([markup(whole(figure))], { type: "image/svg+xml" });

async function png(figure, scale = 2) {
  const sheet = whole(figure);
  const picture = new Image();
  // A data address: blob: images are not among what the content security policy lets in.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup(sheet))}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = sheet.getAttribute("width") * scale;
  canvas.height = sheet.getAttribute("height") * scale;
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}

/** A cell that begins like a formula is quoted, so that a spreadsheet shows it as text. */
function csv(table) {
  const cell = (node) => {
    const value = (node.querySelector("data")?.value ?? node.textContent).trim().replace(/\s+/g, " ");
    const safe = /^[=+\-@\t\r]/.test(value) && !/^-?[\d,.]+%?$/.test(value) ? `'${value}` : value;
    return `"${safe.replaceAll('"', '""')}"`;
  };
  return [...table.rows].map((row) => [...row.cells].map(cell).join(",")).join("\r\n");
}
