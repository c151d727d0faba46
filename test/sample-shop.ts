import { join } from "node:path";
import type { Content } from "../src/content/content.ts";
import { requireContent } from "../src/content/load-content.ts";

/** The sample shop as it is, read once for all test files of a process. */
export const sampleShop: Content = requireContent(join(import.meta.dirname, ".."));
