import type { Fault } from "../fault.ts";
import type { FindingKind } from "../finding-kinds.ts";
import type { ReadFile } from "../read-file.ts";

type AnyFile = Pick<ReadFile<unknown>, "file" | "lineOf">;

/** A fault at a place of a file. The line is looked up now: call it only when there is a fault. */
export function faultAt(
  { file, lineOf }: AnyFile,
  path: readonly PropertyKey[],
  kind: FindingKind,
  message: string,
  mend: string,
): Fault {
  return { kind, file, line: lineOf(path), message, mend };
}

/** Ids that stand in more than one file. */
export function twice(
  files: readonly (AnyFile & { readonly value: { readonly id: string } })[],
  what: string,
): Fault[] {
  const first = new Map<string, string>();
  return files.flatMap((file) => {
    const { id } = file.value;
    const other = first.get(id);
    if (other === undefined) {
      first.set(id, file.file);
      return [];
    }
    return [
      faultAt(
        file,
        ["id"],
        "id.twice",
        `${what} ${id} stands in ${other} already`,
        "give one of them another id",
      ),
    ];
  });
}
