import { rm } from "node:fs/promises";

export default async function stopDatabase(): Promise<void> {
  const { stopTestDatabase, testDirectory } = globalThis as unknown as {
    stopTestDatabase: () => Promise<void>;
    testDirectory: string;
  };
  await stopTestDatabase();
  await rm(testDirectory, { recursive: true, force: true });
}
