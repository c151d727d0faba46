/** JSON columns are written by this program alone; they come back as what was written. */
export function parseStored<T>(text: string): T {
  const parsed: T = JSON.parse(text);
  return parsed;
}
