import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HttpRequest, Route } from "../../src/channels/http-port.ts";
import { staticRoutes } from "../../src/http/static-files.ts";

describe("the built pages", () => {
  let folder: string;
  let routes: readonly Route[];
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kumusta-static-"));
    mkdirSync(join(folder, "demo"));
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "demo/index.html"), "<!doctype html>");
    writeFileSync(join(folder, "assets/main-abc.js"), "void 0");
    writeFileSync(join(folder, "assets/secret.map"), "{}");
    routes = staticRoutes(folder, { "/": "demo/index.html" });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const request: HttpRequest = {
      id: "r",
      method: "GET",
      path,
      params: {},
      query: new URLSearchParams(),
      rawQuery: "",
      headers,
      body: Buffer.alloc(0),
      remoteAddress: "",
    };
    return routes.find((route) => route.path === path)?.handle(request);
  };

  it("are one route for each file, and no other path exists", () => {
    expect(routes.map(({ path }) => path).sort()).toEqual(["/", "/assets/main-abc.js"]);
  });

  it("tell their scripts what the server tells them, and are other pages then", async () => {
    writeFileSync(join(folder, "demo/head.html"), "<head></head>");
    const served = (meta: Record<string, string>) =>
      staticRoutes(folder, { "/head": "demo/head.html" }, meta).find(({ path }) => path === "/head");
    const request = {
      ...{
        id: "r",
        method: "GET",
        path: "/head",
        params: {},
        query: new URLSearchParams(),
        rawQuery: "",
        headers: {},
      },
      ...{ body: Buffer.alloc(0), remoteAddress: "" },
    };
    const told = await served({ "kumusta-x": "/y" })?.handle(request);
    const plain = await served({})?.handle(request);
    expect(told?.body).toEqual(Buffer.from('<head><meta name="kumusta-x" content="/y" /></head>'));
    expect(plain?.body).toEqual(Buffer.from("<head></head>"));
    expect(told?.headers?.["ETag"]).not.toBe(plain?.headers?.["ETag"]);
  });

  it("may run no script but their own, in no frame of another site", async () => {
    const policy = (await get("/"))?.headers?.["Content-Security-Policy"] ?? "";
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe");
  });

  it("are sent once and then confirmed", async () => {
    const first = await get("/");
    const etag = first?.headers?.["ETag"] ?? "";
    expect([first?.status, first?.body]).toEqual([200, Buffer.from("<!doctype html>")]);
    expect(await get("/", { "if-none-match": etag })).toEqual({
      status: 304,
      headers: { ETag: etag, "Cache-Control": "no-cache" },
    });
    expect((await get("/assets/main-abc.js"))?.headers?.["Cache-Control"]).toContain("immutable");
  });

  it("that were never built are named with the command that builds them", () => {
    expect(() => staticRoutes(join(folder, "nowhere"), { "/": "demo/index.html" })).toThrow(
      expect.objectContaining({ code: "web.missing", next: "Run: npm run build" }),
    );
  });
});
