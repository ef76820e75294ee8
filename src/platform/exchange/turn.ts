import { setImmediate } from "node:timers/promises";
import { monotonicMilliseconds } from "../time";

/** As long as other requests wait for work whose steps are short. */
const TURN_MILLISECONDS = 15;

/** The share of long work in the one thread that all requests have: between two steps, it lets the others through. */
export class Turn {
  #began = monotonicMilliseconds();

  get isOver(): boolean {
    return monotonicMilliseconds() - this.#began >= TURN_MILLISECONDS;
  }

  /** Resolves once everybody who waits has had a turn. */
  async pass(): Promise<void> {
    await setImmediate();
    this.#began = monotonicMilliseconds();
  }
}

/** All that a slow source yields, in turns with other requests. */
export async function inTurns<T>(source: Iterable<T>): Promise<T[]> {
  const turn = new Turn();
  const taken: T[] = [];
  for (const each of source) {
    taken.push(each);
    if (turn.isOver) await turn.pass();
  }
  return taken;
}

/** Of all work that is given to it, one piece at a time, in the order in which it came. */
export function oneAtATime(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
