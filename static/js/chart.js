// Draws every [data-chart] of the page, and of parts swapped in later, from the JSON block beside it.
import { SVGRenderer } from "echarts/renderers";
import { BarChart, CustomChart, LineChart, MapChart } from "echarts/charts";
import {
  AriaComponent,
  GeoComponent,
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TooltipComponent,
  VisualMapComponent,
} from "echarts/components";
import { getInstanceByDom, init, registerMap, use } from "echarts/core";
import { barOption, ganttOption, heightOf, lineOption, mapOption, waterfallOption } from "./chart-options.js";
import { ownDocument } from "./chart-files.js";
import { palette } from "./chart-look.js";
import { text } from "./texts.js";

use([
  AriaComponent,
  BarChart,
  CustomChart,
  GeoComponent,
  GridComponent,
  LegendComponent,
  LineChart,
  MapChart,
  MarkLineComponent,
  SVGRenderer,
  TooltipComponent,
  VisualMapComponent,
]);

const KINDS = { line: lineOption, bar: barOption, waterfall: waterfallOption, gantt: ganttOption, map: mapOption };
const canvasOf = (figure) => figure.querySelector(".chart-canvas");
const maps = new Map();

function specOf(figure) {
  return JSON.parse(figure.querySelector('script[type="application/json"]').textContent);
}

async function mapOf(address) {
  if (!maps.has(address)) {
    maps.set(
      address,
      fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
        return answer.json();
      }),
    );
  }
  registerMap(address, await maps.get(address));
}

async function draw(figure) {
  const spec = specOf(figure);
  if (spec.kind === "map") await mapOf(spec.geo);
  await document.fonts.load('15px "Pretendard GOV Variable"');
  if (figure.isConnected) paint(figure, spec);
}

function paint(figure, spec) {
  const canvas = canvasOf(figure);
  getInstanceByDom(canvas)?.dispose();
  const look = palette();
  const narrow = canvas.clientWidth < 480;
  const height = heightOf(spec, look, narrow);
  if (height) canvas.style.height = `${height}px`;
  const chart = init(canvas, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    aria: {
      enabled: true,
      label: { description: figure.dataset.description ?? "" },
      decal: { show: spec.kind === "bar" && spec.series.length > 1 },
    },
    textStyle: { fontFamily: look.font, color: look.text },
    ...KINDS[spec.kind](spec, look, narrow),
  });
  chart.on("click", ({ data, dataIndex }) => {
    const address = data?.href ?? spec.links?.[dataIndex];
    if (address) window.location.assign(address);
  });
  watch(canvas);
}

const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) getInstanceByDom(target)?.resize();
});
const watch = (canvas) => sizes.observe(canvas);

function drawAll(root = document) {
  const figures = [...(root.querySelectorAll?.("[data-chart]") ?? [])];
  if (root.matches?.("[data-chart]")) figures.push(root);
  for (const figure of figures) draw(figure).catch((error) => showTable(figure, error));
}

/** A chart that cannot be drawn leaves its table. */
function showTable(figure, error) {
  console.error(error);
  const table = figure.querySelector(".chart-table");
  if (table) table.hidden = false;
  canvasOf(figure).hidden = true;
}

function toggle(figure, button) {
  const table = figure.querySelector(".chart-table");
  const canvas = canvasOf(figure);
  table.hidden = !table.hidden;
  canvas.hidden = !table.hidden;
  button.textContent = text(table.hidden ? "table" : "picture");
  button.setAttribute("aria-expanded", String(!table.hidden));
  if (!canvas.hidden) getInstanceByDom(canvas)?.resize();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-chart-does]");
  const figure = button?.closest("[data-chart]");
  if (!figure) return;
  if (button.dataset.chartDoes === "table") toggle(figure, button);
  else ownDocument(button.dataset.chartDoes, figure, getInstanceByDom(canvasOf(figure)));
});

document.addEventListener("htmx:load", ({ detail }) => {
  if (detail.elt !== document.body) drawAll(detail.elt);
});
document.addEventListener("htmx:beforeCleanupElement", ({ detail }) => {
  if (!detail.elt.matches?.(".chart-canvas")) return;
  sizes.unobserve(detail.elt);
  getInstanceByDom(detail.elt)?.dispose();
});
// At once, without waiting: what is to be printed must be ready when the event ends.
document.addEventListener("displaychange", () => {
  for (const figure of document.querySelectorAll("[data-chart]")) {
    if (getInstanceByDom(canvasOf(figure))) paint(figure, specOf(figure));
  }
});

drawAll();
