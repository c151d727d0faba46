import { describe, expect, it } from "@jest/globals";
import { clientAddress } from "../../src/http/client-address.ts";

describe("the customer's address", () => {
  it.each([
    ["192.0.2.1", undefined, 0, "192.0.2.1"],
    ["::ffff:192.0.2.1", undefined, 0, "192.0.2.1"],
    ["192.0.2.1", "203.0.113.9", 0, "192.0.2.1"],
    ["10.0.0.1", "203.0.113.9", 1, "203.0.113.9"],
    ["10.0.0.1", "1.2.3.4, 203.0.113.9", 1, "203.0.113.9"],
    ["10.0.0.1", "1.2.3.4, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"],
    ["10.0.0.1", "203.0.113.9", 3, "203.0.113.9"],
    ["10.0.0.1", "", 1, "10.0.0.1"],
    [undefined, undefined, 0, ""],
  ])("seen from %s with X-Forwarded-For %j behind %i proxies is %s", (peer, forwarded, proxies, expected) => {
    expect(clientAddress(peer, forwarded, proxies)).toBe(expected);
  });
});
