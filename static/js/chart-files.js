// A chart as a file: SVG as drawn, PNG of it, CSV of the table beside it.
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

const drawnIn = (figure) => figure.querySelector(".chart-canvas svg");

/** The drawing as text, with attributes for what it says in style: pictures too fall under the security policy. */
function markup(drawn) {
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
  return new XMLSerializer().serializeToString(copy);
}

const svg = (figure) => new Blob([markup(drawnIn(figure))], { type: "image/svg+xml" });

async function png(figure, scale = 2) {
  const drawn = drawnIn(figure);
  const picture = new Image();
  // A data address: blob: images are not among what the content security policy lets in.
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(markup(drawn))}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = drawn.clientWidth * scale;
  canvas.height = drawn.clientHeight * scale;
  const pen = canvas.getContext("2d");
  pen.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--surface");
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
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
