import { findingKinds, harmRank, type FindingKind, type Severity } from "./finding-kinds.ts";

/** One thing wrong in the content, where it is, and how to mend it. */
export interface Fault {
  readonly kind: FindingKind;
  /** Path from the content folder. */
  readonly file: string;
  /** First line that it concerns, counted from 1; 0 where the whole file is meant. */
  readonly line: number;
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** What to do, for somebody who writes content and no code. */
  readonly mend: string;
  /** How sure or how large it is among its kind, 0 to 1: larger is told first. */
  readonly weight?: number;
}

export function severityOf({ kind }: Fault): Severity {
  return findingKinds[kind].severity;
}

/** Where it is, as editors and terminals make it a link. */
export function placeOf({ file, line }: Fault): string {
  return line > 0 ? `${file}:${String(line)}` : file;
}

export function faultLine(fault: Fault): string {
  return `${placeOf(fault)} ${fault.message}: ${fault.mend}`;
}

/** The most harmful first; within one kind the weightiest, else as the files and lines follow one another. */
export function byHarm(a: Fault, b: Fault): number {
  if (a.kind !== b.kind) return harmRank(a.kind) - harmRank(b.kind);
  if (a.weight !== b.weight) return (b.weight ?? 0) - (a.weight ?? 0);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line;
}
