import { describe, expect, it } from "@jest/globals";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { z } from "zod";
import { variables } from "../src/config/variables.ts";

/* The pages speak of files, commands and names; this test finds those that are not there. */

const packageJson = z.object({ scripts: z.record(z.string(), z.string()) });
const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const isThere = (path: string): boolean => existsSync(join(root, path));

const pages = [
  ...readdirSync(root),
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((name) => `docs/${name}`),
].filter((path) => path.endsWith(".md"));

const found = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, first = ""]) => first);

/** As GitHub makes the address of a heading. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, "")
    .replaceAll(" ", "-");

/** Links of a page that lead nowhere within the project. */
function brokenLinks(page: string): string[] {
  return found(read(page), /\]\(([^)\s]+)\)/gu)
    .filter((link) => !/^[a-z]+:/u.test(link))
    .filter((link) => {
      const [file = "", anchor] = link.split("#");
      const target = file === "" ? page : posix.join(dirname(page), file);
      if (!isThere(target)) return true;
      if (anchor === undefined) return false;
      return !found(read(target), /^#+ (.+)$/gmu)
        .map(anchorOf)
        .includes(anchor);
    });
}

describe("the pages", () => {
  it("are found", () => {
    expect(pages).toEqual(expect.arrayContaining(["README.md", "CONTRIBUTING.md", "docs/guarantees.md"]));
  });

  it.each(pages)("%s links only to what exists", (page) => {
    expect(brokenLinks(page)).toEqual([]);
  });

  it.each(pages)("%s names only files and folders that exist", (page) => {
    const named = found(read(page), /`((?:src|test|bench|docs|schemas|bin|\.ci)\/[\w./-]*)`/gu);
    expect(named.filter((path) => !isThere(path))).toEqual([]);
  });

  it.each(pages)("%s names only commands that exist", (page) => {
    const { scripts } = packageJson.parse(JSON.parse(read("package.json")));
    const known = found(read("src/main.ts"), /addCommand\(\s*(\w+)Command/gu);
    const text = read(page);
    expect(found(text, /npm run ([\w:-]+)/gu).filter((name) => scripts[name] === undefined)).toEqual([]);
    expect(found(text, /`npx kumusta (\w+)/gu).filter((name) => !known.includes(name))).toEqual([]);
  });

  it.each(pages)("%s names only variables that are read", (page) => {
    // The program's own, and one that Node itself reads.
    const known: string[] = [...Object.keys(variables), "NODE_COMPILE_CACHE"];
    const named = found(read(page), /`([A-Z]+(?:_[A-Z]+)+)(?:=[^`]*)?`/gu);
    expect(named.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe("the page of guarantees", () => {
  const rows = read("docs/guarantees.md")
    .split("\n")
    .filter((line) => /^\| (?!guarantee|---)/u.test(line));

  it.each(rows)("names a test that is there: %s", (row) => {
    const files = [...row.matchAll(/`(test\/[^`]+)` (“[^”]*”(?:, “[^”]*”)*)/gu)];
    expect(files.length).toBeGreaterThan(0);
    for (const [, file = "", names = ""] of files) {
      const tests = found(names, /“([^”]+)”/gu);
      expect(tests.length).toBeGreaterThan(0);
      const text = read(file);
      expect(tests.filter((name) => !text.includes(name))).toEqual([]);
    }
  });
});

describe("the page on channels", () => {
  it("shows the port as it is", () => {
    const shown = /export interface Channel \{[^}]*\}/u.exec(read("docs/adding-a-channel.md"))?.[0];
    const port = /export interface Channel \{[^}]*\}/u.exec(read("src/turn/ports.ts"))?.[0];
    expect(shown).toBe(port?.replace(/^ *\/\*\*[^]*?\*\/\n/gmu, ""));
  });
});
