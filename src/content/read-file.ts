import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isMap, isNode, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import type { Fault } from "./fault.ts";

/** A content file that fits its schema, and where in it things stand. */
export interface ReadFile<T> {
  readonly file: string;
  readonly value: T;
  /** Line of the value at a path, for faults found across files. */
  lineOf(path: readonly PropertyKey[]): number;
}

function lineAt(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node: unknown = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 0;
}

/** The innermost complaints of a union: the branch that understood most of what was written. */
function leaves(
  issue: z.core.$ZodIssue,
  above: readonly PropertyKey[] = [],
): { path: PropertyKey[]; message: string }[] {
  const path = [...above, ...issue.path];
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [{ path, message: issue.message }];
  const branches = issue.errors.map((branch) => branch.flatMap((inner) => leaves(inner, path)));
  return branches.reduce((best, branch) => (branch.length < best.length ? branch : best));
}

/** Reads one YAML file by its schema. Every fault of the file is reported, each with its line. */
export function readFile<T>(
  root: string,
  file: string,
  schema: z.ZodType<T>,
): ReadFile<T> | readonly Fault[] {
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(join(root, file), "utf8"), { lineCounter: lines });
  if (document.errors.length > 0) {
    return document.errors.map(({ pos, message }) => ({
      file,
      line: lines.linePos(pos[0]).line,
      message: message.split("\n")[0] ?? "",
    }));
  }
  if (!isMap(document.contents))
    return [{ file, line: 0, message: "is empty or not a list of fields: see docs/writing-content.md" }];
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { file, value: parsed.data, lineOf: (path) => lineAt(document, lines, path) };
  return parsed.error.issues
    .flatMap((issue) => leaves(issue))
    .map(({ path, message }) => ({
      file,
      line: lineAt(document, lines, path),
      message: `${path.join(".")}: ${message}`,
    }));
}
