import { crossCheck } from "../../content/cross-check.ts";
import { byHarm, severityOf, type Fault } from "../../content/fault.ts";
import { readContentFiles } from "../../content/read-content-files.ts";
import { channelTextFindings } from "./channel-texts.ts";
import { recognizedLineFindings, type RecognizeOptions } from "./recognized-lines.ts";
import { trainingLineFindings } from "./training-lines.ts";
import { unreachedFindings } from "./unreached.ts";

/** Everything that was found in a content folder. */
export interface CheckReport {
  /** Names the content exactly; the same as in the log once it is live. */
  readonly version: string;
  /** The most harmful first. */
  readonly findings: readonly Fault[];
  readonly faults: number;
  readonly warnings: number;
}

export interface CheckOptions {
  /** Absent: what shows only by training is not looked for. */
  readonly recognize?: RecognizeOptions | undefined;
}

/** Looks for everything that may be wrong in intents/ and dialogs/ below `root`. With faults in the files it finds what it still can. */
export async function check(root: string, { recognize }: CheckOptions): Promise<CheckReport> {
  const { files, faults, version } = readContentFiles(root);
  const findings = [...faults];
  if (files !== undefined) {
    findings.push(
      ...crossCheck(files),
      ...trainingLineFindings(files),
      ...channelTextFindings(files),
      ...unreachedFindings(files),
    );
    if (recognize !== undefined) findings.push(...(await recognizedLineFindings(files, recognize)));
  }
  const severe = findings.filter((finding) => severityOf(finding) === "fault").length;
  return {
    version,
    findings: findings.sort(byHarm),
    faults: severe,
    warnings: findings.length - severe,
  };
}
