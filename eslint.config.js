import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * What has one owner. Each ban names the files that own it; everywhere else it is an error, with the message
 * saying where to go instead.
 */
const bans = [
  {
    owners: ["src/basics/errors.ts"],
    within: ["src"],
    selectors: ["ThrowStatement > NewExpression[callee.name='Error']"],
    message:
      "Throw an error of the catalogue in src/basics/errors.ts: it says whose fault it is and what to do next.",
  },
  {
    owners: ["src/main.ts", "src/cli", "test", "bench"],
    within: ["src", "web"],
    selectors: [
      "MemberExpression[object.name='process'][property.name='env']",
      "ImportDeclaration[source.value='node:process'] ImportSpecifier[imported.name='env']",
    ],
    message: "Only src/main.ts and src/cli/ read the environment; take what you need as a parameter.",
  },
  {
    owners: ["src/main.ts", "src/cli"],
    within: ["src"],
    selectors: ["CallExpression[callee.object.name='process'][callee.property.name=/^(on|once|exit|kill)$/]"],
    message: "Only src/main.ts and src/cli/ listen to the process or end it.",
  },
  {
    owners: ["src/basics/time.ts"],
    within: ["src"],
    selectors: [
      "MemberExpression[object.name='Date'][property.name='now']",
      "NewExpression[callee.name='Date'][arguments.length=0]",
      "CallExpression[callee.name='Date']",
    ],
    message: "Take a Clock (src/basics/time.ts) as a parameter: one clock, injected.",
  },
  {
    owners: ["src/app.ts"],
    within: ["src", "test", "bench", "web"],
    selectors: ["MemberExpression[object.name='Math'][property.name='random']"],
    message: "Take chance as a parameter (src/app.ts supplies it); tests and benchmarks print their seed.",
  },
  {
    owners: [],
    within: ["src", "test", "bench", "web"],
    selectors: ["ExportDefaultDeclaration"],
    message: "Export by name: a file is named for the one thing that it exports.",
  },
  {
    owners: [],
    within: ["src", "bench", "web"],
    selectors: [
      "Program > VariableDeclaration[kind='let']",
      "Program > ExportNamedDeclaration > VariableDeclaration[kind='let']",
    ],
    message: "No mutable module state: keep it in an object that somebody creates and stops.",
  },
];

const covers = (folderOrFile, path) => path === folderOrFile || path.startsWith(`${folderOrFile}/`);

/** All places between which the set of bans differs, most general first, so that the later block wins. */
const places = [...new Set(["src", "test", "bench", "web", ...bans.flatMap(({ owners }) => owners)])].sort(
  (a, b) => a.length - b.length,
);

const restricted = places.map((place) => ({
  files: [place.endsWith(".ts") ? place : `${place}/**/*.{ts,tsx}`],
  rules: {
    "no-restricted-syntax": [
      "error",
      ...bans
        .filter(
          ({ within, owners }) =>
            within.some((w) => covers(w, place)) && !owners.some((o) => covers(o, place)),
        )
        .flatMap(({ selectors, message }) => selectors.map((selector) => ({ selector, message }))),
    ],
  },
}));

/** Reached through a global, these would make the pure core depend on time, chance or the outside. */
const impureGlobals = [
  ...[
    "fetch",
    "setTimeout",
    "setInterval",
    "setImmediate",
    "queueMicrotask",
    "process",
    "performance",
    "crypto",
  ],
  ...["console", "WebSocket", "Worker"],
];

export default tseslint.config(
  { ignores: ["node_modules/", "dist/", "data/", "coverage/", "**/*.d.ts"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  eslint.configs.recommended,
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/no-misused-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: false, requireDefaultForNonUnion: true },
      ],
      "@typescript-eslint/consistent-type-imports": "error",
      // `as const` is always allowed.
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // A port's method is async whether or not this implementation waits for anything.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", ignoreRestSiblings: true, caughtErrors: "all" },
      ],
      "no-console": "error",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: "error",
      // Cleaning text means naming control characters.
      "no-control-regex": "off",
    },
  },
  ...restricted,
  {
    files: ["src/conversation/**/*.ts"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...impureGlobals.map((name) => ({
          name,
          message: "src/conversation is pure: return an effect, or take the value as a parameter.",
        })),
      ],
    },
  },
  {
    // Entry points speak to a person on a terminal.
    files: ["src/cli/**", "src/main.ts", "bench/**", "test/run.ts", "test/run/**"],
    rules: { "no-console": "off" },
  },
  {
    // The one brand constructor of ids: a checked string becomes an id there and nowhere else.
    files: ["src/basics/ids.ts"],
    rules: { "@typescript-eslint/consistent-type-assertions": "off" },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // `expect(object.method)` names a method without calling it.
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: ["**/*.js"],
    languageOptions: {
      globals: { process: "readonly", console: "readonly", performance: "readonly", URL: "readonly" },
    },
  },
);
