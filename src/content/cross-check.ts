import type { ContentFiles } from "./content-files.ts";
import type { Fault } from "./fault.ts";
import { channelFaults } from "./rules/channels.ts";
import { disclosureFaults } from "./rules/disclosure.ts";
import { flowFaults } from "./rules/flows.ts";
import { intentFaults } from "./rules/intents.ts";
import { ownerFaults } from "./rules/owners.ts";
import { textFaults } from "./rules/texts.ts";

/**
 * What no single file can know: that names used in one stand in another, that what is said can be said, and that
 * nothing personal is given to just anybody. Runs at every start: a few milliseconds for a hundred intents.
 */
export function crossCheck(files: ContentFiles): Fault[] {
  return [
    ...channelFaults(files),
    ...ownerFaults(files),
    ...intentFaults(files),
    ...flowFaults(files),
    ...textFaults(files),
    ...disclosureFaults(files),
  ];
}
