import type { Ctx } from "../identity/viewer.type";
import { must } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { QuestionVersion } from "../question-bank/question.entity";
import { RubricVersion } from "../question-bank/rubric.entity";
import { RoleProfileVersion } from "../skills/role-profile.entity";
import { InterviewKit, KitQuestion } from "./interview-kit.entity";
import type { CreateInterviewKitInput } from "./interview-kit.input";
import { mayPlanInterviews } from "./interview-session.policy";

/** Puts a kit together. @throws Refusal FORBIDDEN | NOT_FOUND | ALREADY_EXISTS */
export function createInterviewKit(ctx: Ctx, { questions, ...kit }: CreateInterviewKitInput): Promise<InterviewKit> {
  must(mayPlanInterviews(ctx.viewer), "put interview kits together");
  return ctx.db.transaction(async (tx) => {
    await tx.find(RoleProfileVersion, kit.profileVersionId, "profileVersionId");
    await tx.find(RubricVersion, kit.rubricVersionId, "rubricVersionId");
    await tx.findAll(
      QuestionVersion,
      questions.map(({ questionVersionId }) => questionVersionId),
      (index) => ["questions", `${index}`, "questionVersionId"],
    );
    const made = await tx.insert(InterviewKit, kit);
    await tx.insertAll(
      KitQuestion,
      questions.map((question, position) => ({ ...question, kitId: made.id, position })),
    );
    await announce(tx, "interview_kit.created", made);
    return made;
  });
}
