import type { HttpRequest } from "../http-port.ts";

const fineHost = /^[\w.:[\]-]{1,255}$/u;

/**
 * The address under which this client reached us, such as `https://chat.shop.example`: what goes into the
 * addresses that we hand back to it. Whatever a client makes of its Host header harms nobody but itself, since
 * nothing of it is stored.
 */
export function addressedAs(request: Pick<HttpRequest, "headers">, publicUrl: string | undefined): string {
  const configured = publicUrl === undefined ? undefined : new URL(publicUrl);
  const { host } = request.headers;
  if (host === undefined || !fineHost.test(host)) return configured?.origin ?? "http://localhost";
  const forwarded = request.headers["x-forwarded-proto"]?.split(",", 1)[0]?.trim();
  const isSecure =
    forwarded === undefined
      ? configured?.host === host && configured.protocol === "https:"
      : forwarded === "https";
  return `${isSecure ? "https" : "http"}://${host}`;
}

/** True for pages of this very server: the browser names as origin what it addressed us as. */
export function isOwnOrigin(origin: string, host: string, publicUrl: string | undefined): boolean {
  const url = URL.parse(origin);
  if (url === null) return false;
  return url.host === host || (publicUrl !== undefined && url.origin === new URL(publicUrl).origin);
}
