import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { csvLine, type Cell } from "../../../src/insights/export/csv.ts";
import { anyCharacter } from "../../any-character.ts";
import { readCsv } from "./read-csv.ts";

describe("a table for a spreadsheet", () => {
  it("is as RFC 4180 says: commas, doubled quotes, line breaks within quotes, CRLF at the end", () => {
    expect(csvLine(["a", 'say "hi"', "two\nlines", "x,y", null, 12, false])).toBe(
      'a,"say ""hi""","two\nlines","x,y",,12,false\r\n',
    );
  });

  it.each(["=1+1", "+63917", "-5", "@SUM(A1)", "\t=1", "\r=1", "＝1", "\0=1"])(
    "never begins a field as a formula begins: %j",
    (words) => {
      expect(readCsv(csvLine([words]))).toEqual([[`'${words}`]]);
    },
  );

  it("leaves numbers alone: a spreadsheet adds them up", () => {
    expect(csvLine([-5, 0.25])).toBe("-5,0.25\r\n");
  });

  it("gives every text back to whoever takes one apostrophe off its beginning", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: anyCharacter }), { minLength: 1 }), (texts: Cell[]) => {
        // A record of one empty field is an empty line: that is no record to a reader.
        const line = csvLine(["first", ...texts]);
        const [read] = readCsv(line);
        expect(read?.slice(1).map((field) => field.replace(/^'/u, ""))).toEqual(texts);
      }),
      { numRuns: 2_000 },
    );
  });
});
