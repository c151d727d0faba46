import type { Json } from "../../basics/activity.ts";
import { KumustaError } from "../../basics/errors.ts";

/** Deeper nesting than any client of ours sends; writing it out again would overflow the stack at some depth. */
const deepest = 32;

const quote = 0x22;
const backslash = 0x5c;

/** How deep the brackets of a JSON text go. */
function depthOf(text: string): number {
  let depth = 0;
  let most = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === backslash) index += 1;
      else if (code === quote) inString = false;
    } else if (code === quote) inString = true;
    // [ and { differ from ] and } in one bit pattern each: 0x5b 0x7b, 0x5d 0x7d.
    else if (code === 0x5b || code === 0x7b) most = Math.max(most, (depth += 1));
    else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return most;
}

/** JSON.parse makes nothing but JSON; the compiler does not know. */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}

/**
 * Reads a JSON body; no bytes are an empty object, as clients that have nothing to say send them.
 * @throws KumustaError `request.malformed`
 */
export function parseJson(body: Buffer): Json {
  if (body.length === 0) return {};
  const text = body.toString("utf8");
  if (depthOf(text) > deepest)
    throw new KumustaError("request.malformed", [`nested deeper than ${String(deepest)}`]);
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isJson(parsed)) throw new TypeError("nothing");
    return parsed;
  } catch (thrown) {
    throw new KumustaError("request.malformed", ["the body is not JSON"], { cause: thrown });
  }
}
