import { Ctx as Context, Mutation, Resolver } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { InterviewSessionType } from "./interview-session.type";
import { addPanelist, editPanelist, removePanelist, replacePanelist, respondToInvitation } from "./panelist.actions";
import {
  AddPanelistInput,
  EditPanelistInput,
  RemovePanelistInput,
  ReplacePanelistInput,
  RespondToInvitationInput,
} from "./panelist.input";

const panelPayload = (mutation: string) =>
  payloadOf(mutation, "interviewSession", () => InterviewSessionType, "The session with its panel.");

const AddPanelistPayload = panelPayload("AddPanelist");
const ReplacePanelistPayload = panelPayload("ReplacePanelist");
const EditPanelistPayload = panelPayload("EditPanelist");
const RemovePanelistPayload = panelPayload("RemovePanelist");
const RespondToInvitationPayload = panelPayload("RespondToInvitation");

@Resolver()
export class PanelistResolver {
  @Mutation(() => AddPanelistPayload, { description: "Seats one more member on the panel of a session." })
  addPanelist(@Context() ctx: Ctx, @Input(() => AddPanelistInput) input: AddPanelistInput) {
    return payload(ctx, "interviewSession", input, addPanelist);
  }

  @Mutation(() => ReplacePanelistPayload, {
    description:
      "Gives a seat of the panel to somebody else: what it is for, and whether its scorecard is required, stay.",
  })
  replacePanelist(@Context() ctx: Ctx, @Input(() => ReplacePanelistInput) input: ReplacePanelistInput) {
    return payload(ctx, "interviewSession", input, replacePanelist);
  }

  @Mutation(() => EditPanelistPayload, {
    description:
      "Changes what a panellist is there for, or whether the session waits for their scorecard, until it is COMPLETE.",
  })
  editPanelist(@Context() ctx: Ctx, @Input(() => EditPanelistInput) input: EditPanelistInput) {
    return payload(ctx, "interviewSession", input, editPanelist);
  }

  @Mutation(() => RemovePanelistPayload, {
    description: "Takes a seat away from the panel, unless its scorecard is in or nobody but shadows would be left.",
  })
  removePanelist(@Context() ctx: Ctx, @Input(() => RemovePanelistInput) input: RemovePanelistInput) {
    return payload(ctx, "interviewSession", input, removePanelist);
  }

  @Mutation(() => RespondToInvitationPayload, {
    description: "Says whether you will be there. Void once the session gets another time.",
  })
  respondToInvitation(@Context() ctx: Ctx, @Input(() => RespondToInvitationInput) input: RespondToInvitationInput) {
    return payload(ctx, "interviewSession", input, respondToInvitation);
  }
}
