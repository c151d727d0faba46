/** Address of a module beside the module `near` (its `import.meta.url`) that runs as a worker: sources end in .ts, a compiled package's files in .js. */
export const workerUrl = (name: string, near: string): URL =>
  new URL(`./${name}${near.endsWith(".ts") ? ".ts" : ".js"}`, near);
