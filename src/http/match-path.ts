/** Parameters of a path that fits the pattern (`/a/:name`), decoded; undefined when it doesn't fit or can't be decoded. */
export function matchPath(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split("/");
  const given = path.split("/");
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const found = given[index] ?? "";
    if (!segment.startsWith(":")) {
      if (segment !== found) return undefined;
      continue;
    }
    try {
      params[segment.slice(1)] = decodeURIComponent(found);
    } catch {
      return undefined;
    }
  }
  return params;
}
