/**
 * Completes package-lock.json with the platform packages that npm left out: those of other operating systems
 * and processors, when the registry did not serve them at the time (npm/cli issue 4828). `npm ci` refuses a
 * lock file that lacks them. Each is entered with the version its parent asks for and the os, cpu and libc
 * that its name tells; it is fetched only on such a machine. Run after `npm install`:
 *
 *     node .ci/complete-lock.js           completes the file
 *     node .ci/complete-lock.js --check   only names what is missing; exit code 1 if anything is
 */
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));

const OS = ["android", "darwin", "freebsd", "linux", "openharmony", "win32", "windows"];
const CPU = ["arm64", "arm", "ia32", "loong64", "ppc64", "riscv64", "s390x", "x64", "wasm32"];

/** Where node looks for `name` when `parent` imports it: beside it, then in each folder above. */
function isLocked(name, parent) {
  for (let at = parent; ; at = at.slice(0, Math.max(0, at.lastIndexOf("/node_modules/")))) {
    if (lock.packages[at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`] !== undefined)
      return true;
    if (at === "") return false;
  }
}

function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const os = OS.find((word) => words.includes(word));
  const cpu = CPU.find((word) => words.includes(word));
  if (os === undefined || cpu === undefined) return undefined;
  const libc = words.some((word) => word.startsWith("musl")) ? "musl" : "glibc";
  const named = os === "linux" && words.some((word) => /^(gnu|musl)/.test(word));
  return { cpu: [cpu], ...(named ? { libc: [libc] } : {}), os: [os === "windows" ? "win32" : os] };
}

const missing = Object.entries(lock.packages).flatMap(([parent, { optionalDependencies = {}, dev }]) =>
  Object.entries(optionalDependencies)
    .filter(([name]) => parent !== "" && !isLocked(name, parent))
    .map(([name, version]) => ({ name, version, dev, parent })),
);

for (const { name, version, dev, parent } of missing) {
  const platform = platformOf(name);
  if (platform === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
    console.error(
      `${parent} wants ${name}@${version}: not a platform package of one version; mend it by hand.`,
    );
    process.exitCode = 1;
    continue;
  }
  console.log(`${name}@${version}`);
  const { cpu, libc, os } = platform;
  lock.packages[`node_modules/${name}`] = {
    version,
    cpu,
    ...(dev ? { dev } : {}),
    ...(libc === undefined ? {} : { libc }),
    optional: true,
    os,
  };
}

if (process.argv.includes("--check")) {
  if (missing.length > 0) {
    console.error(
      "package-lock.json lacks the packages above, and npm ci refuses it. Run: node .ci/complete-lock.js",
    );
    process.exitCode = 1;
  }
} else if (missing.length > 0) {
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en"));
  writeFileSync(file, `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, undefined, 2)}\n`);
}
