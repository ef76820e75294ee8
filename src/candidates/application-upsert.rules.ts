import { erased } from "./candidate-upsert.rules";
import { failed, type Item, type Known, type Step } from "./upsert.rules";

interface Pair {
  candidateId: string;
  jobId: string;
}

/** Candidate and job by what the system calls them. */
export interface ApplicationItem extends Item {
  readonly candidateExternalId: string;
  readonly jobExternalId: string;
}

export interface KnownApplication extends Known, Pair {}

/** By external id. */
export interface Parties {
  readonly candidates: ReadonlyMap<string, { id: string; erasedAt: Date | null }>;
  readonly jobs: ReadonlyMap<string, string>;
}

const keyOf = ({ candidateId, jobId }: Pair): string => `${candidateId} ${jobId}`;

/** The candidate and the job of each item of which both are known. */
export const pairsOf = (items: readonly ApplicationItem[], { candidates, jobs }: Parties): Pair[] =>
  items.flatMap(({ candidateExternalId, jobExternalId }) => {
    const [candidateId, jobId] = [candidates.get(candidateExternalId)?.id, jobs.get(jobExternalId)];
    return candidateId && jobId ? [{ candidateId, jobId }] : [];
  });

/**
 * What comes of the items, one after the other. `known` holds the applications under one of the external ids, and those
 * of the candidates for the jobs.
 */
export function planApplications<K extends KnownApplication>(
  items: readonly ApplicationItem[],
  parties: Parties,
  known: readonly K[],
): Step<K, Pair>[] {
  const held = new Map(known.map((each) => [each.heldAs, each]));
  const rows = new Map(known.map((each) => [keyOf(each), each]));
  /** External ids of pairs that are taken, by earlier items too. */
  const names = new Map(known.map((each) => [keyOf(each), each.heldAs]));
  return items.map((item) => {
    const [pair] = pairsOf([item], parties);
    if (!pair) return unknown(item, parties);
    const own = held.get(item.externalId);
    if (own) return keyOf(own) === keyOf(pair) ? { outcome: "UNCHANGED", known: own } : moved(own, pair);
    if (parties.candidates.get(item.candidateExternalId)?.erasedAt) return erased("candidateExternalId");
    const name = names.get(keyOf(pair));
    if (name) return heldOtherwise(name);
    names.set(keyOf(pair), item.externalId);
    const row = rows.get(keyOf(pair));
    return row ? { outcome: "LINKED", known: row, changes: {} } : { outcome: "CREATED", fresh: pair };
  });
}

function unknown({ candidateExternalId, jobExternalId }: ApplicationItem, { candidates }: Parties) {
  const [noun, id, field] = candidates.has(candidateExternalId)
    ? ["job", jobExternalId, "jobExternalId"]
    : ["candidate", candidateExternalId, "candidateExternalId"];
  return failed("REFERENCE_UNKNOWN", `The system has sent no ${noun} ${JSON.stringify(id)}: send it first.`, field);
}

function moved(own: Pair, pair: Pair) {
  const field = own.candidateId === pair.candidateId ? "jobExternalId" : "candidateExternalId";
  return failed("ALREADY_EXISTS", "The application is of another candidate or job, and stays so.", field);
}

const heldOtherwise = (heldAs: string) =>
  failed(
    "ALREADY_EXISTS",
    `The candidate's application for this job is known to the system as ${JSON.stringify(heldAs)}.`,
    "externalId",
  );
