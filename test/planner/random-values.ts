import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import { newId } from "../../src/platform/ids";
import type { Fate } from "../story/fate";

/** What is there to be named. */
export interface Known {
  /** Published type -> ids of our rows. */
  ids: ReadonlyMap<string, readonly string[]>;
  /** Ids of another organisation's. */
  foreign: readonly string[];
  /** List and order, see `cursorKey` -> cursors that were answered. */
  cursors: ReadonlyMap<string, readonly string[]>;
  /** Before which all of the access log was written that is compared. */
  until: string;
}

/** The value as a literal, which is JSON but for the names of enums and of fields. */
export function literal(value: unknown, type: GraphQLInputType): string {
  const bare = getNullableType(type);
  if (value === null || value === undefined) return "null";
  if (isListType(bare)) return `[${(value as unknown[]).map((each) => literal(each, bare.ofType)).join(", ")}]`;
  if (isEnumType(bare)) return `${value}`;
  if (!isInputObjectType(bare)) return JSON.stringify(value);
  const fields = Object.entries(value as object).map(
    ([name, each]) => `${name}: ${literal(each, bare.getFields()[name]!.type)}`,
  );
  return `{ ${fields.join(", ")} }`;
}

/** Values of arguments: as a rule such as are asked for, now and then such as are refused. */
export class RandomValues {
  constructor(
    readonly fate: Fate,
    readonly known: Known,
  ) {}

  id(type?: string): string {
    const ours = this.known.ids.get(type ?? "") ?? this.fate.one([...this.known.ids.values()])!;
    const lot = this.fate.below(100);
    if (lot < 93) return this.fate.one(ours)!;
    if (lot < 97) return this.fate.one(this.known.foreign)!;
    return lot < 99 ? newId(type && !type.endsWith("Question") ? type : "Skill") : "no id";
  }

  value(name: string, type: GraphQLInputType): unknown {
    const bare = getNullableType(type);
    if (!isNonNullType(type) && this.fate.percent(6)) return null;
    if (isListType(bare))
      return this.fate.some([0, 1, 2], 1 + this.fate.below(2)).map(() => this.value(name, bare.ofType));
    if (isEnumType(bare)) return this.fate.one(bare.getValues())!.name;
    if (!isInputObjectType(bare)) return this.#leaf(name, (bare as { name: string }).name);
    const fields = Object.values(bare.getFields());
    const given = fields.filter((field) => isNonNullType(field.type) || this.fate.below(fields.length) < 2);
    return Object.fromEntries(given.map((field) => [field.name, this.value(field.name, field.type)]));
  }

  #leaf(name: string, type: string): unknown {
    if (type === "ID") return this.id(NAMED[name]);
    if (type === "Boolean") return this.fate.percent(50);
    if (type === "Int") return 1 + this.fate.below(3);
    if (type === "DateTime") return this.fate.one(["2020-01-01T00:00:00.000Z", this.known.until]);
    if (name === "types") return this.fate.one(["job.created", "candidate.created", "scorecard.submitted"]);
    return this.fate.one(["sql", "cast", "index", "no such thing"]);
  }

  /** Arguments of a page of a list in an order, see `cursorKey`. */
  page(list: string): Record<string, unknown> {
    const lot = this.fate.below(100);
    if (lot < 25) return {};
    if (lot < 27) return this.fate.one([{ first: 101 }, { last: -1 }, { first: 1, last: 1 }, { after: "?" }])!;
    const size = this.fate.weighed({ 0: 1, 1: 3, 2: 4, 3: 4, 5: 3, 7: 2, 25: 1 });
    const sized = { [this.fate.percent(65) ? "first" : "last"]: Number(size) };
    return this.fate.percent(82) ? sized : { ...sized, ...this.#between(list) };
  }

  #between(list: string): Record<string, unknown> {
    const cursors = this.known.cursors.get(list) ?? [];
    if (cursors.length === 0) return { after: null };
    const bound = () => this.fate.one(cursors)!;
    return this.fate.one([{ after: bound() }, { before: bound() }, { after: bound(), before: bound() }])!;
  }
}

/** Input field -> the type that it names. */
const NAMED: Readonly<Record<string, string>> = {
  actorId: "Member",
  applicationId: "Application",
  bankId: "QuestionBank",
  candidateId: "Candidate",
  endpointId: "WebhookEndpoint",
  ids: "Application",
  interviewerId: "Member",
  jobId: "Job",
  objectId: "Candidate",
  sessionId: "InterviewSession",
  skillId: "Skill",
  skillIds: "Skill",
};

export const isPageArgument = ({ name }: GraphQLArgument): boolean =>
  ["first", "last", "after", "before"].includes(name);
