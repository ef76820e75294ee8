import { monotonicMilliseconds } from "../time";

/** A statement that has ended, in an answer or in an error. */
export interface EndedStatement {
  readonly text: string;
  /** From the asking for a connection to the end of the answer. */
  readonly milliseconds: number;
  readonly place: Place;
}

export type Place = "PRIMARY" | "REPLICA";
export type Told = (statement: EndedStatement) => void;

/** What `work` answers; somebody, if there is anybody, is told what it took on the primary. */
export function timed<T>(told: Told | undefined, text: string, work: () => Promise<T>): Promise<T> {
  if (!told) return work();
  const began = monotonicMilliseconds();
  return work().finally(() => told({ text, milliseconds: monotonicMilliseconds() - began, place: "PRIMARY" }));
}
