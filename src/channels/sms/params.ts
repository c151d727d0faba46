/** Parameters of a request by name, each with all its values in the order in which they came. */
export type Params = ReadonlyMap<string, readonly string[]>;

/** Parameters of one request; Twilio sends some thirty. */
const mostParams = 1_000;

export function isForm(contentType: string | undefined): boolean {
  return contentType?.split(";", 1)[0]?.trim().toLowerCase() === "application/x-www-form-urlencoded";
}

/** Reads a form, or any text as one: never throws. */
export function formParams(body: Buffer): Params {
  const params = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(body.toString("utf8"))) {
    const values = params.get(name);
    if (values !== undefined) values.push(value);
    else if (params.size < mostParams) params.set(name, [value]);
  }
  return params;
}

/** The same names in a JSON object; what is no object gives none. Never throws. */
export function jsonParams(body: Buffer): Params {
  const params = new Map<string, readonly string[]>();
  const json = parsed(body);
  if (typeof json !== "object" || json === null || Array.isArray(json)) return params;
  const entries: [string, unknown][] = Object.entries(json);
  for (const [name, value] of entries.slice(0, mostParams)) {
    const values = (Array.isArray(value) ? value : [value]).flatMap(plain);
    if (values.length > 0) params.set(name, values);
  }
  return params;
}

function plain(value: unknown): string[] {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? [String(value)]
    : [];
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

/** A parameter that stands once: its first value, cut to a length that a row can take. */
export function textOf(params: Params, name: string, most = 200): string | undefined {
  const value = params.get(name)?.[0]?.slice(0, most);
  return value === "" ? undefined : value;
}
