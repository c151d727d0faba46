/** Words that are bare already: most of what customers type on a phone. */
const bareAlready = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const beyondAscii = /[^\u0000-\u007f]/;
/** Of ASCII alone: quicker than a look at all letters and digits that there are, which say the same of it. */
const betweenAscii = /[^a-z0-9]+/g;
const between = /[^\p{L}\p{N}]+/gu;

/** Letters and digits only, small, single spaces: "AGENT!!" and "agent" are the same words. */
export function bareWords(text: string): string {
  const small = text.toLowerCase();
  if (bareAlready.test(small)) return small;
  return beyondAscii.test(text)
    ? text.normalize("NFKC").toLowerCase().replace(between, " ").trim()
    : small.replace(betweenAscii, " ").trim();
}
