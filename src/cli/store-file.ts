import { resolve } from "node:path";
import { InvalidArgumentError } from "commander";
import { KumustaError } from "../basics/errors.ts";
import { parseDatabaseUrl } from "../store/database-url.ts";

/** Two letters at least: C:\shop.db is a path. */
const scheme = /^[a-z][a-z0-9+.-]+:/iu;

/**
 * The SQLite file that an option names, as a path or as `DATABASE_URL` does (`file:./shop.db`, `file:///srv/shop.db`).
 * @returns the absolute path
 * @throws InvalidArgumentError for anything else
 */
export function storeFile(written: string): string {
  const [address] = scheme.exec(written) ?? [];
  if (address !== undefined && address !== "file:")
    throw new InvalidArgumentError(`${address} is no SQLite file: write ./shop.db or file:./shop.db.`);
  if (written === "" || written.includes("?"))
    throw new InvalidArgumentError("Write a file alone, such as ./shop.db or file:./shop.db.");
  if (address === undefined) return resolve(written);
  try {
    const named = parseDatabaseUrl(written);
    return named.engine === "sqlite" ? named.file : resolve(written);
  } catch (thrown) {
    if (!(thrown instanceof KumustaError)) throw thrown;
    throw new InvalidArgumentError("Write it as file:./relative/path or file:/absolute/path.");
  }
}
