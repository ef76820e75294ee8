import { Field, Int, registerEnumType } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { ToldOnce } from "../platform/graphql/keeping";
import { NodeType, Noun, Value } from "../platform/graphql/node";
import type { ApiKey } from "./api-key.entity";
import type { KeyEnvironment } from "./api-key.rules";
import type { Scope } from "./viewer.rules";

export const KeyEnvironmentEnum = enumOf<KeyEnvironment>("ApiKeyEnvironment", "What a key is for.", {
  LIVE: "For work: what it writes is written.",
  TEST: "For trying: what it writes is checked and answered as if it were done, and then rolled back.",
});

const MEANINGS: Readonly<Record<Scope, string>> = {
  "candidates:read": "Reads candidates, jobs and applications.",
  "candidates:write": "Writes candidates, jobs and applications, and reads them.",
  "candidates:privacy": "Exports and erases what is known of a candidate, and reads candidates.",
  "interviews:read": "Reads kits, sessions, panels, and the questions and rubrics that they use.",
  "interviews:write": "Plans, schedules and moves sessions, changes panels, and reads them.",
  "scorecards:read":
    "Reads submitted scorecards, scores, standings and decisions, with the sessions that they are about.",
  "scorecards:write":
    "Writes, submits, amends and withdraws scorecards on behalf of a named member of the panel, and reads those that it wrote.",
  "questions:read": "Reads question banks and rubrics, without keys and guidance.",
  "audit:read": "Reads the audit trail and the access log.",
};

const nameOf = (scope: Scope): string => scope.replace(":", "_").toUpperCase();

/** Name in GraphQL -> scope. */
export const ScopeEnum = Object.fromEntries(
  (Object.keys(MEANINGS) as Scope[]).map((scope) => [nameOf(scope), scope]),
) as Record<string, Scope>;

registerEnumType(ScopeEnum, {
  name: "ApiKeyScope",
  description:
    "What a key may do. Whatever its scopes, it reads the organisation, its members, skills, role profiles and jobs.",
  valuesConfig: Object.fromEntries(
    Object.entries(ScopeEnum).map(([name, scope]) => [name, { description: MEANINGS[scope] }]),
  ),
});

type Published = Pick<
  ApiKey,
  | "id"
  | "name"
  | "environment"
  | "scopes"
  | "createdAt"
  | "formerUntil"
  | "expiresAt"
  | "revokedAt"
  | "lastUsedAt"
  | "version"
>;

@Noun("ApiKey", "How a program of the organisation signs in.")
export abstract class ApiKeyType extends NodeType implements Published {
  @Field(() => String, { description: "What people call it." })
  name!: string;

  @Field(() => KeyEnvironmentEnum, { description: "What it is for." })
  environment!: KeyEnvironment;

  @Field(() => [ScopeEnum], { description: "What it may do." })
  scopes!: Scope[];

  @Field(() => Date, { description: "When it was made." })
  createdAt!: Date;

  @Field(() => Date, {
    nullable: true,
    description: "Until when the secret before the last rotation opens too; null where there was none.",
  })
  formerUntil!: Date | null;

  @Field(() => Date, { nullable: true, description: "When it stops working; null: never." })
  expiresAt!: Date | null;

  @Field(() => Date, { nullable: true, description: "When it was revoked; null while it was not." })
  revokedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: "When it was last used, to the minute; null before the first use.",
  })
  lastUsedAt!: Date | null;

  @Field(() => Int, { description: "Grows with each change; send it back to rotate the key." })
  version!: number;
}

@Value("NewApiKey", "A key with a new secret, which is told this once.")
export abstract class NewApiKeyType {
  @ToldOnce(
    "What the program sends as `Authorization: Bearer …`: 97 characters that begin with `assay_live_` or `assay_test_`. Keep it secret.",
  )
  secret!: string;

  @Field(() => ApiKeyType, { description: "The key, to know it by, to rotate and to revoke it." })
  apiKey!: ApiKey;
}
