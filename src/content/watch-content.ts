import { readdirSync, watch, type FSWatcher } from "node:fs";
import { join } from "node:path";

export interface WatchOptions {
  /** Folder that holds intents/ and dialogs/. */
  readonly contentDir: string;
  /** Editors save in several steps: a change is told when it has been quiet for so long, ms. */
  readonly quietMs: number;
  /** False for the name of a file that is none of the caller's business. */
  readonly matters?: (file: string) => boolean;
  readonly onChange: () => void;
  /** A folder can no longer be watched as it stands. */
  readonly onError: (thrown: unknown) => void;
}

const parts: ReadonlySet<string> = new Set(["intents", "dialogs"]);

/**
 * Tells of changes in intents/ and dialogs/, however a file is saved, until it is closed. It watches folders, each by
 * itself: Node's `recursive` watches file by file on Linux, and a watch there follows the file, not its name (inotify(7)).
 * vim, `sed -i` and git save by putting another file in the place of the old one, and every edit after the first was missed.
 */
export class ContentWatch {
  readonly #options: WatchOptions;
  #watchers: FSWatcher[] = [];
  #soon: NodeJS.Timeout | undefined;
  /** Something came, went or took another's place: folders may be others than those watched. */
  #moved = false;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.#watchAll();
  }

  #watchAll(): void {
    this.#release();
    const { contentDir, matters } = this.#options;
    // The folder above tells when one of the two is replaced as a whole.
    this.#watch(contentDir, (name) => parts.has(name));
    for (const part of parts)
      for (const folder of foldersFrom(join(contentDir, part))) this.#watch(folder, matters);
  }

  #watch(folder: string, matters: WatchOptions["matters"]): void {
    const watcher = watch(folder, (event, name) => {
      if (name !== null && matters?.(name) === false) return;
      this.#moved ||= event === "rename";
      clearTimeout(this.#soon);
      this.#soon = setTimeout(() => {
        this.#tell();
      }, this.#options.quietMs);
    });
    watcher.on("error", this.#options.onError);
    this.#watchers.push(watcher);
  }

  #tell(): void {
    try {
      // Before it is told: what changes from now on is heard, what changed until now is read.
      if (this.#moved) this.#watchAll();
      this.#moved = false;
    } catch (thrown) {
      this.#options.onError(thrown);
    }
    this.#options.onChange();
  }

  #release(): void {
    for (const watcher of this.#watchers) watcher.close();
    this.#watchers = [];
  }

  close(): void {
    clearTimeout(this.#soon);
    this.#release();
  }
}

/** A folder and all below it; none where it is not there just now. */
function foldersFrom(folder: string): string[] {
  try {
    const below = readdirSync(folder, { recursive: true, withFileTypes: true });
    return [folder, ...below.filter((one) => one.isDirectory()).map((one) => join(one.parentPath, one.name))];
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return [];
    throw thrown;
  }
}
