import { reasonOf } from "../errors.ts";
import { Masker } from "./masker.ts";
import { emptyVault } from "./vault.ts";

/** What went wrong, for logs: code that throws may put what a customer wrote into its sentence. */
export function maskedReason(thrown: unknown): string {
  return new Masker(emptyVault).text(reasonOf(thrown), false);
}
