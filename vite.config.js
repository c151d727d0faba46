import { join } from "node:path";
import { defineConfig } from "vite";

/** Browser code: each page of web/ into dist/web, where the server reads it once at start. */
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
      input: ["index.html", "privacy.html"].map((page) => join(import.meta.dirname, "web/demo", page)),
    },
  },
});
