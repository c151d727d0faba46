/** What stays in this browser from one visit to the next. */
export interface Kept {
  get(key: string): string | undefined;
  set(key: string, value: string): void;
  remove(key: string): void;
  /** All keys with this beginning, sorted. */
  keys(prefix: string): string[];
}

/** The browser's storage; where that is forbidden, memory: the chat then works for as long as the page stands. */
export function browserKept(): Kept {
  try {
    const probe = "kumusta.probe";
    localStorage.setItem(probe, probe);
    localStorage.removeItem(probe);
    return {
      get: (key) => localStorage.getItem(key) ?? undefined,
      set: (key, value) => {
        try {
          localStorage.setItem(key, value);
        } catch {
          // Full: the message goes out all the same, unless the page is left before.
        }
      },
      remove: (key) => localStorage.removeItem(key),
      keys: (prefix) =>
        Object.keys(localStorage)
          .filter((key) => key.startsWith(prefix))
          .sort(),
    };
  } catch {
    const kept = new Map<string, string>();
    return {
      get: (key) => kept.get(key),
      set: (key, value) => void kept.set(key, value),
      remove: (key) => void kept.delete(key),
      keys: (prefix) => [...kept.keys()].filter((key) => key.startsWith(prefix)).sort(),
    };
  }
}
