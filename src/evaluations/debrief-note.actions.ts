import { Application } from "../candidates/application.entity";
import { assertNotErased } from "../candidates/candidate-lock.actions";
import type { Ctx } from "../identity/viewer.type";
import { must } from "../platform/errors";
import { announce } from "../platform/journal/announce";
import { mustBeOpen } from "./debrief.actions";
import { DebriefNote } from "./debrief-note.entity";
import type { AddDebriefNoteInput } from "./debrief-note.input";
import { mayTakePart } from "./decision.policy";
import { mustSeeScore } from "./score-sight.actions";

/**
 * Notes what was said. Also after the decision: a note is a record, and enters no score.
 * @throws Refusal FORBIDDEN | NOT_FOUND | ERASED | SCORE_WITHHELD | DEBRIEF_NOT_OPEN
 */
export function addDebriefNote(ctx: Ctx, { applicationId, text }: AddDebriefNoteInput): Promise<DebriefNote> {
  const { viewer } = ctx;
  must(mayTakePart(viewer), "take part in debriefs");
  return ctx.db.transaction(async (tx) => {
    await assertNotErased(tx, await tx.hold(Application, applicationId, "applicationId"), "applicationId");
    await mustSeeScore(tx, applicationId, "applicationId");
    await mustBeOpen(tx, applicationId, "applicationId");
    const note = await tx.insert(DebriefNote, { applicationId, authorId: viewer.id, text });
    await announce(tx, "debrief_note.added", note);
    return note;
  });
}
