import { describe, expect, it } from "@jest/globals";
import { Signer } from "../../../src/channels/webchat/signer.ts";

const at = (seconds: number) => ({ now: () => seconds * 1_000, elapsed: () => 0 });
const claims = { conversation: "c-1", user: "dl_ana", name: "Ana ñ" };

describe("a signed credential", () => {
  it("says what it was issued for, to every process with the same secret", () => {
    const token = new Signer("secret", "token", at(100)).issue(claims, 60);
    expect(new Signer("secret", "token", at(159)).read(token)).toEqual({
      ...claims,
      nonce: undefined,
      expiresAt: 160,
    });
  });

  it("expires to the second", () => {
    const token = new Signer("secret", "token", at(100)).issue(claims, 60);
    expect(() => new Signer("secret", "token", at(160)).read(token)).toThrow(
      expect.objectContaining({ code: "auth.expired" }),
    );
  });

  it("expires though it was read before", () => {
    let now = 100;
    const signer = new Signer("secret", "token", { now: () => now * 1_000, elapsed: () => 0 });
    const token = signer.issue(claims, 60);
    expect(signer.read(token)).toBeDefined();
    now = 160;
    expect(() => signer.read(token)).toThrow(expect.objectContaining({ code: "auth.expired" }));
  });

  it("is worth nothing under another secret or for another purpose", () => {
    const token = new Signer("secret", "token", at(100)).issue(claims, 60);
    expect(new Signer("other secret", "token", at(100)).read(token)).toBeUndefined();
    expect(new Signer("secret", "ticket", at(100)).read(token)).toBeUndefined();
  });

  it("is worth nothing when a single letter of it changed", () => {
    const signer = new Signer("secret", "token", at(100));
    const token = signer.issue(claims, 60);
    for (let index = 0; index < token.length; index += 1) {
      const other = token[index] === "A" ? "B" : "A";
      expect(signer.read(token.slice(0, index) + other + token.slice(index + 1))).toBeUndefined();
    }
    for (const spoiled of [
      `${token}A`,
      `${token}=`,
      `${token}.`,
      `.${token}`,
      token.slice(0, -1),
      "",
      ".",
      "a.b",
    ]) {
      expect(signer.read(spoiled)).toBeUndefined();
    }
  });
});
