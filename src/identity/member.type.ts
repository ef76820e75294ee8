import { Field, Int } from "type-graphql";
import { enumOf } from "../platform/graphql/enum";
import { NodeType, Noun } from "../platform/graphql/node";
import type { Member } from "./member.entity";
import type { Role } from "./viewer.rules";

export const RoleEnum = enumOf<Role>("Role", "What a member does in hiring.", {
  ADMIN: "Runs the organisation; sees and does what a recruiter does.",
  RECRUITER: "Runs the hiring: candidates, jobs, sessions.",
  HIRING_MANAGER: "Decides for a team: sees every application and scorecard.",
  INTERVIEWER: "Interviews: sees the sessions whose panel they sit on.",
  AUDITOR: "Checks the process: sees sessions and aggregates, no candidate and no single scorecard.",
});

type Published = Pick<Member, "id" | "name" | "email" | "role" | "active" | "joinedAt" | "timeZone" | "version">;

@Noun("Member", "Somebody who works for the organisation.")
export abstract class MemberType extends NodeType implements Published {
  @Field(() => String, { description: "Full name." })
  name!: string;

  @Field(() => String, { description: "E-mail address, in lower case; unique in the organisation." })
  email!: string;

  @Field(() => RoleEnum, { description: "What the member does in hiring." })
  role!: Role;

  @Field(() => Boolean, { description: "Whether the member may sign in." })
  active!: boolean;

  @Field(() => Date, {
    nullable: true,
    description: "When the member first signed in by the e-mail address; null while they are invited and no more.",
  })
  joinedAt!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      "IANA name of the time zone in which the member lives, as they said; null where they said nothing: UTC.",
  })
  timeZone!: string | null;

  @Field(() => Int, { description: "Grows with each change; send it back to change the member." })
  version!: number;
}
