const { globalSetup, globalTeardown, setupFiles, ...base } = require("./jest.config.cjs");

/** Tests of the whole program, started as its users start it, in a real browser. They bring no database of their own. */
module.exports = {
  ...base,
  testMatch: ["**/*.system.ts"],
  maxWorkers: 1,
  testTimeout: 120_000,
};
