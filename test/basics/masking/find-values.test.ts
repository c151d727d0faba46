import { describe, expect, it } from "@jest/globals";
import { findValues } from "../../../src/basics/masking/find-values.ts";

/** What was found, as type and words, in the order of the text. */
function found(text: string): string[] {
  return findValues(text)
    .sort((a, b) => a.start - b.start)
    .map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);
}

describe("personal values in what customers write", () => {
  it.each([
    ["0917 123 4567 po", ["phone 0917 123 4567"]],
    ["call +63 (0)917-123-4567!", ["phone +63 (0)917-123-4567"]],
    ["GCash09171234567 yan", ["phone 09171234567"]],
    ["9171234567", ["phone 9171234567"]],
    ["text me sa 0917.123.4567 or 0918 765 4321", ["phone 0917.123.4567", "phone 0918 765 4321"]],
    ["(02) 8123-4567 ang landline", ["phone (02) 8123-4567"]],
    ["tel. no. 8123 4567", ["phone 8123 4567"]],
    ["my number in Singapore is +65 9123 4567", ["phone +65 9123 4567"]],
    ["juan.delacruz+shop@gmail.com po", ["email juan.delacruz+shop@gmail.com"]],
    ["niño@example.ph", ["email niño@example.ph"]],
    ["my card 4111 1111 1111 1111", ["card 4111 1111 1111 1111"]],
    ["BPI 1234-5678-90", ["account 1234-5678-90"]],
    ["acct no: 12345678", ["account 12345678"]],
    ["order TND-104233, or #104233", ["orderNumber TND-104233", "orderNumber 104233"]],
    ["order 104233 09171234567", ["orderNumber 104233", "phone 09171234567"]],
    ["on 2026-11-22 to 123456789012", ["account 123456789012"]],
    ["http://shop.example/?email=juan@example.com&p=1", ["email juan@example.com"]],
  ])("are found in %p", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    "magkano po ang ₱1,500 at P 2500 na set, o 1500 pesos?",
    "sa 2026-11-22 14:30, o 22/11/2026, o 11-22-2026",
    "between 9:00 and 17:30, 3-5 days",
    "sizes 36 37 38 39 40 please",
    "see https://shop.example/items/1234567890123?from=987654321",
    "019f5b2e-1c7a-7d21-8f3e-123456789012",
    "0190a1b2-0912-7345-812a-123456789012",
    "order ko 3pcs, 12 x 30 cm, lat 14.59951234",
    "hello, nasaan na po ang order ko?",
  ])("are not seen in %p", (text) => {
    expect(found(text)).toEqual([]);
  });

  it("are looked for in bounded time, whatever is written", () => {
    const nasty = [
      ...["order", "tel", "+", "0", "p"].map((word) => `${word}${" ".repeat(4_000)}1!`),
      ...["1", "1 ", "09", "a@", "a.", "-", "(0", "1,", "12:", "+6"].map((part) => part.repeat(3_000)),
      `@${"a".repeat(4_000)}`,
    ];
    const begun = performance.now();
    for (const text of nasty) findValues(text);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
