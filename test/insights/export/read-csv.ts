/** Reads CSV as RFC 4180 §2 says, letter by letter; written apart from what writes it. */
export function readCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = "";
  let isQuoted = false;
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (isQuoted) {
      if (letter !== '"') field += letter;
      else if (text.charAt(at + 1) === '"') {
        field += letter;
        at++;
      } else isQuoted = false;
    } else if (letter === '"' && field === "") isQuoted = true;
    else if (letter === ",") {
      record.push(field);
      field = "";
    } else if (letter === "\r" && text.charAt(at + 1) === "\n") {
      records.push([...record, field]);
      record = [];
      field = "";
      at++;
    } else field += letter;
  }
  if (field !== "" || record.length > 0) throw new TypeError("The last record does not end with CRLF");
  return records;
}
