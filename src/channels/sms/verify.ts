import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { parse, stringify } from "node:querystring";
import type { Params } from "./params.ts";

/** What a request of Twilio's is signed over. */
export interface SignedRequest {
  /** `X-Twilio-Signature`; undefined where there was none. */
  readonly signature: string | undefined;
  /** The address that Twilio was told to call, without its query. */
  readonly address: string;
  /** The query as it came, without the question mark. */
  readonly query: string;
  readonly body: Buffer;
  /** The parameters of a form; undefined where the body is none. */
  readonly params: Params | undefined;
}

const bodyHash = "bodySHA256";

/**
 * Whether Twilio sent this ("Security", Validating requests): Base64 of HMAC-SHA1 under the account's auth token
 * over the address and, for a form, each parameter's name and values in order. A body that is no form is
 * covered by its SHA-256 in the query instead.
 */
export function isSignedByTwilio(request: SignedRequest, authToken: string): boolean {
  const { signature, query, body, params } = request;
  if (signature === undefined) return false;
  const given = Buffer.from(signature);
  const hash = new URLSearchParams(query).get(bodyHash);
  if (hash === null ? params === undefined && body.length > 0 : !coversBody(hash, body)) return false;
  const tail = hash === null ? joined(params ?? new Map()) : "";
  // Each is compared, so that the time does not tell which one it was.
  return addressesOf(request)
    .map((address) => createHmac("sha1", authToken).update(`${address}${tail}`).digest("base64"))
    .map((wanted) => equal(given, Buffer.from(wanted)))
    .includes(true);
}

function equal(given: Buffer, wanted: Buffer): boolean {
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function coversBody(hash: string, body: Buffer): boolean {
  return equal(Buffer.from(hash), Buffer.from(createHash("sha256").update(body).digest("hex")));
}

/** All parameters, known to us or not: Twilio adds some without notice. A name with several values counts each value once. */
function joined(params: Params): string {
  return [...params.keys()]
    .toSorted(byUnits)
    .flatMap((name) => [...new Set(params.get(name))].toSorted(byUnits).map((value) => `${name}${value}`))
    .join("");
}

/** The order in which Twilio's own library sorts: by UTF-16 units, in no language. */
function byUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const ports: Readonly<Record<string, string>> = { "https:": "443", "http:": "80" };
const authority = /^(https?:)\/\/([^/?#]*)(.*)$/u;

/**
 * The address as Twilio may have written it when it signed: with the scheme's own port and without, and its query
 * as it came and as Node's `querystring` writes it (Twilio's own library tries the same four).
 */
function addressesOf({ address, query }: SignedRequest): string[] {
  const [, scheme = "", host = "", path = ""] = authority.exec(address) ?? [];
  const port = ports[scheme] ?? "";
  const hosts = /:\d+$/u.test(host) ? [host, host.replace(/:\d+$/u, "")] : [host, `${host}:${port}`];
  const queries = query === "" ? [""] : [`?${query}`, `?${stringify(parse(query))}`];
  return hosts.flatMap((name) => queries.map((asked) => `${scheme}//${name}${path}${asked}`));
}
