import { failed, type Item, type Known, kept, type Step } from "./upsert.rules";

interface Opening {
  title: string;
  profileVersionId: string;
}

/** The profile version is wanted to create; left out or null, a job that is there keeps its own. */
export interface JobItem extends Item, Pick<Opening, "title"> {
  readonly profileVersionId?: string | null;
}

export interface KnownJob extends Known, Opening {
  readonly id: string;
}

export interface JobFacts<K extends KnownJob> {
  /** The jobs that are held under one of the external ids. */
  readonly known: readonly K[];
  /** Profile versions that are there. */
  readonly profileVersionIds: ReadonlySet<string>;
  /** Jobs with an application that is decided. */
  readonly decidedJobIds: ReadonlySet<string>;
}

/** What comes of each item. */
export function planJobs<K extends KnownJob>(items: readonly JobItem[], facts: JobFacts<K>): Step<K, Opening>[] {
  const held = new Map(facts.known.map((each) => [each.heldAs, each]));
  return items.map((item) => stepOf(item, held.get(item.externalId), facts));
}

function stepOf<K extends KnownJob>(
  { title, profileVersionId }: JobItem,
  own: K | undefined,
  { profileVersionIds, decidedJobIds }: JobFacts<K>,
): Step<K, Opening> {
  if (profileVersionId && !profileVersionIds.has(profileVersionId)) return strange;
  if (own) {
    const moves = profileVersionId && profileVersionId !== own.profileVersionId;
    if (moves && decidedJobIds.has(own.id)) return decided;
    return kept<K, Opening>(own, { title, profileVersionId: profileVersionId ?? undefined });
  }
  return profileVersionId ? { outcome: "CREATED", fresh: { title, profileVersionId } } : missing;
}

/** The jobs that are to be measured against another profile version than before. */
export const movedJobIds = (items: readonly JobItem[], known: readonly KnownJob[]): string[] => {
  const wished = new Map(items.map(({ externalId, profileVersionId }) => [externalId, profileVersionId]));
  return known
    .filter(({ heldAs, profileVersionId }) => (wished.get(heldAs ?? "") ?? profileVersionId) !== profileVersionId)
    .map(({ id }) => id);
};

const strange = failed(
  "REFERENCE_UNKNOWN",
  "There is no such profile version: read `roleProfiles`.",
  "profileVersionId",
);
const missing = failed("BAD_INPUT", "A new job wants a `profileVersionId`.", "profileVersionId");
const decided = failed(
  "DECIDED",
  "Applications for the job are decided by its profile: reopen their decisions first, or open another job.",
  "profileVersionId",
);
