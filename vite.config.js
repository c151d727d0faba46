import { join } from "node:path";
import { defineConfig } from "vite";

const widget = "widget.js";
/** Written in web/widget/load-panel.ts where the panel's real name goes. */
const panelPlace = "/assets/panel.js";

/**
 * `/widget.js` is put on pages as a classic script: its names must not meet those of the page, and it may import
 * nothing before the panel is opened. It is told here under which name the panel was written.
 */
const classicWidget = {
  name: "classic-widget",
  generateBundle(_options, bundle) {
    const chunk = bundle[widget];
    const panel = Object.values(bundle).find(({ name }) => name === "panel")?.fileName;
    if (chunk?.type !== "chunk" || panel === undefined || !chunk.code.includes(panelPlace))
      this.error("the widget or its panel is missing");
    if (chunk.imports.length > 0 || chunk.exports.length > 0)
      this.error(
        `${widget} shares code with the panel: what both need goes from one to the other as a value`,
      );
    chunk.code = `(()=>{${chunk.code.replace(panelPlace, () => `/${panel}`)}})();\n`;
  },
};

/** Browser code: each page of web/ and the widget into dist/web, where the server reads it once at start. */
export default defineConfig({
  root: join(import.meta.dirname, "web"),
  base: "/",
  build: {
    outDir: join(import.meta.dirname, "dist/web"),
    emptyOutDir: true,
    // The pages forbid inline content (see src/http/static-files.ts).
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        ...Object.fromEntries(
          ["index", "privacy"].map((page) => [page, join(import.meta.dirname, `web/demo/${page}.html`)]),
        ),
        widget: join(import.meta.dirname, "web/widget/main.ts"),
        panel: join(import.meta.dirname, "web/widget/panel.ts"),
      },
      // The panel is imported by its address: what it exports stays.
      preserveEntrySignatures: "exports-only",
      output: {
        entryFileNames: ({ name }) => (name === "widget" ? widget : "assets/[name]-[hash].js"),
      },
    },
  },
  plugins: [classicWidget],
});
