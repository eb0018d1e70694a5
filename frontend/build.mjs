// Compiles the style sheet, bundles the page scripts (each file of frontend/scripts is one) and
// copies what is used whole into the kernel's static folder. Usage: npm run build
import { cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as esbuild from "esbuild";
import * as sass from "sass";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const modules = join(project, "node_modules");
const target = join(project, "src/crossforce/kernel/static/built");

const copies = {
  "htmx.org/dist/htmx.min.js": "htmx.js",
  "maplibre-gl/dist/maplibre-gl-csp.js": "maplibre-gl.js",
  "maplibre-gl/dist/maplibre-gl-csp-worker.js": "maplibre-gl-worker.js",
  "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
  "maplibre-gl/LICENSE.txt": "licences/maplibre-gl.txt",
  "tus-js-client/LICENSE": "licences/tus-js-client.txt",
  "htmx.org/LICENSE": "licences/htmx.txt",
};

// MoJ Frontend loads GOV.UK Frontend itself, with a configuration of its own. A Sass module can be
// configured once, so its request is answered with ours.
const base = "node_modules/govuk-frontend/dist/govuk/base";
const theirs = [
  "$govuk-suppressed-warnings",
  "$govuk-assets-path",
  "$govuk-images-path",
  "$govuk-fonts-path",
  "$govuk-gutter",
  "$govuk-page-width",
  "$govuk-font-family",
  "$govuk-include-default-font-face",
];
const ours = {
  canonicalize: (url) => (url === base ? new URL("ours:base") : null),
  load: () => ({
    contents:
      theirs.map((name) => `${name}: null !default;`).join("") +
      `@forward "settings" hide ${theirs.join(", ")};`,
    syntax: "scss",
  }),
};
const settings = {
  findFileUrl: (url) =>
    url === "settings" ? pathToFileURL(join(project, "frontend/styles/_settings.scss")) : null,
};

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, "licences"), { recursive: true });

const styles = sass.compile(join(project, "frontend/styles/crossforce.scss"), {
  style: "compressed",
  importers: [ours, settings],
  loadPaths: [modules],
  quietDeps: true,
  silenceDeprecations: ["import"],
});
writeFileSync(join(target, "crossforce.css"), styles.css);

// Only the images that the style sheet names.
for (const [, name] of styles.css.matchAll(/url\("?images\/([^")]+)"?\)/g)) {
  cpSync(
    join(modules, "@ministryofjustice/frontend/moj/assets/images", name),
    join(target, "images", name),
  );
}

for (const [from, to] of Object.entries(copies)) {
  cpSync(join(modules, from), join(target, to));
}

const scripts = join(project, "frontend/scripts");
await esbuild.build({
  entryPoints: readdirSync(scripts).map((name) => join(scripts, name)),
  outdir: target,
  bundle: true,
  format: "esm",
  minify: true,
  target: "es2020",
  legalComments: "none",
});
