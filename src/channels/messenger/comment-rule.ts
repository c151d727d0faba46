import type { MessengerContent } from "../../content/channels-schema.ts";

/** By dialogs/channels.yaml: whether a comment on the page's post gets a private answer. Nothing is ever said in public. */
export function answersComment(rule: MessengerContent["comments"], text: string): boolean {
  if (rule === undefined) return false;
  const said = wordsOf(text);
  const holds = (phrase: string) => said.includes(wordsOf(phrase));
  return rule.answer.some(holds) && !rule.except.some(holds);
}

/** Words between single spaces, so that “sf” is not found in “satisfied”. */
function wordsOf(text: string): string {
  return ` ${text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .join(" ")} `;
}
