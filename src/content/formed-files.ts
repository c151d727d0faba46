import type { z } from "zod";
import type { Fault } from "./fault.ts";
import { readFile, type ReadFile } from "./read-file.ts";

/** The files of one schema, each parsed again only when its text is another: parsing is what takes time, not reading. */
export class FormedFiles<T> {
  readonly #schema: z.ZodType<T>;
  #known: ReadonlyMap<string, { readonly text: string; readonly read: ReadFile<T> | readonly Fault[] }> =
    new Map();

  constructor(schema: z.ZodType<T>) {
    this.#schema = schema;
  }

  /** What stands in these files, path to text, in their order. Other files are forgotten. */
  read(texts: ReadonlyMap<string, string>): readonly (ReadFile<T> | readonly Fault[])[] {
    const before = this.#known;
    const now = new Map(
      [...texts].map(([file, text]) => {
        const known = before.get(file);
        return [file, known?.text === text ? known : { text, read: readFile(file, text, this.#schema) }];
      }),
    );
    this.#known = now;
    return [...now.values()].map(({ read }) => read);
  }
}
