import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { KumustaError } from "../basics/errors.ts";
import type { HttpRequest, HttpResponse, Route } from "../channels/http-port.ts";

const contentTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".txt": "text/plain; charset=utf-8",
};

/** Only what this server itself serves; no inline script, no frame of another site around it. */
const pagePolicy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; connect-src 'self' ws: wss:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The built pages, read once and served from memory: one route for each file that exists, so that no path leads
 * anywhere else. `pages` maps addresses to HTML files of the bundle; `meta` is told to the scripts of each page, as
 * `<meta name content>`.
 * @throws KumustaError `web.missing`
 */
export function staticRoutes(
  folder: string,
  pages: Readonly<Record<string, string>>,
  meta: Readonly<Record<string, string>> = {},
): Route[] {
  const missing = Object.values(pages).filter((file) => !existsSync(join(folder, file)));
  if (missing.length > 0) throw new KumustaError("web.missing", [folder]);
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && extname(entry.name) in contentTypes && extname(entry.name) !== ".html",
    )
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll("\\", "/"));
  return [
    ...Object.entries(pages).map(([path, file]) => serve(path, join(folder, file), "no-cache", meta)),
    // vite writes the hash of the content into the name, so what a name stands for never changes.
    ...files.map((path) =>
      serve(
        path,
        join(folder, path),
        path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
      ),
    ),
  ];
}

/** Names and contents are the program's own; they hold nothing that HTML would read otherwise. */
function withMeta(html: Buffer, meta: Readonly<Record<string, string>>): Buffer {
  const tags = Object.entries(meta).map(([name, content]) => `<meta name="${name}" content="${content}" />`);
  return tags.length === 0
    ? html
    : Buffer.from(html.toString("utf8").replace("</head>", () => `${tags.join("")}</head>`));
}

function serve(
  path: string,
  file: string,
  cacheControl: string,
  meta: Readonly<Record<string, string>> = {},
): Route {
  const body = withMeta(readFileSync(file), meta);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  const headers = {
    "Content-Type": contentTypes[extname(file)] ?? "application/octet-stream",
    "Cache-Control": cacheControl,
    ETag: etag,
    "Content-Security-Policy": pagePolicy,
    "Referrer-Policy": "strict-origin-when-cross-origin",
  };
  return {
    method: "GET",
    path,
    bodyLimit: 0,
    // A page of another site loads the widget's panel as a module, which browsers do with CORS only. It is all public.
    ...(extname(file) === ".js" ? { cors: { origins: "any" as const } } : {}),
    handle: ({ headers: asked }: HttpRequest): HttpResponse =>
      asked["if-none-match"] === etag
        ? { status: 304, headers: { ETag: etag, "Cache-Control": cacheControl } }
        : { status: 200, headers, body },
  };
}
