/** The least UUIDv7 of an instant (RFC 9562 §5.7: the first 48 bits are milliseconds), epoch ms. */
export function leastIdAt(ms: number): string {
  const hex = Math.min(Math.max(0, Math.floor(ms)), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}`;
}
