import type { Fault } from "../platform/errors";

/** A name for scores from `min` up, until the next band. */
export interface Band {
  label: string;
  /** 0..100 */
  min: number;
}

interface ProfileDraft {
  bands: readonly Band[];
  expectations: readonly { skillId: string; weight: number }[];
}

/** What keeps a profile from turning evidence into a score. Paths are those of the input. */
export function profileFaults({ bands, expectations }: ProfileDraft): Fault[] {
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
