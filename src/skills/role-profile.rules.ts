import type { Fault } from "../platform/errors";
import type { Level } from "./level.rules";

/** A name for scores from `min` up, until the next band. */
export interface Band {
  label: string;
  /** 0..100 */
  min: number;
}

/** Everything that a profile says. */
export interface ProfileDraft {
  name: string;
  level: Level;
  /** Score from which a candidate is recommended, 0..100. */
  passMark: number;
  leastCoveragePercent: number;
  bands: readonly Band[];
  expectations: readonly ExpectationDraft[];
}

interface ExpectationDraft {
  skillId: string;
  level: Level;
  weight: number;
  /** Least score of the skill, 0..100; null: no gate. */
  gate?: number | null;
}

interface Scoring {
  bands: readonly Band[];
  expectations: readonly Pick<ExpectationDraft, "skillId" | "weight">[];
}

/** What keeps a profile from turning evidence into a score. Paths are those of the input. */
export function profileFaults({ bands, expectations }: Scoring): Fault[] {
  const fault = (message: string, ...field: string[]): Fault => ({ code: "PROFILE_UNUSABLE", message, field });
  const faults: Fault[] = [];
  if (bands[0]?.min !== 0)
    faults.push(fault("The first band starts at 0, so that every score has a band.", "bands", "0", "min"));
  bands.forEach((band, index) => {
    const before = bands[index - 1];
    if (before && band.min <= before.min) {
      faults.push(
        fault(`Band "${band.label}" starts at ${band.min}, not above the one before it.`, "bands", `${index}`, "min"),
      );
    }
  });
  if (expectations.every(({ weight }) => weight === 0)) {
    faults.push(fault("At least one skill weighs more than 0.", "expectations"));
  }
  expectations.forEach(({ skillId }, index) => {
    if (expectations.findIndex((each) => each.skillId === skillId) < index) {
      faults.push(fault("The skill is expected twice.", "expectations", `${index}`, "skillId"));
    }
  });
  return faults;
}

type Standard = Omit<ProfileDraft, "name">;

/** Whether two profiles ask the same, in the same order. */
export const saysTheSame = (one: Standard, other: Standard): boolean => said(one) === said(other);

function said({ level, passMark, leastCoveragePercent, bands, expectations }: Standard): string {
  const scored = bands.map(({ label, min }) => [label, min]);
  const expected = expectations.map((each) => [each.skillId, each.level, each.weight, each.gate ?? null]);
  return JSON.stringify([level, passMark, leastCoveragePercent, scored, expected]);
}
