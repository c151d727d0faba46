import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { KumustaError } from "../basics/errors.ts";
import { channelsFile, type ChannelsContent } from "./channels-schema.ts";
import { faultLine } from "./fault.ts";
import { readFile } from "./read-file.ts";

const file = "dialogs/channels.yaml";

/**
 * dialogs/channels.yaml below `root`; the defaults where there is none.
 * @throws KumustaError `content.invalid` with every fault
 */
export function loadChannels(root: string): ChannelsContent {
  if (!existsSync(join(root, file))) return channelsFile.parse({});
  const read = readFile(file, readFileSync(join(root, file), "utf8"), channelsFile);
  if ("value" in read) return read.value;
  throw new KumustaError("content.invalid", read.map(faultLine));
}
