// Builds static/ and the installed packages into build/static/dist/, which Django serves. `--watch` rebuilds on change.
import { cp, mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { modeTokens, withoutModes } from "./krds.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const out = join(root, "build/static/dist");
const watch = process.argv.includes("--watch");

const KRDS = join(root, "node_modules/krds-uiux/resources/css");

/** KRDS as installed, with its colour modes turned into tokens (see krds.mjs). */
const krds = {
  name: "krds",
  setup(build) {
    build.onLoad({ filter: /krds-uiux.*output\.css$/ }, async ({ path }) => ({
      contents: withoutModes(await readFile(path, "utf8")),
      loader: "css",
      resolveDir: dirname(path),
    }));
    build.onResolve({ filter: /^krds-modes$/ }, () => ({ path: "krds-modes", namespace: "krds" }));
    build.onLoad({ filter: /.*/, namespace: "krds" }, async () => ({
      contents: modeTokens(await readFile(join(KRDS, "token/krds_tokens.css"), "utf8")),
      loader: "css",
    }));
  },
};

const options = {
  absWorkingDir: root,
  entryPoints: [
    { in: "static/css/app.css", out: "app" },
    { in: "static/js/app.js", out: "app" },
    { in: "static/js/chart.js", out: "chart" },
  ],
  assetNames: "assets/[name]",
  outdir: out,
  bundle: true,
  format: "iife",
  minify: !watch,
  sourcemap: watch ? "linked" : false,
  legalComments: "linked",
  target: ["chrome109", "edge109", "firefox115", "safari16"],
  loader: { ".woff2": "file", ".svg": "file", ".png": "file", ".gif": "file", ".jpg": "file" },
  plugins: [krds],
  logLevel: "warning",
};

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });
await cp(join(root, "static/img"), join(out, "img"), { recursive: true });

if (watch) {
  await (await esbuild.context(options)).watch();
} else {
  await esbuild.build(options);
}
