/**
 * Address of the customer. `trustedProxies` is how many proxies of the operator stand in front: each appends the
 * address that it saw to X-Forwarded-For, so only that many entries, counted from the end, are believed.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const direct = plain(peer ?? "");
  if (trustedProxies === 0 || forwardedFor === undefined) return direct;
  const entries = forwardedFor
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  return plain(entries[Math.max(0, entries.length - trustedProxies)] ?? direct);
}

/** An IPv4 address seen by a socket of both families comes as `::ffff:192.0.2.1`. */
function plain(address: string): string {
  return address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
}
