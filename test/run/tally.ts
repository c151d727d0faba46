/** How many tests passed, failed and were skipped. A check that is not a jest test counts as one test. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const nothing: Tally = { passed: 0, failed: 0, skipped: 0 };
export const onePassed: Tally = { ...nothing, passed: 1 };
export const oneFailed: Tally = { ...nothing, failed: 1 };

export function add(a: Tally, b: Tally): Tally {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** The run's last line, read by machines: keep its form. */
export function tallyLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

/** Fine only when something ran, nothing failed and nothing was skipped. */
export function isFine({ passed, failed, skipped }: Tally): boolean {
  return passed > 0 && failed === 0 && skipped === 0;
}
