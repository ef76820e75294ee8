/** Plain CommonJS Jest; jose and its like are ES modules, and the only packages transformed. */
module.exports = {
  testEnvironment: "<rootDir>/test/support/worker-realm.cjs",
  runtime: "<rootDir>/test/support/kept-modules.cjs",
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
  transformIgnorePatterns: ["/node_modules/(?!(jose|ical-generator)/)"],
  globalSetup: "<rootDir>/test/support/start-database.ts",
  globalTeardown: "<rootDir>/test/support/stop-database.ts",
  setupFiles: ["<rootDir>/test/support/fresh-metadata.ts"],
  maxWorkers: 2,
  // A real server on a busy machine: a limit for what hangs, never a measure of speed.
  testTimeout: 30_000,
};
