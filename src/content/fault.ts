/** One thing wrong in the content, where it is, and how to mend it. */
export interface Fault {
  /** Path from the content folder. */
  readonly file: string;
  /** First line that it concerns, counted from 1; 0 where the whole file is meant. */
  readonly line: number;
  readonly message: string;
}

export function faultLine(fault: Fault): string {
  const line = fault.line > 0 ? `:${String(fault.line)}` : "";
  return `${fault.file}${line} ${fault.message}`;
}
