const { ModernFakeTimers } = require("@jest/fake-timers");
const { ModuleMocker } = require("jest-mock");

/** Frames of an error. Each refusal takes them and has them told, so that Jest's 100 would be dear. */
const STACK_FRAMES = 20;

/**
 * Runs test files in the realm of their Jest worker, one after the other, instead of in a realm of its own each: there
 * code is compiled anew for every file, and a look at a global costs many times as much. What a file has done to globals
 * and to the environment's variables is undone after it.
 */
module.exports = class WorkerRealm {
  constructor({ projectConfig }) {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimers = null;
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.restore = [restorer(globalThis), restorer(process.env), restorer(process)];
  }

  async setup() {
    Error.stackTraceLimit = STACK_FRAMES;
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    for (const restore of this.restore) restore();
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  /** Asked for by Jest; see kept-modules.cjs, which does without. */
  getVmContext() {
    return globalThis;
  }
};

/** Gives the object back the properties that it has now, and takes away those that it has got since. */
function restorer(object) {
  const before = Object.getOwnPropertyDescriptors(object);
  return () => {
    for (const key of Reflect.ownKeys(object)) if (!Object.hasOwn(before, key)) Reflect.deleteProperty(object, key);
    for (const key of Reflect.ownKeys(before)) {
      const { get, value } = Object.getOwnPropertyDescriptor(object, key) ?? {};
      const was = before[key];
      if (get !== was.get || value !== was.value) Reflect.defineProperty(object, key, was);
    }
  };
}
