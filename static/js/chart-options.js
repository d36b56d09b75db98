// From a chart's data, as the server writes them, to what ECharts draws. One function for each kind.
import { day, difference, month, shown, tip, tooltip } from "./chart-look.js";
import { text } from "./texts.js";

const MARKS = ["circle", "rect", "triangle", "diamond", "emptyCircle", "emptyRect"];

function grid(narrow, legend) {
  return { left: 8, right: narrow ? 16 : 24, top: legend ? 44 : 20, bottom: 8, outerBoundsMode: "same", outerBoundsContain: "axisLabel" };
}

function legendOf(spec, look, names) {
  return names.length < 2
    ? { show: false }
    : { show: true, data: names, top: 0, left: 0, itemWidth: 22, itemGap: 16, textStyle: { color: look.text, fontSize: 13 } };
}

function categoryAxis(spec, look, width = 110) {
  const time = spec.x_type === "date";
  return {
    type: time ? "time" : "category",
    ...(time ? around(spec.x) : { data: spec.x }),
    axisLine: { lineStyle: { color: look.firm } },
    axisTick: { show: false },
    axisLabel: {
      color: look.soft,
      fontSize: 13,
      lineHeight: NAME_LINE, // wrapped lines would lie on each other
      hideOverlap: true,
      ...(time ? { formatter: (at) => month(at) } : names(spec.x, look, width)),
    },
    splitLine: { show: false },
  };
}

/** A single day gets half a year on either side: an axis of one day names its month again and again. */
function around(days) {
  const [first, ...others] = new Set(days);
  if (!first || others.length) return {};
  const half = 183 * 24 * 3600 * 1000;
  return { min: Date.parse(first) - half, max: Date.parse(first) + half };
}

function valueAxis(spec, look) {
  return {
    type: "value",
    axisLabel: { color: look.soft, fontSize: 13, hideOverlap: true, formatter: (value) => shown(value, spec, true) },
    splitLine: { lineStyle: { color: look.line } },
    ...(spec.unit === "bp" && spec.max !== null ? { min: 0, max: spec.max ?? 10000 } : {}),
  };
}

function todayLine(spec, look) {
  if (!spec.today) return undefined;
  return {
    silent: true,
    symbol: "none",
    data: [{ xAxis: spec.today }],
    lineStyle: { color: look.text, type: "solid", width: 1 },
    label: { formatter: text("today"), color: look.text, fontSize: 12 },
  };
}

const pairs = (spec, series) => (spec.x_type === "date" ? spec.x.map((x, i) => [x, series.data[i]]) : series.data);

function axisTip(spec, look) {
  const visible = spec.series.filter((series) => !["band-low", "band-high"].includes(series.role));
  const band = ["band-low", "band-high"].map((role) => spec.series.find((series) => series.role === role));
  return tooltip(
    look,
    (points) => {
      const i = points[0].dataIndex;
      const lines = visible.map((series) => [series.name, shown(series.data[i], spec)]);
      if (band[0] && band[1] && band[0].data[i] !== null) {
        lines.push([`${band[0].name} – ${band[1].name}`, band.map((side) => shown(side.data[i], spec)).join(" – ")]);
      }
      return tip(spec.words?.[i] ?? (spec.x_type === "date" ? day(spec.x[i]) : spec.x[i]), lines);
    },
    { trigger: "axis", axisPointer: { type: spec.kind === "bar" ? "shadow" : "line", lineStyle: { color: look.firm } } },
  );
}

/** Lines over time. Roles: plan (dashed), actual (thick), forecast (dotted), band-low and band-high (shaded between). */
export function lineOption(spec, look, narrow) {
  const lines = spec.series.filter((series) => !["band-low", "band-high"].includes(series.role));
  const low = spec.series.find((series) => series.role === "band-low");
  const high = spec.series.find((series) => series.role === "band-high");
  const drawn = lines.map((series, i) => line(series, i, spec, look));
  if (drawn.length) drawn[0].markLine = todayLine(spec, look);
  if (low && high) drawn.push(...band(low, high, spec, look));
  return {
    // Half of a month's name stands beyond the end of a time axis.
    grid: { ...grid(narrow, lines.length > 1), ...(spec.x_type === "date" ? { right: 40 } : {}) },
    legend: { ...legendOf(spec, look, lines.map(unmarked)), itemWidth: 40, lineStyle: { width: "inherit" } },
    tooltip: axisTip(spec, look),
    xAxis: categoryAxis(spec, look),
    yAxis: valueAxis(spec, look),
    series: drawn,
  };
}

const DASHES = { plan: "dashed", forecast: "dotted" };
// Among many values marks would hide the line; one or a few among gaps are seen by their marks alone.
const isMarked = (series) => series.data.filter((value) => value !== null).length < 15;
/** A line without marks has none in the legend either, where ECharts would draw one. */
const unmarked = (series) => (isMarked(series) ? series.name : { name: series.name, itemStyle: { opacity: 0 } });

function line(series, i, spec, look) {
  const colour = look.roles[series.role] ?? look.series[i % look.series.length];
  return {
    name: series.name,
    type: "line",
    data: pairs(spec, series),
    color: colour,
    symbol: MARKS[i % MARKS.length],
    symbolSize: 6,
    showSymbol: isMarked(series),
    connectNulls: series.connect ?? false,
    lineStyle: { color: colour, width: series.role === "actual" ? 3 : 2, type: DASHES[series.role] ?? "solid" },
  };
}

function band(low, high, spec, look) {
  const height = high.data.map((value, i) => (value === null || low.data[i] === null ? null : value - low.data[i]));
  const hidden = { type: "line", stack: "band", symbol: "none", silent: true, lineStyle: { opacity: 0 }, tooltip: { show: false } };
  return [
    { ...hidden, name: "", data: pairs(spec, low) },
    { ...hidden, name: " ", data: pairs(spec, { data: height }), areaStyle: { color: look.roles.band, opacity: 0.18 } },
  ];
}

const NAME_LINE = 18;
const nameWidth = (narrow) => (narrow ? 104 : 200);
const isLying = (spec, narrow) => spec.horizontal || (spec.kind === "waterfall" && narrow);
// A bar without its name says nothing.
const EVERY_NAME = { hideOverlap: false, interval: 0 };

/** Pixels that lying bars need so that no name lies on the next; null for every other chart. */
export function heightOf(spec, look, narrow) {
  if (!isLying(spec, narrow)) return null;
  const measure = pen(look);
  const names = spec.x ?? spec.items.map((item) => item.name);
  const lines = Math.max(...names.map((name) => wrapped(name, nameWidth(narrow), measure).length), spec.series?.length ?? 1);
  return 84 + names.length * (lines * NAME_LINE + 10);
}

/** How wide a text is, in the letters of the axes or in others. */
export function pen(look, letters = "13px") {
  const context = document.createElement("canvas").getContext("2d");
  context.font = `${letters} ${look.font}`;
  return (words) => context.measureText(words).width;
}

/** Labels in lines of whole words; a word that is too long by itself is shortened. */
function names(all, look, width) {
  const measure = pen(look);
  const longest = Math.max(0, ...all.flatMap((name) => wrapped(name, width, measure)).map(measure));
  return {
    formatter: (name) => wrapped(name, width, measure).join("\n"),
    width: Math.ceil(Math.min(longest, width)) + 2, // letters are measured a little differently there
    overflow: "truncate",
    ellipsis: "…",
  };
}

/** The lines of a name, broken between words or before a bracket: ECharts breaks Korean at any letter. */
export function wrapped(name, width, measure, between = /(?= |\()/) {
  const lines = [""];
  for (const piece of name.split(between)) {
    const last = lines.length - 1;
    if (lines[last] && measure((lines[last] + piece).trim()) > width) lines.push(piece);
    else lines[last] += piece;
  }
  return lines.map((line) => line.trim());
}

/** In place of a bar that there is none of, what is missing: an empty row would read as 0. */
const inWords = (words, spec, look) => ({ value: 0, label: { show: true, position: spec.horizontal ? "right" : "top", color: look.soft, formatter: words } });

/** Bars over categories; `stack` on a series stacks it, `missing` says that a value is, `horizontal` lays them down. */
export function barOption(spec, look, narrow) {
  const bars = spec.series.map((series, i) => {
    const colour = look.roles[series.role] ?? look.series[i % look.series.length];
    return {
      name: series.name,
      type: series.line ? "line" : "bar",
      stack: series.stack,
      data: series.data.map((value) => (value === null && series.missing ? inWords(series.missing, spec, look) : value)),
      color: colour,
      barMaxWidth: 36,
      barGap: "15%",
      itemStyle: { borderColor: look.surface, borderWidth: series.stack ? 1 : 0 },
      label: {
        show: spec.labels ?? (spec.series.length === 1 && spec.x.length <= 12),
        position: series.stack ? "inside" : spec.horizontal ? "right" : "top",
        color: look.text,
        fontSize: 12,
        formatter: ({ value }) => shown(value, spec, spec.unit !== "bp"), // a share as exactly as a card says it
      },
    };
  });
  const across = categoryAxis(spec, look, spec.horizontal ? nameWidth(narrow) : undefined);
  const up = valueAxis({ ...spec, max: spec.max ?? null }, look);
  if (spec.horizontal) {
    across.inverse = true;
    Object.assign(across.axisLabel, EVERY_NAME);
  }
  if (spec.horizontal && narrow) up.splitNumber = 2;
  const beside = spec.horizontal && bars.some((bar) => bar.label.show);
  return {
    grid: { ...grid(narrow, spec.series.length > 1), right: beside ? 56 : 24 },
    legend: legendOf(spec, look, spec.series.map((series) => series.name)),
    tooltip: axisTip(spec, look),
    xAxis: spec.horizontal ? up : across,
    yAxis: spec.horizontal ? across : up,
    series: bars,
  };
}

/** From one figure to another, a bar for each cause, on a phone lying. The first and last items carry `total: true`. */
export function waterfallOption(spec, look, narrow) {
  let level = 0;
  const floor = [];
  const bars = spec.items.map((item) => {
    const from = item.total ? 0 : level;
    const to = item.total ? (item.value ?? 0) : level + item.value; // an end that is not known has no bar
    level = to;
    floor.push(Math.min(from, to));
    const colour = item.total ? look.total : item.value < 0 ? look.down : look.up;
    return { value: item.value === null ? null : Math.abs(to - from), href: item.href, itemStyle: { color: colour } };
  });
  const signed = (item) => item.shown ?? (item.total ? shown(item.value, spec) : difference(item.value, spec));
  const lying = isLying(spec, narrow);
  const across = { ...categoryAxis({ x: spec.items.map((item) => item.name) }, look, lying ? nameWidth(narrow) : 84), inverse: lying };
  Object.assign(across.axisLabel, EVERY_NAME);
  const up = { ...valueAxis({ ...spec, max: null }, look), min: spec.min ?? 0, ...(lying ? { splitNumber: 2 } : {}) };
  return {
    grid: { ...grid(narrow, false), ...(lying ? { right: 64 } : {}) },
    tooltip: tooltip(look, ({ dataIndex }) => tip(spec.items[dataIndex].name, [[spec.name ?? "", signed(spec.items[dataIndex])]])),
    xAxis: lying ? up : across,
    yAxis: lying ? across : up,
    series: [
      { type: "bar", stack: "w", silent: true, data: floor, itemStyle: { color: "transparent" }, tooltip: { show: false } },
      {
        type: "bar",
        stack: "w",
        data: bars,
        barMaxWidth: 48,
        label: {
          show: true,
          position: lying ? "right" : "top",
          color: look.text,
          fontSize: 12,
          formatter: ({ dataIndex }) => signed(spec.items[dataIndex]),
        },
      },
    ],
  };
}

/** Milestones on a time axis: `items` of {name, start, end, actual, tone, href}. */
export function ganttOption(spec, look, narrow) {
  const data = spec.items.map((item, i) => ({
    name: item.name,
    href: item.href,
    value: [i, item.start ?? item.end, item.end, item.tone ?? "mute", item.start ? 1 : 0],
  }));
  return {
    grid: { ...grid(narrow, false), top: 28, bottom: 28 },
    tooltip: tooltip(look, ({ dataIndex }) => {
      const item = spec.items[dataIndex];
      const span = item.start ? `${day(item.start)} – ${day(item.end)}` : day(item.end);
      return tip(item.name, [[item.state ?? "", span]]);
    }),
    xAxis: { ...categoryAxis({ x_type: "date" }, look), position: "top", splitLine: { show: true, lineStyle: { color: look.line } } },
    yAxis: {
      type: "category",
      data: spec.items.map((item) => item.name),
      inverse: true,
      axisTick: { show: false },
      axisLine: { show: false },
      axisLabel: { color: look.text, fontSize: 13, width: narrow ? 110 : 220, overflow: "truncate" },
    },
    series: [
      { type: "custom", encode: { x: [1, 2], y: 0 }, data, renderItem: (params, api) => span(api, look), markLine: todayLine(spec, look) },
    ],
  };
}

function span(api, look) {
  const [row, from, to, tone, bar] = [0, 1, 2, 3, 4].map((i) => api.value(i));
  const [x1, y] = api.coord([from, row]);
  const [x2] = api.coord([to, row]);
  const height = Math.min(16, api.size([0, 1])[1] * 0.6);
  const style = { fill: look.lights[tone] ?? look.lights.mute };
  if (bar) return { type: "rect", shape: { x: x1, y: y - height / 2, width: Math.max(x2 - x1, 3), height, r: 2 }, style };
  const half = height / 2;
  return { type: "polygon", shape: { points: [[x2, y - half], [x2 + half, y], [x2, y + half], [x2 - half, y]] }, style };
}

/** Regions in one colour from light to dark: `geo` is the address of a GeoJSON whose features have `name`. */
export function mapOption(spec, look, narrow) {
  const values = spec.items.map((item) => item.value).filter((value) => value !== null);
  return {
    tooltip: tooltip(look, ({ name, data }) => tip(name, [[spec.name ?? "", data?.shown ?? shown(data?.value, spec)]])),
    visualMap: {
      min: Math.min(0, ...values),
      max: Math.max(1, ...values),
      left: 0,
      bottom: 0,
      itemWidth: 12,
      itemHeight: narrow ? 60 : 100,
      text: [shown(Math.max(0, ...values), spec, true), shown(Math.min(0, ...values), spec, true)],
      textStyle: { color: look.soft },
      inRange: { color: [look.line, look.series[0]] },
    },
    series: [
      {
        type: "map",
        map: spec.geo,
        nameProperty: spec.name_property ?? "name",
        data: spec.items,
        selectedMode: false,
        itemStyle: { borderColor: look.surface, areaColor: look.line },
        label: { show: false },
        emphasis: { label: { show: true, color: look.text }, itemStyle: { areaColor: look.series[1] } },
      },
    ],
  };
}
