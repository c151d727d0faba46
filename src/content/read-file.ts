import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import type { Fault } from "./fault.ts";
import { shapeFaults } from "./shape-faults.ts";

/** A content file that fits its schema, and where in it things stand. */
export interface ReadFile<T> {
  readonly file: string;
  readonly value: T;
  /** Line of the value at a path, for faults found across files; of the innermost part of it that is there. */
  lineOf(path: readonly PropertyKey[]): number;
}

/** Where the field, or the item of a list, at the end of a path begins. */
function nodeAt(document: Document, path: readonly PropertyKey[]): unknown {
  const field = path.at(-1);
  const within: unknown = path.length < 2 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (field === undefined || !isMap(within)) return document.getIn(path, true);
  return within.items.find(({ key }) => isScalar(key) && key.value === field)?.key;
}

function lineAt(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = nodeAt(document, path.slice(0, length));
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return isNode(document.contents) && document.contents.range
    ? lines.linePos(document.contents.range[0]).line
    : 0;
}

/** What the parser says of YAML that cannot be read, in words that help somebody who has never heard of YAML. */
function mendOf(code: string): string {
  switch (code) {
    case "BAD_INDENT":
    case "MULTILINE_IMPLICIT_KEY":
      return "compare the spaces at the beginning of this line and the one above with a neighbouring file";
    case "TAB_AS_INDENT":
      return "begin the line with spaces instead of a tab";
    case "DUPLICATE_KEY":
      return "the same name stands twice here: put both under one, or remove one";
    case "MISSING_CHAR":
      return 'something is not closed: look for a missing " or ] or }';
    case "BLOCK_AS_IMPLICIT_KEY":
      return 'put the text between quotes ("…"): it holds a colon';
    default:
      return 'put texts between quotes ("…"), and compare the line with a neighbouring file';
  }
}

/** Line of the value at a path, found only once somebody asks: the tree of a text is many times the text. */
function linesOf(text: string): ReadFile<unknown>["lineOf"] {
  let parsed: { readonly document: Document; readonly lines: LineCounter } | undefined;
  return (path) => {
    if (parsed === undefined) {
      const lines = new LineCounter();
      parsed = { document: parseDocument(text, { lineCounter: lines }), lines };
    }
    return lineAt(parsed.document, parsed.lines, path);
  };
}

/** Reads the text of one YAML file by its schema. Every fault of the file is reported, each with its line. */
export function readFile<T>(
  file: string,
  text: string,
  schema: z.ZodType<T>,
): ReadFile<T> | readonly Fault[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    // One wrong line makes the parser complain of the right ones below it: of each kind the first is the one to mend.
    const first = document.errors.filter(
      ({ code }, index, all) => all.findIndex((other) => other.code === code) === index,
    );
    return first.map(({ code, pos, message }) => ({
      kind: "file.unreadable",
      file,
      line: lines.linePos(pos[0]).line,
      message: (message.split("\n")[0] ?? "").replace(/ at line \d+, column \d+:?$/u, ""),
      mend: mendOf(code),
    }));
  }
  if (!isMap(document.contents)) {
    return [
      {
        kind: "file.unreadable",
        file,
        line: 0,
        message: "is empty or not a list of fields",
        mend: "docs/writing-content.md has a template to copy",
      },
    ];
  }
  const written: unknown = document.toJS();
  const parsed = schema.safeParse(written, { reportInput: true });
  if (parsed.success) return { file, value: parsed.data, lineOf: linesOf(text) };
  return shapeFaults(schema, parsed.error.issues).map(({ path, message, mend }) => ({
    kind: "shape.wrong",
    file,
    line: lineAt(document, lines, path),
    message: `${path.length === 0 ? "the file" : path.join(".")}: ${message}`,
    mend,
  }));
}
