import type { Class } from "./class";
import type { Ctx } from "./context";
import { type Noun, type Relation, type Unpublished, type Widening, widened } from "./db/nouns";
import type { Tx } from "./db/tx";
import { registerSections, type Section } from "./exchange/section";
import { type FoundingHook, registerFoundingHook } from "./founding";
import type { LinkedDocument } from "./http/linked-documents";
import { registerIdTypes } from "./ids";
import type { Job } from "./jobs/job";
import { registerEventTypes } from "./journal/announce";
import type { JournalEntry } from "./journal/journal.entity";
import { type PersonalData, registerPersonalData } from "./personal-data";

type Declaration = Noun | Relation | Widening | Unpublished;

/** Hears of a journal entry, at least once and in the order of positions, in a transaction of its own. */
export type Listener = (ctx: Ctx, tx: Tx, entry: JournalEntry) => Promise<void>;

/** A field of `Query` or `Mutation`. */
export interface RootField {
  kind: "query" | "mutation";
  name: string;
}

/** Who may use what at all, asked before anything else. One slice declares it. */
export interface Permissions {
  /** Whether the viewer ever sees a row of the noun. */
  maySee: (viewer: never, noun: string) => boolean;
  /** Why the root field is not for the viewer; null where it is. */
  whyNot: (viewer: never, rootField: RootField) => string | null;
}

/** What a slice brings to the house. `slices.ts` lists the manifests; everything else is derived from them. */
export interface Slice {
  readonly name: string;
  /** Entity name -> number in ids; unique over all slices, never reused. */
  readonly idTypes: Readonly<Record<string, number>>;
  /** The nouns, relations, widenings and unpublished tables of the slice's `.relations.ts` files. */
  readonly declared: Readonly<Record<string, Declaration>>;
  readonly resolvers: readonly Class[];
  readonly permissions?: Permissions;
  /** What is read over HTTP with a secret link alone, such as a calendar. */
  readonly documents?: readonly LinkedDocument[];
  /** What the slice adds to the public file of question banks. */
  readonly bankSections?: readonly Section[];
  /** Furnishes a new organisation, in the transaction that makes it. */
  readonly onOrganizationCreated?: FoundingHook;
  /** Code -> what it means, for `UserErrorCode`. */
  readonly refusals: Readonly<Record<string, string>>;
  /** Unique constraint -> the input field that caused it and what to tell the caller. */
  readonly conflicts?: Readonly<Record<string, { field: readonly string[]; message: string }>>;
  /** Journal types that this slice announces. */
  readonly events: readonly string[];
  /** Journal type -> listeners by a stable name, which is also the name of their cursor. */
  readonly on?: Readonly<Record<string, Readonly<Record<string, Listener>>>>;
  /** What runs later, by a stable name such as `webhooks.deliver`. */
  readonly jobs?: Readonly<Record<string, Job>>;
  /** Which of its texts are about a person, and how they are told and erased. */
  readonly personalData?: PersonalData;
}

export function defineSlice(slice: Slice): Slice {
  registerIdTypes(slice.idTypes);
  registerEventTypes(slice.events);
  registerSections(slice.bankSections ?? []);
  registerFoundingHook(slice.name, slice.onOrganizationCreated);
  registerPersonalData(slice.name, slice.personalData);
  return slice;
}

const declarations = (slices: readonly Slice[]): Declaration[] =>
  slices.flatMap(({ declared }) => Object.values(declared));

export const relationsOf = (slices: readonly Slice[]): Relation[] =>
  declarations(slices).filter((each): each is Relation => "parent" in each);

/** The entities that tie nouns together without being any themselves. */
export const linksOf = (slices: readonly Slice[]): Class[] =>
  relationsOf(slices).flatMap(({ link }) => (link ? [link.entity] : []));

/** Every entity that a slice stores. */
export const entitiesOf = (slices: readonly Slice[]): Class[] => [
  ...nounsOf(slices).map(({ entity }) => entity),
  ...linksOf(slices),
  ...declarations(slices).flatMap((each) => ("unpublished" in each ? [each.unpublished] : [])),
];

/** @throws Error (a defect) where no slice says it */
export function permissionsOf(slices: readonly Slice[]): Permissions {
  const declared = slices.flatMap(({ permissions }) => permissions ?? []);
  if (declared.length !== 1) throw new Error(`${declared.length} slices declare who may use what; one is wanted`);
  return declared[0]!;
}

/** Every noun, with the sights that downstream slices add to it, for those who ever see it. */
export function nounsOf(slices: readonly Slice[]): Noun[] {
  const { maySee } = permissionsOf(slices);
  const widenings = declarations(slices).filter((each): each is Widening => "widens" in each);
  const nouns = declarations(slices).filter((each): each is Noun => "entity" in each);
  return nouns.map((noun) => {
    const own = widenings.filter(({ widens }) => widens === noun.entity);
    return { ...widened(noun, own), isFor: (viewer) => maySee(viewer as never, noun.entity.name) };
  });
}
