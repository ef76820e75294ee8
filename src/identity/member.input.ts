import { Field, InputType } from "type-graphql";
import { Email, IdOf, Line, Version } from "../platform/graphql/input-fields";
import { RoleEnum } from "./member.type";
import type { Role } from "./viewer.rules";

const SIGNS_IN = "The e-mail address by which your sign-in provider knows them. Kept in lower case";

@InputType({ description: "Somebody who shall work here." })
export class InviteMemberInput {
  @Email(`${SIGNS_IN}; nobody else's here, also not a deactivated member's.`)
  email!: string;

  @Line("Full name.")
  name!: string;

  @Field(() => RoleEnum, { description: "What they shall do in hiring." })
  role!: Role;
}

@InputType({ description: "What is to change about a member. What is left out or null stays as it is." })
export class EditMemberInput {
  @IdOf("Member", "Whom to change.")
  id!: string;

  @Version()
  version!: number;

  @Line("Full name.", { optional: true })
  name?: string | null;

  @Field(() => RoleEnum, {
    nullable: true,
    description:
      "What they do in hiring. Holds from their next request on, for queries to another server after a second; the last ADMIN stays one.",
  })
  role?: Role | null;

  @Email(`${SIGNS_IN}; nobody signs in any more by the one before, as with the role.`, { optional: true })
  email?: string | null;
}

@InputType({ description: "What is to change about yourself. What is left out stays as it is." })
export class EditOwnProfileInput {
  @Line("IANA time zone in which you live, such as Europe/Zurich, or UTC; null: UTC. Mails tell times in it.", {
    optional: true,
    max: 64,
  })
  timeZone?: string | null;
}

@InputType({ description: "Who may sign in again." })
export class ReactivateMemberInput {
  @IdOf("Member", "Whom.")
  id!: string;

  @Version()
  version!: number;
}

@InputType({ description: "Who may sign in no more." })
export class DeactivateMemberInput extends ReactivateMemberInput {
  @Line("Why; for those who are ADMIN to read, until the member is reactivated.", { optional: true, max: 500 })
  reason?: string | null;
}
