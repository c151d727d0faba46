import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { parseJson } from "../../../src/channels/webchat/parse-json.ts";

const refused = expect.objectContaining({ code: "request.malformed" });

describe("a JSON body", () => {
  it("is read as JSON.parse reads it", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 8 }), (text) => {
        expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  it("may be nothing: an empty object", () => {
    expect(parseJson(Buffer.alloc(0))).toEqual({});
  });

  it("may go 32 levels deep and no deeper", () => {
    const nested = (depth: number) => Buffer.from(`${"[".repeat(depth)}${"]".repeat(depth)}`);
    expect(() => parseJson(nested(32))).not.toThrow();
    expect(() => parseJson(nested(33))).toThrow(refused);
    expect(() => parseJson(nested(100_000))).toThrow(refused);
  });

  it("may say brackets in its words", () => {
    const words = `${"[{".repeat(100)}\\" ${"[".repeat(100)}`;
    expect(parseJson(Buffer.from(JSON.stringify({ words })))).toEqual({ words });
  });

  it("is refused when it is none", () => {
    for (const text of ["{", "hello", "\u0000", "{'a':1}"])
      expect(() => parseJson(Buffer.from(text))).toThrow(refused);
  });
});
