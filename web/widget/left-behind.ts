/** Kept for this tab while the panel is open, so that it is open on the next page too. */
const openKey = "kumusta.open";
/** Before each message that has not been sent yet. */
export const outboxPrefix = "kumusta.out.";

/** On a phone the panel would cover the page that the customer just asked for. */
export function leftOpen(): boolean {
  try {
    return sessionStorage.getItem(openKey) === "1" && !matchMedia("(max-width: 640px)").matches;
  } catch {
    return false;
  }
}

/** Whether messages wait that were written without a network. */
export function somethingWaits(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith(outboxPrefix));
  } catch {
    return false;
  }
}

/** Notes for the next page of this tab whether the panel is open. */
export function noteOpen(isOpen: boolean): void {
  try {
    if (isOpen) sessionStorage.setItem(openKey, "1");
    else sessionStorage.removeItem(openKey);
  } catch {
    // Storage is forbidden: the next page begins with the panel closed.
  }
}
