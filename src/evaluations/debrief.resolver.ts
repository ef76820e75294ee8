import { Ctx as Context, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import type { Application } from "../candidates/application.entity";
import { ApplicationType } from "../candidates/application.type";
import type { Ctx } from "../identity/viewer.type";
import { byId } from "../platform/db/loaders";
import { Input, payload, payloadOf } from "../platform/graphql/payload";
import { Criterion } from "../question-bank/rubric.entity";
import { CriterionType } from "../question-bank/rubric.type";
import { Skill } from "../skills/skill.entity";
import { SkillType } from "../skills/skill.type";
import { debriefOf } from "./debrief.actions";
import { type Debrief, DebriefTopicType, DebriefType } from "./debrief.type";
import { addDebriefNote } from "./debrief-note.actions";
import { AddDebriefNoteInput } from "./debrief-note.input";
import { DebriefNoteType } from "./debrief-note.type";
import type { DebriefTopic } from "./debrief-topic.rules";

const AddDebriefNotePayload = payloadOf("AddDebriefNote", "debriefNote", () => DebriefNoteType, "The new note.");

@Resolver(() => ApplicationType)
export class DebriefResolver {
  @FieldResolver(() => DebriefType, {
    complexity: 20,
    nullable: true,
    description:
      "What to talk about before deciding. Open once there was an interview and every session is COMPLETE or called off; null " +
      "until then, while the score is kept from you, and for an auditor.",
  })
  debrief(@Root() { id }: Application, @Context() ctx: Ctx): Promise<Debrief | null> {
    return debriefOf(ctx, id);
  }

  @Mutation(() => AddDebriefNotePayload, {
    description:
      "Notes what was said at an open debrief whose score you see, also after the decision. Notes stay as they are.",
  })
  addDebriefNote(@Context() ctx: Ctx, @Input(() => AddDebriefNoteInput) input: AddDebriefNoteInput) {
    return payload(ctx, "debriefNote", input, addDebriefNote);
  }
}

@Resolver(() => DebriefTopicType)
export class DebriefTopicResolver {
  @FieldResolver(() => CriterionType, {
    nullable: true,
    description: "The criterion, in the newest version that was used; null where it is not about one.",
  })
  criterion(@Root() { criterionId }: DebriefTopic, @Context() { db }: Ctx) {
    return criterionId ? byId(db, Criterion, criterionId) : null;
  }

  @FieldResolver(() => SkillType, { nullable: true, description: "The skill; null where it is not about one." })
  skill(@Root() { skillId }: DebriefTopic, @Context() { db }: Ctx) {
    return skillId ? byId(db, Skill, skillId) : null;
  }
}
