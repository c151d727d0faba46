import { KumustaError } from "../../basics/errors.ts";
import type { HttpRequest } from "../../channels/http-port.ts";

/** Names of this machine for itself, as HOST, and as a browser writes them into the Host header. */
const ownName = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?)$/iu;

/** This machine's own addresses, as a socket names its peer (RFC 1122 §3.2.1.3, RFC 4291 §2.5.3). */
const ownAddress = /^(?:::1|(?:::ffff:)?127(?:\.\d{1,3}){3})$/iu;

/** What of the configuration tells whether customers can reach the server. */
export interface Reach {
  readonly host: string | undefined;
  readonly publicUrl: string | undefined;
  readonly trustedProxies: number;
}

/**
 * Whether this server may be somebody's own: then the demo page shows what is wrong in the content and what the bot
 * thinks to whoever sits at this machine. With a public address, behind a proxy or bound to another interface it serves
 * customers.
 */
export function isDemo({ host, publicUrl, trustedProxies }: Reach): boolean {
  return (host === undefined || ownName.test(host)) && publicUrl === undefined && trustedProxies === 0;
}

/** What proxies write on what they pass on: RFC 7239, RFC 9110 §7.6.3, and what was usual before. */
const signOfProxy = /^(?:forwarded|via|x-real-ip|x-forwarded-.+)$/u;

/**
 * Lets through who sits at this machine, on a page of this server: not a request from another machine, not one that
 * shows that a proxy passed it on or that names another host (DNS rebinding), and not one that a page of another
 * address makes in the same browser (cross-site request forgery; Fetch Metadata, W3C). The Referer is looked at because
 * a proxy on this machine may name this server as the host and itself nowhere: a customer's browser tells by it that
 * its page has another address. What a program sends through such a proxy is like the maintainer's own.
 * @throws KumustaError `route.unknown`: to everybody else there is no such thing
 */
export function requireOwnMachine({
  headers,
  remoteAddress,
}: Pick<HttpRequest, "headers" | "remoteAddress">): void {
  const host = headers["host"] ?? "";
  const origin = headers["origin"];
  const site = headers["sec-fetch-site"];
  const referer = headers["referer"];
  const isOwn =
    ownName.test(host.replace(/:\d+$/u, "")) &&
    ownAddress.test(remoteAddress) &&
    !Object.keys(headers).some((name) => signOfProxy.test(name)) &&
    (origin === undefined || origin === `http://${host}`) &&
    (referer === undefined || URL.parse(referer)?.origin === `http://${host}`) &&
    (site === undefined || site === "same-origin" || site === "none");
  if (!isOwn) throw new KumustaError("route.unknown");
}
