import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

/** One import or re-export, as written. */
export interface Import {
  readonly specifier: string;
  /** File it points to, relative to the root, for relative imports; undefined for packages. */
  readonly target: string | undefined;
  /** Vanishes when types are stripped. */
  readonly typeOnly: boolean;
  readonly line: number;
}

/** What the architecture rules need to know of a file. Paths are relative to the root, with slashes. */
export interface SourceFile {
  readonly path: string;
  readonly lineCount: number;
  readonly imports: readonly Import[];
  /** Lines with a test that does not run as the others do: `it.skip`, `describe.only`, `xit` … */
  readonly unevenTests: readonly number[];
  /** Lines that switch lint off without saying why. */
  readonly silentDisables: readonly number[];
}

/** The rules look at code: reading comments as JSDoc, too, would take a quarter longer. */
const options: ts.CreateSourceFileOptions = {
  languageVersion: ts.ScriptTarget.ESNext,
  jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
};

const FOLDERS = ["src", "web", "test", "bench"];

/** Reads all TypeScript files of a project; a folder that is missing has none. */
export function readSources(root: string): readonly SourceFile[] {
  return FOLDERS.flatMap((folder) => listFiles(root, folder))
    .filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"))
    .map((path) => parseSource(path, readFileSync(join(root, path), "utf8")));
}

function listFiles(root: string, folder: string): readonly string[] {
  let entries;
  try {
    entries = readdirSync(join(root, folder), { withFileTypes: true });
  } catch {
    return [];
  }
  return entries.flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (!entry.isDirectory()) return [path];
    return entry.name === "node_modules" || entry.name === "dist" ? [] : listFiles(root, path);
  });
}

export function parseSource(path: string, text: string): SourceFile {
  const kind = path.endsWith(".tsx") ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const file = ts.createSourceFile(path, text, options, false, kind);
  const imports: Import[] = [];
  const unevenTests = new Set<number>();
  const lineOf = (node: ts.Node): number => file.getLineAndCharacterOfPosition(node.getStart(file)).line + 1;
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const name = specifier.text;
    const target = name.startsWith(".") ? posix.join(posix.dirname(path), name) : undefined;
    imports.push({ specifier: name, target, typeOnly, line: lineOf(node) });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node, node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isImportTypeNode(node)) {
      add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, true);
    } else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const loads =
        expression.kind === ts.SyntaxKind.ImportKeyword ||
        (ts.isIdentifier(expression) && expression.text === "require");
      if (loads) add(node, node.arguments[0], false);
      if (isUneven(expression)) unevenTests.add(lineOf(node));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  const lines = text.replace(/\n$/, "").split("\n");
  return {
    path,
    lineCount: lines.length,
    imports,
    unevenTests: [...unevenTests],
    silentDisables: lines.flatMap((line, i) =>
      /^\s*(\/\/|\/\*|\{\/\*).*eslint-disable(?!.* -- \S)/.test(line) ? [i + 1] : [],
    ),
  };
}

/** `it.skip(…)`, `describe.only.each(…)(…)`, `test.todo(…)`, `xit(…)`, `fdescribe(…)`. */
function isUneven(callee: ts.Expression): boolean {
  let at: ts.Node = callee;
  let marked = false;
  while (!ts.isIdentifier(at)) {
    if (ts.isPropertyAccessExpression(at)) {
      marked ||= ["skip", "only", "todo", "failing"].includes(at.name.text);
      at = at.expression;
    } else if (ts.isCallExpression(at)) {
      at = at.expression;
    } else if (ts.isTaggedTemplateExpression(at)) {
      at = at.tag;
    } else {
      return false;
    }
  }
  const known = ["it", "test", "describe"].includes(at.text);
  return known ? marked : /^(x|f)(it|test|describe)$/.test(at.text);
}
