const { createRequire, isBuiltin } = require("node:module");
const { compileFunction } = require("node:vm");
const { default: Runtime } = require("jest-runtime");

/** File -> its text as it was compiled, and the function that came of it. */
const compiled = new Map();

/** A module's function of this text: compiled once for all test files of a worker, and run anew for each. */
function compiledOnce(text, filename, parameters) {
  const known = compiled.get(filename);
  if (known?.text === text) return known.run;
  const run = compileFunction(text, parameters, { filename });
  compiled.set(filename, { text, run });
  return run;
}

const isPackage = (name) => !/^[./]/.test(name) && !isBuiltin(name) && name !== "@jest/globals";

/**
 * Loads packages as Node does: once in a worker, not once in a test file. Our own modules are loaded anew by each file,
 * with a state of their own. A package cannot be mocked this way, and what it keeps, it keeps for the files after this
 * one; see fresh-metadata.ts.
 */
module.exports = class KeptModules extends Runtime {
  constructor(...parts) {
    super(...parts);
    // Jest's way to the code of a module, whichever it is.
    const { executor } = this;
    executor.compile = (text, filename) => compiledOnce(text, filename, executor.injectedModuleParameters);
  }

  requireModuleOrMock(from, name) {
    return isPackage(name) ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
  }
};
