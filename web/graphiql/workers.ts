/** Label that Monaco asks for -> file name beside this script; written in by web/build.mjs. */
declare const WORKER_FILES: Readonly<Record<string, string>>;

/** Without workers Monaco falls back to the main thread: the page stutters, and queries are neither checked nor completed. */
Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker(_id: string, label: string): Worker {
      const file = WORKER_FILES[label] ?? WORKER_FILES.editorWorkerService;
      return new Worker(new URL(`./${file}`, import.meta.url), { type: "module", name: label });
    },
  },
});
