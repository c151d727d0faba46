import { createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { appSecretProof } from "../../../src/channels/messenger/graph.ts";
import { challengeOf, isSigned, signatureOf } from "../../../src/channels/messenger/verify.ts";
import { escapedJson, signedHeaders } from "../../emulators/messenger/signed-webhook.ts";

const secret = "app-secret";
/** The escapes are literal ASCII: so Meta sends and signs them. */
const bytes = String.raw`{"object":"page","entry":[{"id":"1","time":1,"messaging":[{"sender":{"id":"2"},"recipient":{"id":"1"},"timestamp":1,"message":{"mid":"m_1","text":"Ma\u00f1ana \ud83d\ude00"}}]}]}`;
const signature = "sha256=f16826c8817a2cadddf1d88f528d2a2cfb073900c3e8660f5d54b0077012d21a";

const signedBy = (body: string, value: string) => ({
  headers: { "x-hub-signature-256": value },
  body: Buffer.from(body),
});

describe("a signature of Meta's", () => {
  it("holds for the bytes as they came, escapes and all", () => {
    expect(isSigned(signedBy(bytes, signature), secret)).toBe(true);
  });

  it("does not hold for the same JSON written again", () => {
    const again = JSON.stringify(JSON.parse(bytes));
    expect(isSigned(signedBy(again, signature), secret)).toBe(false);
  });

  it.each([
    "",
    "sha256=",
    signature.toUpperCase(),
    signature.slice(0, -1),
    `${signature}0`,
    `sha1=${"0".repeat(40)}`,
  ])("is refused when it reads %j", (value) => {
    expect(isSigned(signedBy(bytes, value), secret)).toBe(false);
  });

  it("agrees with an independent HMAC over any text that Meta could send", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ minLength: 1 }), (text, key) => {
        const body = escapedJson({ text });
        expect(body).toMatch(/^[\x20-\x7e]*$/u);
        expect(JSON.parse(body)).toEqual({ text });
        const independent = createHmac("sha256", key).update(body, "latin1").digest("hex");
        expect(signatureOf(Buffer.from(body), key)).toBe(`sha256=${independent}`);
        expect(isSigned({ headers: signedHeaders(body, key), body: Buffer.from(body) }, key)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("proves to the Graph API that we hold the secret", () => {
    expect(appSecretProof("PAGE-TOKEN", secret)).toBe(
      "b5257d6bda337a16c7c4935f1bc5cfa30985dced6014647c9c95ac322773ad7c",
    );
  });
});

describe("the handshake", () => {
  it("gives the challenge to whoever knows our word, and to nobody else", () => {
    const query = (token: string, mode = "subscribe") =>
      new URLSearchParams({ "hub.mode": mode, "hub.verify_token": token, "hub.challenge": "115" });
    expect(challengeOf(query("word"), "word")).toBe("115");
    expect(challengeOf(query("wor"), "word")).toBeUndefined();
    expect(challengeOf(query("word", "unsubscribe"), "word")).toBeUndefined();
  });
});
