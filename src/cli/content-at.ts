import { KumustaError } from "../basics/errors.ts";
import type { Content } from "../content/content.ts";
import { faultLine } from "../content/fault.ts";
import { loadContent } from "../content/load-content.ts";

/**
 * The content in a folder.
 * @throws KumustaError `content.invalid` naming every fault
 */
export function contentAt(folder: string): Content {
  const loaded = loadContent(folder);
  if ("content" in loaded) return loaded.content;
  throw new KumustaError("content.invalid", loaded.faults.map(faultLine));
}
