import type { Ctx } from "../identity/viewer.type";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuseAll } from "../platform/errors";
import { newId } from "../platform/ids";
import { announce } from "../platform/journal/announce";
import { QuestionVersion } from "../question-bank/question.entity";
import { recordUse } from "../question-bank/question-use.actions";
import { RubricVersion } from "../question-bank/rubric.entity";
import { RoleProfileVersion } from "../skills/role-profile.entity";
import { InterviewKit, KitQuestion } from "./interview-kit.entity";
import type { CreateInterviewKitInput, EditInterviewKitInput } from "./interview-kit.input";
import { type KitDraft, kitFaults } from "./interview-kit.rules";

/** Puts a kit together. @throws Refusal FORBIDDEN | NOT_FOUND | NOT_READY | KIT_UNUSABLE | ALREADY_EXISTS */
export function createInterviewKit(
  ctx: Ctx,
  { externalKey, ...draft }: CreateInterviewKitInput,
): Promise<InterviewKit> {
  return ctx.db.transaction((tx) => addInterviewKit(tx, { externalKey: externalKey ?? null, draft }));
}

/**
 * Puts a kit together anew; sessions that were planned with it stay as they are. What changes nothing leaves it as it is.
 * @throws Refusal FORBIDDEN | NOT_FOUND | STALE_VERSION | NOT_READY | KIT_UNUSABLE | ALREADY_EXISTS
 */
export function editInterviewKit(ctx: Ctx, { id, version, ...draft }: EditInterviewKitInput): Promise<InterviewKit> {
  return ctx.db.transaction(async (tx) => changeInterviewKit(tx, await tx.claim(InterviewKit, id, version), draft));
}

interface NewInterviewKit {
  externalKey: string | null;
  draft: KitDraft;
}

/** Adds a kit, in the transaction of whoever calls. @throws Refusal NOT_FOUND | NOT_READY | KIT_UNUSABLE */
export async function addInterviewKit(tx: Tx, { externalKey, draft }: NewInterviewKit): Promise<InterviewKit> {
  await assertUsable(tx, draft, new Set());
  const kit = await tx.insert(InterviewKit, { ...ownFields(draft), externalKey });
  await writeQuestions(tx, kit, draft, []);
  await announce(tx, "interview_kit.created", kit);
  return kit;
}

/**
 * Lets a claimed kit say what the draft says, in the transaction of whoever calls. Versions that are in it already may
 * have been retired meanwhile. @throws Refusal NOT_FOUND | NOT_READY | KIT_UNUSABLE
 */
export async function changeInterviewKit(tx: Tx, kit: InterviewKit, draft: KitDraft): Promise<InterviewKit> {
  const before = await allRows(tx, KitQuestion, (bind) => `t.kit_id = ${bind(kit.id)}`, "order by t.position");
  const kept = before.map(({ questionVersionId }) => questionVersionId);
  await assertUsable(tx, draft, new Set([kit.rubricVersionId, ...kept]));
  const changes = changesOf(kit, before, draft);
  if (changes.length === 0) return kit;
  const next = await tx.change(kit, ownFields(draft));
  if (changes.includes("questions")) {
    await tx.all("delete from kit_questions where kit_id = $1", [kit.id]);
    await writeQuestions(tx, kit, draft, before);
  }
  await announce(tx, "interview_kit.updated", next, changes);
  return next;
}

async function assertUsable(tx: Tx, draft: KitDraft, kept: ReadonlySet<string>): Promise<void> {
  await tx.find(RoleProfileVersion, draft.profileVersionId, "profileVersionId");
  const rubricVersion = await tx.find(RubricVersion, draft.rubricVersionId, "rubricVersionId");
  const ids = draft.questions.map(({ questionVersionId }) => questionVersionId);
  const path = (index: number) => ["questions", `${index}`, "questionVersionId"];
  const questionVersions = await tx.findAll(QuestionVersion, ids, path);
  refuseAll(kitFaults({ rubricVersion, questionVersions }, kept));
}

const ownFields = ({ name, profileVersionId, rubricVersionId, minutes }: KitDraft): Omit<KitDraft, "questions"> => ({
  name,
  profileVersionId,
  rubricVersionId,
  minutes,
});

/** Names of the fields in which the draft differs. */
function changesOf(kit: InterviewKit, before: readonly KitQuestion[], draft: KitDraft): string[] {
  const own = Object.entries(ownFields(draft)).filter(([field, value]) => kit[field as keyof InterviewKit] !== value);
  const asked = (questions: KitDraft["questions"]): string =>
    JSON.stringify(questions.map(({ questionVersionId, minutes }) => [questionVersionId, minutes]));
  return [...own.map(([field]) => field), ...(asked(before) === asked(draft.questions) ? [] : ["questions"])];
}

/** A question that was in the kit keeps its id; one that is new to it is counted as used. */
async function writeQuestions(
  tx: Tx,
  kit: InterviewKit,
  { questions }: KitDraft,
  before: readonly KitQuestion[],
): Promise<void> {
  const ids = new Map(before.map(({ questionVersionId, id }) => [questionVersionId, id]));
  const rows = questions.map(({ questionVersionId, minutes }, position) => {
    const id = ids.get(questionVersionId) ?? newId("KitQuestion");
    return { id, kitId: kit.id, questionVersionId, minutes, position };
  });
  await tx.insertAll(KitQuestion, rows);
  const added = questions.map((each) => each.questionVersionId).filter((id) => !ids.has(id));
  if (added.length > 0) await recordUse(tx, { occasion: "PLANNED", usedIn: kit.id, questionVersionIds: added });
}
