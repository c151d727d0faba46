import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { KumustaError } from "../../basics/errors.ts";
import type { Fault } from "../../content/fault.ts";
import { readFile, type ReadFile } from "../../content/read-file.ts";
import { testFile, type ConversationTest } from "./test-schema.ts";

/** A test and where it stands. */
export interface PlacedTest {
  readonly test: ConversationTest;
  /** Path from the content folder, with slashes. */
  readonly file: string;
  /** Line of the test, and of each step of its conversation. */
  readonly line: number;
  readonly stepLine: (index: number) => number;
}

export interface ReadTests {
  readonly tests: readonly PlacedTest[];
  readonly faults: readonly Fault[];
}

const ending = ".test.yaml";

function isRead<T>(read: ReadFile<T> | readonly Fault[]): read is ReadFile<T> {
  return !Array.isArray(read);
}

function below(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder === "" ? "" : `${folder}/`}${name.split(sep).join("/")}`)
    .sort();
}

/**
 * Paths of the test files that are meant, from the content folder: those named, those in folders named, or all below
 * dialogs/.
 * @throws KumustaError `tests.missing` when one named is not there
 */
export function testFilesIn(root: string, named: readonly string[]): readonly string[] {
  if (named.length === 0) return below(root, "dialogs");
  return named.flatMap((name) => {
    const path = existsSync(join(root, name)) ? join(root, name) : resolve(name);
    if (!existsSync(path)) throw new KumustaError("tests.missing", [name]);
    const fromRoot = relative(root, path).split(sep).join("/");
    return statSync(path).isDirectory() ? below(root, fromRoot) : [fromRoot];
  });
}

/** Reads test files. Every fault of every file at once. */
export function readTests(root: string, files: readonly string[]): ReadTests {
  const tests: PlacedTest[] = [];
  const faults: Fault[] = [];
  for (const file of files) {
    const read = readFile(file, readFileSync(join(root, file), "utf8"), testFile);
    if (!isRead(read)) {
      faults.push(...read);
      continue;
    }
    const names = new Set<string>();
    for (const [index, test] of read.value.tests.entries()) {
      const line = read.lineOf(["tests", index]);
      // Its name tells a customer from others, and so which wording they hear.
      if (names.has(test.name))
        faults.push({
          kind: "shape.wrong",
          file,
          line,
          message: `there are two tests named “${test.name}”`,
          mend: "give one another name",
        });
      names.add(test.name);
      tests.push({
        test,
        file,
        line,
        stepLine: (step) => read.lineOf(["tests", index, "conversation", step]),
      });
    }
  }
  return { tests, faults };
}
