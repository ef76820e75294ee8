/** Plain CommonJS Jest: our own files are transformed, packages are loaded as Node loads them. */
module.exports = {
  testEnvironment: "<rootDir>/test/support/worker-realm.cjs",
  runtime: "<rootDir>/test/support/kept-modules.cjs",
  testSequencer: "<rootDir>/test/support/longest-first.cjs",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.[tj]s$": [
      "@swc/jest",
      {
        jsc: {
          target: "es2022",
          parser: { syntax: "typescript", decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
          keepClassNames: true,
        },
        module: { type: "commonjs" },
      },
    ],
  },
  globalSetup: "<rootDir>/test/support/start-database.ts",
  globalTeardown: "<rootDir>/test/support/stop-database.ts",
  setupFiles: ["<rootDir>/test/support/fresh-metadata.ts"],
  maxWorkers: 2,
  // A real server on a busy machine: a limit for what hangs, never a measure of speed.
  testTimeout: 30_000,
};
