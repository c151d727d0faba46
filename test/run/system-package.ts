import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that tests need and npm does not supply. */
export interface SystemPackage {
  /** Name of the executable. */
  readonly program: string;
  /** Debian package that brings it. */
  readonly aptPackage: string;
}

export const chromium: SystemPackage = { program: "chromium", aptPackage: "chromium" };

/** Path of an executable of this name in `searchPath` (written as the PATH variable), or undefined. */
export function findProgram(program: string, searchPath: string): string | undefined {
  for (const folder of searchPath.split(delimiter)) {
    const path = join(folder, program);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not here: look in the next folder.
    }
  }
  return undefined;
}

/** PATH, with the folder in which Debian installs programs. */
export function searchPath(): string {
  return [process.env["PATH"] ?? "", "/usr/bin"].join(delimiter);
}

/** The one command that a person runs to get the package. */
export function installCommand({ aptPackage }: SystemPackage): string {
  return `apt-get update && apt-get install -y --no-install-recommends ${aptPackage}`;
}

/** Whether this process may install it itself: root on a machine with apt-get. */
export function canInstall(userId: number | undefined, path: string): boolean {
  return userId === 0 && findProgram("apt-get", path) !== undefined;
}
