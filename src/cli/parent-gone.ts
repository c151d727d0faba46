/** How often it is looked whether the parent is still there, ms. */
const lookEveryMs = 500;

/**
 * Calls back once when the process that started this one is gone. The system then gives us another parent (POSIX,
 * `_exit`: consequences of process termination); Windows does not, and there this never calls.
 */
export function onParentGone(gone: () => void): void {
  const parent = process.ppid;
  const looking = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(looking);
    gone();
  }, lookEveryMs);
  looking.unref();
}
