import { type Fault, refuseAll } from "../errors";
import { check } from "./user-errors";

/** What a filter wishes, once it is known to be possible. @throws Refusal with the faults of each field, or else of all together */
export function wishesOf<W extends object>(filter: W | null | undefined, faultsOf: (wishes: W) => readonly Fault[]): W {
  const wishes = filter ?? ({} as W);
  check(wishes);
  refuseAll(faultsOf(wishes));
  return wishes;
}
