import { createHash, createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../fixtures/sms");

/** A captured body, byte for byte. */
export function captured(name: string): Buffer {
  return readFileSync(join(folder, name));
}

/** How Twilio signs a form (its "Security" page), written apart from ours: values once each, in the order of their units. */
export function signedForm(
  token: string,
  url: string,
  params: Readonly<Record<string, string | string[]>>,
): string {
  let data = url;
  for (const name of Object.keys(params).sort()) {
    const value = params[name] ?? "";
    for (const one of typeof value === "string" ? [value] : [...new Set(value)].sort()) data += name + one;
  }
  return createHmac("sha1", token).update(data, "utf8").digest("base64");
}

/** The address with the digest of a body that is no form, and its signature. */
export function signedBody(
  token: string,
  url: string,
  body: string | Buffer,
): { url: string; signature: string } {
  const hash = createHash("sha256").update(body).digest("hex");
  const whole = `${url}${url.includes("?") ? "&" : "?"}bodySHA256=${hash}`;
  return { url: whole, signature: createHmac("sha1", token).update(whole, "utf8").digest("base64") };
}
