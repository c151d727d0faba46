import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { KumustaError } from "../basics/errors.ts";

/** Which database `DATABASE_URL` names. */
export type NamedDatabase =
  | { readonly engine: "sqlite"; readonly file: string; readonly maxPages: number | undefined }
  | { readonly engine: "postgres"; readonly url: string };

/** The value itself may hold a password: faults name the variable alone. */
function invalid(fault: string): KumustaError {
  return new KumustaError("config.invalid", [`DATABASE_URL ${fault}`]);
}

/**
 * Reads `file:PATH[?max_page_count=N]` (relative paths count from the working directory) or `postgres://…`.
 * @throws KumustaError `config.invalid`
 */
export function parseDatabaseUrl(databaseUrl: string): NamedDatabase {
  if (/^postgres(?:ql)?:\/\//u.test(databaseUrl)) {
    if (!URL.canParse(databaseUrl))
      throw invalid("is not a valid address; write special characters of the password as %XX");
    return { engine: "postgres", url: databaseUrl };
  }
  if (!databaseUrl.startsWith("file:")) throw invalid("must begin with file: or postgres://");
  const [named = "", query = ""] = databaseUrl.split("?", 2);
  const path = named.slice("file:".length);
  if (path === "") throw invalid("names no file");
  const file = path.startsWith("//") ? fromFileUrl(named) : resolve(path);
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys())
    if (name !== "max_page_count") throw invalid(`has the unknown parameter ${name}`);
  const bound = parameters.get("max_page_count");
  if (bound === null) return { engine: "sqlite", file, maxPages: undefined };
  if (!/^[1-9]\d{0,9}$/u.test(bound))
    throw invalid("wants a whole number of pages of 4 KiB after max_page_count=");
  return { engine: "sqlite", file, maxPages: Number(bound) };
}

function fromFileUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    throw invalid("is not a valid file address; write file:/absolute/path or file:./relative/path");
  }
}
