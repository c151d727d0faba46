/** What the server says of a request that it refused. */
function reasonOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("error" in value)) return undefined;
  const { error } = value;
  return typeof error === "object" && error !== null && "message" in error
    ? String(error.message)
    : undefined;
}

/**
 * Asks this page's own server for JSON.
 * @throws Error with the server's own words where it refuses
 */
export async function ask<T>(
  path: string,
  fits: (value: unknown) => value is T,
  body?: Readonly<Record<string, string>>,
): Promise<T> {
  const answer = await fetch(path, {
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    headers: { "Content-Type": "application/json" },
  });
  const value: unknown = await answer.json();
  if (!answer.ok) throw new Error(reasonOf(value) ?? `The server answered ${String(answer.status)}.`);
  if (!fits(value)) throw new TypeError(`Nothing that this page knows came from ${path}.`);
  return value;
}

/** Whether these members are there. */
export function has(value: unknown, ...names: readonly string[]): boolean {
  return typeof value === "object" && value !== null && names.every((name) => name in value);
}
