import { Args, Ctx as Context, FieldResolver, Mutation, Query, Resolver, Root } from "type-graphql";
import { connectionOf, list, PageArguments } from "../platform/graphql/connection";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { deactivateMember, editMember, editOwnProfile, inviteMember, reactivateMember } from "./member.actions";
import { Member } from "./member.entity";
import {
  DeactivateMemberInput,
  EditMemberInput,
  EditOwnProfileInput,
  InviteMemberInput,
  ReactivateMemberInput,
} from "./member.input";
import { mayReadReason } from "./member.policy";
import { MemberType } from "./member.type";
import type { Ctx } from "./viewer.type";

const answer = (mutation: string, description: string) => payloadOf(mutation, "member", () => MemberType, description);

const InviteMemberPayload = answer("InviteMember", "Who may sign in from now on.");
const EditMemberPayload = answer("EditMember", "The member as they are now.");
const EditOwnProfilePayload = answer("EditOwnProfile", "You as you are now.");
const DeactivateMemberPayload = answer("DeactivateMember", "Who may sign in no more.");
const ReactivateMemberPayload = answer("ReactivateMember", "Who may sign in again.");

@Resolver(() => MemberType)
export class MemberResolver {
  @Query(() => connectionOf(Member), { description: "Everybody who works here, by e-mail." })
  members(@Context() ctx: Ctx, @Args(() => PageArguments) args: PageArguments) {
    return list(ctx, Member, args);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why the member was deactivated; null where nothing was said, or you are not ADMIN.",
  })
  deactivationReason(@Root() { deactivationReason }: Member, @Context() { viewer }: Ctx): string | null {
    return mayReadReason(viewer) ? deactivationReason : null;
  }

  @Mutation(() => InviteMemberPayload, {
    description:
      "Lets somebody in: they may sign in as soon as your provider vouches for their e-mail address. They are told by mail. For an ADMIN.",
  })
  inviteMember(@Context() ctx: Ctx, @Input(() => InviteMemberInput) input: InviteMemberInput) {
    return payload(ctx, "member", input, inviteMember);
  }

  @Mutation(() => EditMemberPayload, {
    description:
      "Changes a member's name, role or e-mail address. Holds from their next request on, for queries to another server after a second. For an ADMIN.",
  })
  editMember(@Context() ctx: Ctx, @Input(() => EditMemberInput) input: EditMemberInput) {
    return payload(ctx, "member", input, editMember);
  }

  @Mutation(() => EditOwnProfilePayload, {
    description: "Says in which time zone you live: mails tell times in it, and reminders let you sleep.",
  })
  editOwnProfile(@Context() ctx: Ctx, @Input(() => EditOwnProfileInput) input: EditOwnProfileInput) {
    return payload(ctx, "member", input, editOwnProfile);
  }

  @Mutation(() => DeactivateMemberPayload, {
    description:
      "Lets a member sign in no more, from their next request on (queries to another server: after a second). Their links open nothing, their drafts are withdrawn, and what " +
      "they handed in stays. Give their seats to somebody else: see `viewer.toDo.seatsToReassign`. For an ADMIN.",
  })
  deactivateMember(@Context() ctx: Ctx, @Input(() => DeactivateMemberInput) input: DeactivateMemberInput) {
    return payload(ctx, "member", input, deactivateMember);
  }

  @Mutation(() => ReactivateMemberPayload, {
    description:
      "Lets a member sign in again, in the role that they had. Their links open again, and they are told by mail. For an ADMIN.",
  })
  reactivateMember(@Context() ctx: Ctx, @Input(() => ReactivateMemberInput) input: ReactivateMemberInput) {
    return payload(ctx, "member", input, reactivateMember);
  }
}
