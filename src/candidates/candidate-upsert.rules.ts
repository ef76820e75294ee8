import { differing, failed, type Item, type Known, kept, type Step } from "./upsert.rules";

interface Person {
  name: string;
  /** In lower case. */
  email: string | null;
}

/** The e-mail is left out where it stays as it is, and null where there is none any more. */
export interface CandidateItem extends Item, Pick<Person, "name"> {
  readonly email?: string | null;
}

export interface KnownCandidate extends Known, Person {
  readonly erasedAt: Date | null;
}

/** Who has an e-mail when an item's turn comes; `known` is null for whom an earlier item creates. */
interface Owner<K> {
  readonly known: K | null;
  readonly heldAs: string | null;
}

type CandidateStep<K> = Step<K, Person>;

/**
 * What comes of the items, one after the other: an e-mail that one gives up is free for the next. `known` holds whoever is
 * held under one of the external ids, or has one of the e-mails.
 */
export function planCandidates<K extends KnownCandidate>(
  items: readonly CandidateItem[],
  known: readonly K[],
): CandidateStep<K>[] {
  const held = new Map(known.map((each) => [each.heldAs, each]));
  const owners = new Map(
    known.map((each): [string | null, Owner<K>] => [each.email, { known: each, heldAs: each.heldAs }]),
  );
  return items.map((sent) => {
    const item = { ...sent, ...(sent.email ? { email: sent.email.toLowerCase() } : {}) };
    const step = stepOf(item, held.get(item.externalId), item.email ? owners.get(item.email) : undefined);
    if (step.outcome === "UPDATED" && "email" in step.changes) owners.delete(step.known.email);
    if (step.outcome !== "FAILED" && step.outcome !== "UNCHANGED" && item.email) {
      owners.set(item.email, { known: "known" in step ? step.known : null, heldAs: item.externalId });
    }
    return step;
  });
}

function stepOf<K extends KnownCandidate>(
  { externalId, name, email }: CandidateItem,
  own: K | undefined,
  owner: Owner<K> | undefined,
): CandidateStep<K> {
  const wishes = { name, email };
  if ((own ?? owner?.known)?.erasedAt) return erased("externalId");
  if (own) return owner && owner.known !== own ? taken : kept<K, Person>(own, wishes);
  if (!owner) return { outcome: "CREATED", fresh: { name, email: email ?? null } };
  if (owner.heldAs !== null) return heldOtherwise(owner.heldAs, externalId);
  return { outcome: "LINKED", known: owner.known!, changes: differing<Person>(owner.known!, wishes) };
}

export const erased = (field: string) =>
  failed("ERASED", "The candidate's personal data was erased: nothing may be added to it.", field);

const taken = failed("ALREADY_EXISTS", "Another candidate with this e-mail is already there.", "email");

const heldOtherwise = (heldAs: string, externalId: string) =>
  failed(
    "ALREADY_EXISTS",
    `The candidate with this e-mail is known to the system as ${JSON.stringify(heldAs)}, not ${JSON.stringify(externalId)}.`,
    "email",
  );
