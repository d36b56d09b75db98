// KRDS ships each colour mode as a second set of rules. Kept as tokens instead, one set of rules serves light, dark and
// high contrast, a chosen mode does not depend on the device's setting, and the stylesheet is a third smaller.

/** The stylesheet without its per-mode rules. */
export function withoutModes(css) {
  let kept = "";
  for (const block of blocks(css)) {
    if (block.head.startsWith("@media") && block.body.includes("data-krds-mode")) {
      const inside = withoutModes(block.body);
      if (inside.trim()) kept += `${block.head}{${inside}}`;
    } else if (!block.head.includes("data-krds-mode")) {
      kept += block.text;
    }
  }
  return kept;
}

/** Rules that give every light token its high-contrast value, for the dark and the high-contrast mode. */
export function modeTokens(tokens) {
  const names = [...tokens.matchAll(/--krds-high-contrast-([\w-]+):/g)].map((match) => match[1]);
  const line = (name) => `--krds-light-${name}: var(--krds-high-contrast-${name});`;
  const colours = names.filter((name) => name.startsWith("color-"));
  // Paper is always light.
  return [
    "@media screen {",
    `[data-krds-mode="theme"] { ${colours.map(line).join(" ")} }`,
    `[data-krds-mode="high-contrast"] { ${names.map(line).join(" ")} }`,
    "}",
  ].join("\n");
}

/** The top-level statements of a stylesheet: `@…;` lines and blocks with balanced braces. */
function* blocks(css) {
  const source = css.replace(/\/\*[\s\S]*?\*\//g, "");
  let start = 0;
  let open = -1;
  let depth = 0;
  for (let i = 0; i < source.length; i += 1) {
    const sign = source[i];
    if (sign === '"' || sign === "'") i = source.indexOf(sign, i + 1);
    else if (sign === ";" && depth === 0) {
      const text = source.slice(start, i + 1);
      yield { head: text.trim(), body: "", text };
      start = i + 1;
    } else if (sign === "{") {
      if (depth === 0) open = i;
      depth += 1;
    } else if (sign === "}") {
      depth -= 1;
      if (depth > 0) continue;
      const text = source.slice(start, i + 1);
      yield { head: source.slice(start, open).trim(), body: source.slice(open + 1, i), text };
      start = i + 1;
    }
  }
}
