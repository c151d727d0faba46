/** Letters and digits only, small, single spaces: "AGENT!!" and "agent" are the same words. */
export function bareWords(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
