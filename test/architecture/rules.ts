import { isBuiltin } from "node:module";
import {
  doors,
  emptyNames,
  MAX_LINES,
  pureFolders,
  ranks,
  TOP_RANK,
  topFiles,
  webPackages,
  webProtocols,
} from "./house.ts";
import type { Import, SourceFile } from "./source-file.ts";

/** A rule returns one sentence per fault: where, what, and what to do. */
export type Rule = (files: readonly SourceFile[]) => readonly string[];

const inFolder =
  (folder: string) =>
  ({ path }: SourceFile): boolean =>
    path.startsWith(`${folder}/`);

const at = (file: SourceFile, line: number): string => `${file.path}:${line}`;

/** "src/turn/ports.ts" → "turn"; the files in src itself have no room. */
const room = (path: string): string | undefined => /^src\/([^/]+)\//.exec(path)?.[1];

function rankOf(path: string): number | undefined {
  const name = room(path);
  return name === undefined ? TOP_RANK : ranks[name];
}

/** Calls `judge` with each import of each file; what it returns are the faults. */
function eachImport(
  files: readonly SourceFile[],
  judge: (item: Import, file: SourceFile) => string | undefined,
): readonly string[] {
  return files.flatMap((file) =>
    file.imports.flatMap((item) => {
      const fault = judge(item, file);
      return fault === undefined ? [] : [`${at(file, item.line)} ${fault}`];
    }),
  );
}

export const everyRoomHasARank: Rule = (files) =>
  files
    .filter(inFolder("src"))
    .filter(
      ({ path }) => rankOf(path) === undefined || (room(path) === undefined && !topFiles.includes(path)),
    )
    .map(
      ({ path }) =>
        `${path} is in no known room. Move it into a room of src, or give its folder a rank in house.ts.`,
    );

export const roomsImportOnlyLowerRooms: Rule = (files) =>
  eachImport(files.filter(inFolder("src")), ({ target }, { path }) => {
    if (target === undefined) return undefined;
    if (!target.startsWith("src/")) {
      return `imports ${target}, outside src. What the program runs on lives in src: move it there.`;
    }
    const from = rankOf(path);
    const to = rankOf(target);
    if (from === undefined || to === undefined || room(path) === room(target) || to < from) return undefined;
    return (
      `imports ${target}: rank ${from} may import only lower ranks and its own folder, not rank ${to}. ` +
      `Move what it needs down, or declare a port below and implement it above.`
    );
  });

/** "@scope/name/deep" → "@scope/name"; "ws/lib/x" → "ws". */
function packageOf(specifier: string): string {
  const [first = "", second] = specifier.split("/");
  return first.startsWith("@") && second !== undefined ? `${first}/${second}` : first;
}

export const packagesComeInByTheirDoor: Rule = (files) =>
  eachImport(files.filter(inFolder("src")), ({ specifier, target }, { path }) => {
    if (target !== undefined) return undefined;
    if (isBuiltin(specifier)) {
      return specifier.startsWith("node:") ? undefined : `imports "${specifier}": write "node:${specifier}".`;
    }
    const name = packageOf(specifier);
    const door = doors[name];
    if (door === undefined) {
      return `imports ${name}, which has no door. Add one to the table in test/architecture/house.ts, as narrow as it can be.`;
    }
    if (door.some((place) => path.startsWith(place))) return undefined;
    return `imports ${name}, whose door is ${door.join(", ")}. Wrap what you need there and import that.`;
  });

export const pureRoomsImportNothingFromOutside: Rule = (files) =>
  eachImport(
    files.filter(({ path }) => pureFolders.some((folder) => path.startsWith(`${folder}/`))),
    ({ specifier, target }) =>
      target === undefined
        ? `imports ${specifier}, but this room is pure. Return an effect, or take the value as a parameter.`
        : undefined,
  );

export const browserCodeSharesOnlyProtocolTypes: Rule = (files) =>
  eachImport(files.filter(inFolder("web")), ({ specifier, target, typeOnly }) => {
    if (target === undefined) {
      const name = packageOf(specifier);
      if (webPackages.includes(name)) return undefined;
      return `imports ${name}, which browser code may not use yet. Weigh its size, then add it to webPackages in house.ts.`;
    }
    if (target.startsWith("web/")) return undefined;
    if (!webProtocols.includes(target)) {
      return `imports ${target}. Browser code shares only ${webProtocols.join(" and ")}: put the type there.`;
    }
    return typeOnly
      ? undefined
      : `imports ${target} as code. Write "import type": the bundle holds no server code.`;
  });

export const importsHaveNoCycles: Rule = (files) => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const trail: string[] = [];
  const faults: string[] = [];
  const walk = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) {
      const cycle = [...trail.slice(start), path].join(" → ");
      faults.push(`${cycle} is a cycle of imports. Move what both need into a file below both.`);
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const { target } of byPath.get(path)?.imports ?? []) if (target !== undefined) walk(target);
    trail.pop();
    done.add(path);
  };
  for (const { path } of files) walk(path);
  return faults;
};

export const filesAreShort: Rule = (files) =>
  files
    .filter(({ lineCount }) => lineCount > MAX_LINES)
    .map(
      ({ path, lineCount }) =>
        `${path} has ${lineCount} lines; at most ${MAX_LINES}. Split it by what it is about.`,
    );

export const namesSayWhatIsInside: Rule = (files) =>
  files.flatMap(({ path }) => {
    const parts = path.split("/");
    const empty = parts.find((part) => emptyNames.includes(part.replace(/\.tsx?$/, "")));
    const odd = parts.find((part) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|fixture))?(\.tsx?)?$/.test(part));
    return [
      ...(empty === undefined ? [] : [`${path}: "${empty}" says nothing. Name it for what it holds.`]),
      ...(odd === undefined
        ? []
        : [`${path}: "${odd}" is not kebab-case. Name it for the one thing it exports.`]),
    ];
  });

export const everyTestRuns: Rule = (files) =>
  files
    .filter(inFolder("test"))
    .flatMap((file) =>
      file.unevenTests.map(
        (line) => `${at(file, line)} skips or singles out a test. Make it run like the others, or delete it.`,
      ),
    );

export const lintIsSwitchedOffWithAReason: Rule = (files) =>
  files.flatMap((file) =>
    file.silentDisables.map(
      (line) => `${at(file, line)} switches lint off. Mend it, or say why after " -- ".`,
    ),
  );
