import { KumustaError } from "../basics/errors.ts";
import { isoTime } from "../basics/time.ts";
import type { Route } from "../channels/http-port.ts";
import type { LiveState } from "../workbench/live-state.ts";

const path = "/demo/content";

/** Tells the demo page that it may ask how the content stands, and where. */
export const demoContentMeta: Readonly<Record<string, string>> = { "kumusta-content-state": path };

/** Names of this machine for itself, as HOST, and as a browser writes them into the Host header. */
const ownName = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/iu;

/** This machine's own addresses, as a socket names its peer (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
const ownAddress = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/iu;

/**
 * Whether this server may be somebody's own: then the demo page shows what is wrong in the content to whoever sits at
 * this machine. With a public address, behind a proxy or bound to another interface it serves customers.
 */
export function isDemo({
  host,
  publicUrl,
  trustedProxies,
}: {
  readonly host: string | undefined;
  readonly publicUrl: string | undefined;
  readonly trustedProxies: number;
}): boolean {
  return (host === undefined || ownName.test(host)) && publicUrl === undefined && trustedProxies === 0;
}

/**
 * GET /demo/content: which version is live since when, whether an edit is being learnt, and why the last one was
 * refused. Nothing for a request from another machine, that a proxy passed on, or that names another host (DNS
 * rebinding).
 */
export function demoContentRoute(state: () => LiveState): Route {
  return {
    method: "GET",
    path,
    bodyLimit: 0,
    handle: ({ headers, remoteAddress }) => {
      const name = (headers["host"] ?? "").replace(/:\d+$/u, "");
      if (
        !ownName.test(name) ||
        !ownAddress.test(remoteAddress) ||
        headers["x-forwarded-for"] !== undefined ||
        headers["forwarded"] !== undefined
      )
        throw new KumustaError("route.unknown");
      const { version, liveSince, learning, refused } = state();
      return {
        status: 200,
        body: {
          version,
          liveSince: isoTime(liveSince),
          learning,
          refused: refused === undefined ? null : { at: isoTime(refused.at), faults: refused.faults },
        },
      };
    },
  };
}
