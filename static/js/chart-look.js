// Colours, numbers and tooltips of the charts, from the page's own tokens and language.
const korean = () => document.documentElement.lang.startsWith("ko");

// A picture has no font of the page.
export const SYSTEM_FONT = '"Malgun Gothic", system-ui, sans-serif';

export function palette() {
  const style = getComputedStyle(document.documentElement);
  const value = (name) => style.getPropertyValue(`--${name}`).trim();
  const colour = (name) => resolve(value(name));
  return {
    font: `"Pretendard GOV Variable", ${SYSTEM_FONT}`,
    text: colour("text"),
    soft: colour("text-soft"),
    line: colour("line"),
    firm: colour("line-firm"),
    surface: colour("surface"),
    roles: {
      actual: colour("chart-actual"),
      plan: colour("chart-plan"),
      forecast: colour("chart-forecast"),
      band: colour("chart-band"),
    },
    series: [1, 2, 3, 4, 5, 6].map((n) => colour(`chart-${n}`)),
    up: colour("chart-up"),
    down: colour("chart-down"),
    total: colour("chart-total"),
    lights: { ok: colour("ok-fill"), warn: colour("warn-fill"), bad: colour("bad-fill"), info: colour("info-fill"), mute: colour("line-strong") },
  };
}

/** A token may point to a token: the browser knows the end of the chain. */
function resolve(value) {
  const probe = document.createElement("i");
  probe.style.color = value;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

const group = (value, places) =>
  value.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places }).replace("-", "−");

/** A value in the unit of the chart: basis points, whole won, or a number with a suffix. */
export function shown(value, spec, short = false) {
  if (value === null || value === undefined) return "–";
  if (spec.unit === "bp") return `${group(value / 100, short ? 0 : 1)}%`;
  if (spec.unit === "won") return won(value, short);
  return `${group(value, Number.isInteger(value) ? 0 : 1)}${short ? "" : (spec.suffix ?? "")}`;
}

/** A difference: percentages differ by points. */
export function difference(value, spec) {
  const sign = value > 0 ? "+" : "";
  if (spec.unit === "bp") return `${sign}${group(value / 100, 1)}${korean() ? "%p" : " pp"}`;
  return `${sign}${shown(value, spec)}`;
}

function won(value, short) {
  const size = Math.abs(value);
  if (size === 0) return "0";
  const steps = korean()
    ? [[1e12, "조 원"], [1e8, "억 원"], [1e4, "만 원"]]
    : [[1e12, " tn"], [1e9, " bn"], [1e6, " m"]];
  const [unit, name] = steps.find(([step]) => size >= step) ?? [1, korean() ? "원" : ""];
  const places = (value / unit) % 1 === 0 ? 0 : 1;
  const figure = `${group(value / unit, places)}${short ? name.replace(" 원", "") : name}`;
  return korean() || short ? figure : `KRW ${figure}`;
}

const DAY = { ko: { year: "numeric", month: "numeric", day: "numeric", weekday: "short" }, en: { year: "numeric", month: "short", day: "numeric" } };

export function day(iso) {
  const at = new Date(iso);
  return korean()
    ? at.toLocaleDateString("ko-KR", DAY.ko).replace(/\.? ?\((.)\)$/, ".($1)")
    : at.toLocaleDateString("en-GB", DAY.en);
}

export function month(at) {
  const date = new Date(at);
  return korean()
    ? `${date.getFullYear()}. ${date.getMonth() + 1}.`
    : date.toLocaleDateString("en-GB", { year: "numeric", month: "short" });
}

/** Tooltips are elements: markup with style attributes would be refused by the content security policy. */
export function tip(title, lines) {
  const box = document.createElement("div");
  box.className = "chart-tip";
  const head = document.createElement("strong");
  head.textContent = title;
  box.append(head);
  for (const [name, value] of lines) {
    const line = document.createElement("div");
    const left = document.createElement("span");
    const right = document.createElement("b");
    left.textContent = name;
    right.textContent = value;
    line.append(left, right);
    box.append(line);
  }
  return box;
}

export function tooltip(look, formatter, more = {}) {
  return {
    confine: true,
    transitionDuration: 0,
    backgroundColor: look.surface,
    borderColor: look.firm,
    textStyle: { color: look.text, fontFamily: look.font, fontSize: 14 },
    formatter,
    ...more,
  };
}
