import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const version = "4.18.1";
const tarballSha512 =
  "ee3a44509ee8953eb65e6fbc7a1ec186121c5d57d4db10f8a590da781b7c2b85dc372e8affcdd4188c44f411645e61cc6788431153b3b3972b7b4ec65ae697ce";
const cache = join(import.meta.dirname, "../../node_modules/.cache/botframework-webchat");
const bundle = join(cache, `webchat-${version}.js`);
const run = promisify(execFile);

/**
 * Path of the official web chat bundle, unmodified. It is taken alone from the package's tarball (7 MB) and kept
 * under node_modules: installing the package would bring its dependencies, 486 MB, for a file that has them in it.
 */
export async function webchatBundle(): Promise<string> {
  if (existsSync(bundle)) return bundle;
  const folder = join(cache, `new-${String(process.pid)}`);
  await mkdir(folder, { recursive: true });
  try {
    await run(
      "npm",
      ["pack", `botframework-webchat@${version}`, "--ignore-scripts", "--pack-destination", folder],
      { timeout: 90_000 },
    );
    const tarball = join(folder, `botframework-webchat-${version}.tgz`);
    const found = createHash("sha512")
      .update(await readFile(tarball))
      .digest("hex");
    if (found !== tarballSha512) throw new Error(`${tarball} is not the package that was tested: ${found}`);
    await run("tar", ["-xzf", tarball, "-C", folder, "package/dist/webchat.js"]);
    await rename(join(folder, "package/dist/webchat.js"), bundle);
    return bundle;
  } catch (thrown) {
    throw new Error(
      `The browser test needs botframework-webchat ${version} from the npm registry: run "npm pack botframework-webchat@${version}" to see why it does not come.`,
      { cause: thrown },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
