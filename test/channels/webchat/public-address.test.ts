import { describe, expect, it } from "@jest/globals";
import { addressedAs, isOwnOrigin } from "../../../src/channels/webchat/public-address.ts";

describe("the address a client used", () => {
  it.each([
    [{ host: "localhost:3978" }, undefined, "http://localhost:3978"],
    [{ host: "[::1]:3978" }, undefined, "http://[::1]:3978"],
    [{ host: "chat.example" }, "https://chat.example", "https://chat.example"],
    [{ host: "127.0.0.1:3978" }, "https://chat.example", "http://127.0.0.1:3978"],
    [{ host: "chat.example", "x-forwarded-proto": "https" }, undefined, "https://chat.example"],
    [{ host: "chat.example/evil?" }, undefined, "http://localhost"],
    [{}, "https://chat.example/base", "https://chat.example"],
  ])("with %j and PUBLIC_URL %s is %s", (headers, publicUrl, expected) => {
    expect(addressedAs({ headers }, publicUrl)).toBe(expected);
  });
});

describe("an origin", () => {
  it.each([
    ["http://localhost:3978", "localhost:3978", undefined, true],
    ["https://chat.example", "10.0.0.1:3978", "https://chat.example", true],
    ["http://localhost:8080", "localhost:3978", undefined, false],
    ["null", "localhost:3978", undefined, false],
    ["nonsense", "localhost:3978", undefined, false],
  ])("%s at host %s with PUBLIC_URL %s is our own: %s", (origin, host, publicUrl, expected) => {
    expect(isOwnOrigin(origin, host, publicUrl)).toBe(expected);
  });
});
