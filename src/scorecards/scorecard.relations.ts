import { ApiKey } from "../identity/api-key.entity";
import { Member } from "../identity/member.entity";
import { isMember, type Viewer } from "../identity/viewer.rules";
import { InterviewSession } from "../interviews/interview-session.entity";
import { type Bind, many, noun, one, pages, part } from "../platform/db/nouns";
import { Criterion } from "../question-bank/rubric.entity";
import { isOnPanelSql, isOpenSql } from "./blindness.relations";
import { Rating, Scorecard } from "./scorecard.entity";
import { mayEnterScorecards } from "./scorecard.policy";

/** One's own in any state while one sits on the panel, and what a key entered; the others' once submitted, where the session is open to the viewer. */
function visibleScorecards(viewer: Viewer, bind: Bind): string {
  const open = `t.state in ('SUBMITTED', 'AMENDED') and ${isOpenSql("t.session_id", viewer, bind)}`;
  return `${isOwnSql(viewer, bind)} or (${open})`;
}

function isOwnSql(viewer: Viewer, bind: Bind): string {
  if (mayEnterScorecards(viewer)) return `(t.entered_by_key_id = ${bind(viewer.id)})`;
  if (!isMember(viewer)) return "false";
  return `(t.interviewer_id = ${bind(viewer.id)} and ${isOnPanelSql("t.session_id", viewer, bind)})`;
}

export const scorecards = noun(Scorecard, { visible: visibleScorecards, descending: true });
export const ratings = part(Rating, Scorecard, { by: "scorecardId" });

export const sessionOfScorecard = one(Scorecard, "session", InterviewSession, {
  by: "sessionId",
  always: true,
  description: "The session that it is about.",
});

export const scorecardsOfSession = many(InterviewSession, "scorecards", Scorecard, {
  by: "sessionId",
  description: "The session's scorecards that you may see: your own, and the others' when blind feedback allows.",
});

export const interviewerOfScorecard = one(Scorecard, "interviewer", Member, {
  by: "interviewerId",
  always: true,
  description: "Whose scorecard it is.",
});

export const keyOfScorecard = one(Scorecard, "enteredBy", ApiKey, {
  by: "enteredByKeyId",
  description:
    "The key that wrote it on the interviewer's behalf; null where none did, and where you may not see keys.",
});

export const scorecardsOfMember = pages(Member, "scorecards", Scorecard, {
  by: "interviewerId",
  description: "The member's scorecards that you may see, newest first.",
});

export const ratingsOfScorecard = many(Scorecard, "ratings", Rating, {
  by: "scorecardId",
  description: "What it says of each criterion.",
});

export const scorecardOfRating = one(Rating, "scorecard", Scorecard, {
  by: "scorecardId",
  always: true,
  description: "The scorecard that it belongs to.",
});

export const criterionOfRating = one(Rating, "criterion", Criterion, {
  by: "criterionId",
  always: true,
  description: "What is rated.",
});
