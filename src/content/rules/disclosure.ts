import { bareWords } from "../bare-words.ts";
import type { ContentFiles } from "../content-files.ts";
import type { Fault } from "../fault.ts";
import { textsIn } from "../placed-texts.ts";

const machine =
  /\b(?:automated|automatic|chat ?bot|bot|robot|virtual assistant|ai assistant|hindi (?:po )?tao)\b/iu;
const notice = /https?:\/\/\S+|(?:^|[\s(])\/privacy\b/iu;

/** What a text tells customers to type: words between quotes, or in capitals. */
function toTypeIn(text: string): string[] {
  const found = text.matchAll(/["“”]([^"“”]+)["“”]|\b(\p{Lu}{3,}(?: \p{Lu}{2,})*)\b/gu);
  return [...found].map(([, quoted, capitals]) => bareWords(quoted ?? capitals ?? ""));
}

/**
 * The first reply of a first visit says three things, in each language, wording and form: that an automated assistant
 * speaks, how to reach a person (what to type, and that it really does so: one of `commands.person`), and where the privacy notice is.
 * Data Privacy Act of 2012 (RA 10173) §16(a–b) asks for the notice before data is taken in.
 */
export function disclosureFaults({ shared }: ContentFiles): Fault[] {
  const path = ["disclosure"];
  const { disclosure, commands } = shared.value;
  const words = new Set(commands.person.map(bareWords));
  return textsIn({ file: shared, path, saying: disclosure, dialog: undefined }).flatMap((text) => {
    const lacking = [
      ...(machine.test(text.text)
        ? []
        : [["that this is an automated assistant", "write “automated assistant” into it"]]),
      ...(toTypeIn(text.text).some((typed) => words.has(typed))
        ? []
        : [["how to reach a person", `write into it: type "${commands.person[0] ?? ""}"`]]),
      ...(notice.test(text.text)
        ? []
        : [["where the privacy notice is", "write its address into it, such as /privacy"]]),
    ];
    return lacking.map(([what = "", mend = ""]): Fault => ({
      kind: "disclosure.lacking",
      file: shared.file,
      line: text.line(),
      message: `disclosure does not say ${what} (${text.locale}${text.form === "sms" ? ", sms" : ""})`,
      mend,
    }));
  });
}
