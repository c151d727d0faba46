/** Lets the event loop go round once: between pieces of work that together would hold it too long. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
