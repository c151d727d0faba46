import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import twilio from "twilio/lib/webhooks/webhooks.js";
import { formParams } from "../../../src/channels/sms/params.ts";
import { isSignedByTwilio } from "../../../src/channels/sms/verify.ts";
import { captured, signedBody, signedForm } from "./requests.ts";

const token = "12345";

interface Sent {
  readonly url: string;
  readonly signature?: string | undefined;
  readonly form?: string;
  readonly json?: string;
}

/** Ours, asked about a whole address. */
function accepts({ url, signature, form, json }: Sent, authToken = token): boolean {
  const mark = url.indexOf("?");
  const body = Buffer.from(form ?? json ?? "");
  return isSignedByTwilio(
    {
      signature,
      address: mark < 0 ? url : url.slice(0, mark),
      query: mark < 0 ? "" : url.slice(mark + 1),
      body,
      params: form === undefined ? undefined : formParams(body),
    },
    authToken,
  );
}

const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
const params = {
  CallSid: "CA1234567890ABCDE",
  Caller: "+12349013030",
  Digits: "1234",
  From: "+12349013030",
  To: "+18005551212",
};
const form = new URLSearchParams(params).toString();

describe("a request of Twilio's", () => {
  it("is known by the signature that its documentation shows", () => {
    expect(accepts({ url, form, signature: "0/KCTR6DLpKmkAf8muzZqo1nDgQ=" })).toBe(true);
    expect(accepts({ url, form, signature: "0/KCTR6DLpKmkAf8muzZqo1nDgQ=" }, "54321")).toBe(false);
  });

  it("with JSON is known by the digest of its body in the address", () => {
    const hash = "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862";
    const sent = {
      url: `https://example.org/hook?bodySHA256=${hash}`,
      signature: "XEAWoRbiZRj/JnxfU9+IeiJKZyQ=",
    };
    expect(accepts({ ...sent, json: '{"a":1}' })).toBe(true);
    expect(accepts({ ...sent, json: '{"a":2}' })).toBe(false);
  });

  it("is refused without a signature, with another's, and with a parameter more", () => {
    expect(accepts({ url, form })).toBe(false);
    expect(accepts({ url, form, signature: "" })).toBe(false);
    expect(accepts({ url, form, signature: "not base64 at all" })).toBe(false);
    expect(accepts({ url, form: `${form}&Body=free`, signature: "0/KCTR6DLpKmkAf8muzZqo1nDgQ=" })).toBe(
      false,
    );
  });

  it("whose body no digest covers is refused, though the address alone is signed", () => {
    const signature = signedForm(token, "https://example.org/hook", {});
    expect(accepts({ url: "https://example.org/hook", json: '{"a":1}', signature })).toBe(false);
  });

  it.each(["text", "messaging-service", "media", "stop-handled", "status-delivered"])(
    "as captured (%s), with parameters that we do not know, is accepted",
    (name) => {
      const body = captured(`${name}.form`).toString();
      const signature = signedForm(token, "https://chat.shop.example/webhooks/sms", {
        ...Object.fromEntries(new URLSearchParams(body)),
        FutureParameter: "új",
      });
      const sent = { url: "https://chat.shop.example/webhooks/sms", form: `${body}&FutureParameter=%C3%BAj` };
      expect(accepts({ ...sent, signature })).toBe(true);
    },
  );

  it("with a parameter given several times counts each value once, sorted", () => {
    const signature = signedForm(token, "https://a.example/x", { Tag: ["b", "a", "b"], From: "+1" });
    expect(accepts({ url: "https://a.example/x", form: "Tag=b&From=%2B1&Tag=a&Tag=b", signature })).toBe(
      true,
    );
  });

  it.each([
    ["https://a.example:443/x", "https://a.example/x"],
    ["https://a.example/x", "https://a.example:443/x"],
    ["http://a.example/x", "http://a.example:80/x"],
    ["https://a.example/x", "https://a.example:8443/x"],
    ["https://a.example/x?q=a%20b", "https://a.example/x?q=a+b"],
  ])("signed for %s is known by a PUBLIC_URL that gives %s", (signedUrl, ours) => {
    expect(accepts({ url: ours, form: "A=1", signature: signedForm(token, signedUrl, { A: "1" }) })).toBe(
      true,
    );
  });
});

/** Addresses, parameters and faults as they come: the two must agree on each. */
const anyRequest = fc.record({
  scheme: fc.constantFrom("https", "http"),
  host: fc.constantFrom("chat.shop.example", "127.0.0.1", "[::1]", "a.b-c.example"),
  ourPort: fc.constantFrom("", ":443", ":80", ":8443"),
  signedPort: fc.constantFrom("", ":443", ":80", ":8443"),
  path: fc.constantFrom("/webhooks/sms", "/bot/webhooks/sms", "/"),
  query: fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 6 }), fc.string({ maxLength: 8 })), {
    maxLength: 3,
  }),
  values: fc.dictionary(
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }),
    fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.array(fc.string({ maxLength: 5 }), { minLength: 2, maxLength: 4 }),
    ),
    { maxKeys: 12, noNullPrototype: true },
  ),
  json: fc.option(fc.json(), { nil: undefined, freq: 4 }),
  fault: fc.constantFrom("none", "none", "none", "token", "signature", "body"),
});

describe("our check beside Twilio's own library", () => {
  it("agrees on 1,000 requests, good and forged, forms and JSON", () => {
    let accepted = 0;
    fc.assert(
      fc.property(anyRequest, (made) => {
        const query = new URLSearchParams(made.query).toString();
        const tail = `${made.path}${query === "" ? "" : `?${query}`}`;
        const ours = `${made.scheme}://${made.host}${made.ourPort}${tail}`;
        const theirs = `${made.scheme}://${made.host}${made.signedPort}${tail}`;
        const signer = made.fault === "token" ? "other" : token;
        if (made.json !== undefined) {
          const signed = signedBody(signer, theirs, made.json);
          const asked = `${ours}${signed.url.slice(theirs.length)}`;
          const json = made.fault === "body" ? `${made.json} ` : made.json;
          const signature = made.fault === "signature" ? `${signed.signature}A` : signed.signature;
          const verdict = accepts({ url: asked, json, signature });
          expect(verdict).toBe(twilio.validateRequestWithBody(token, signature, asked, json));
          accepted += verdict ? 1 : 0;
          return;
        }
        const right = signedForm(signer, theirs, made.values);
        const signature = made.fault === "signature" ? `${right}A` : right;
        const pairs = Object.entries(made.values).flatMap(([name, value]) =>
          [value].flat().map((one): [string, string] => [name, one]),
        );
        if (made.fault === "body") pairs.push(["Body", "added"]);
        const form = new URLSearchParams(pairs).toString();
        const asParsed: Record<string, string | string[]> = {};
        for (const [name, values] of formParams(Buffer.from(form)))
          asParsed[name] = values.length === 1 ? (values[0] ?? "") : [...values];
        const verdict = accepts({ url: ours, form, signature });
        expect(verdict).toBe(twilio.validateRequest(token, signature, ours, asParsed));
        accepted += verdict ? 1 : 0;
      }),
      { numRuns: 1_000, seed: 7 },
    );
    expect(accepted).toBeGreaterThan(200);
  });
});
