import { Application } from "../candidates/application.entity";
import { Member } from "../identity/member.entity";
import { isAuditor, type Viewer } from "../identity/viewer.rules";
import { one, pages, part } from "../platform/db/nouns";
import { DebriefNote } from "./debrief-note.entity";
import { showsStoredScoresSql } from "./score-sight.relations";

/** What was said tells of the scorecards. It stays readable when a debrief closes again. An auditor takes no part. */
export const debriefNotes = part(DebriefNote, Application, {
  by: "applicationId",
  only: (viewer: Viewer, bind) =>
    isAuditor(viewer) ? "false" : showsStoredScoresSql("t.application_id", viewer, bind),
});

export const applicationOfDebriefNote = one(DebriefNote, "application", Application, {
  by: "applicationId",
  always: true,
  description: "What it is about.",
});

export const debriefNotesOfApplication = pages(Application, "debriefNotes", DebriefNote, {
  by: "applicationId",
  description: "What was noted at the debrief, first note first; none while the score is kept from you.",
});

export const authorOfDebriefNote = one(DebriefNote, "author", Member, {
  by: "authorId",
  always: true,
  description: "Who wrote it.",
});
