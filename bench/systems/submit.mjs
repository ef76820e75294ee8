import { settled, stateAt } from "../../dist/src/interviews/interview-session.rules.js";
import { newId, registerIdTypes } from "../../dist/src/platform/ids.js";
import { submitted } from "../../dist/src/scorecards/scorecard.rules.js";
import { write } from "./walled.mjs";

registerIdTypes({ JournalEntry: 0x001 });

const CARD = `select id, session_id as "sessionId", interviewer_id as "interviewerId", state, version, recommendation,
  submitted_at as "submittedAt" from scorecards where id = $1`;
const SESSION = `select id, application_id as "applicationId", rubric_version_id as "rubricVersionId", state,
  starts_at as "startsAt", ends_at as "endsAt", time_zone as "timeZone", feedback_owed as "feedbackOwed"
  from interview_sessions where id = $1`;
const ACTIVE = `select from applications a join candidates d on d.id = a.candidate_id
  where a.id = $1 and a.status = 'ACTIVE' and d.erased_at is null for share of a`;
const CRITERIA = `select id, name, scale_min as "scaleMin", scale_max as "scaleMax" from criteria
  where rubric_version_id = $1 order by position`;
const RATINGS = `select criterion_id as "criterionId", outcome, value, evidence from ratings where scorecard_id = $1`;
const DEMANDS = `select require_every_criterion as "requireEveryCriterion",
  require_evidence_for_extremes as "requireEvidenceForExtremes" from organizations`;
const PANEL = `select id, member_id as "memberId", feedback_required as "feedbackRequired",
  feedback_given_at as "feedbackGivenAt", waived_at as "waivedAt" from panelists where session_id = $1 order by id`;

const HAS_BEGUN = ["IN_PROGRESS", "AWAITING_FEEDBACK", "COMPLETE"];

function assert(holds, code) {
  if (!holds) throw new Error(code);
}

/** Hands in the viewer's own draft: the checks, the locks and the rows of src/scorecards/scorecard.actions.ts. */
export const submitScorecard = ({ organizationId, email }, { id, version }) =>
  write(organizationId, async (ask) => {
    const now = new Date();
    const [me] = await ask("select id from members where email = $1 and active", [email]);
    const [found] = await ask(CARD, [id]);
    assert(me && found?.interviewerId === me.id, "NOT_FOUND");
    const [{ applicationId }] = await ask(SESSION, [found.sessionId]);
    assert((await ask(ACTIVE, [applicationId])).length === 1, "DECIDED");
    const [session] = await ask(`${SESSION} for update`, [found.sessionId]);
    const [card] = await ask(`${CARD} for update`, [id]);
    assert(card.version === version, "STALE_VERSION");
    assert(HAS_BEGUN.includes(stateAt(session, now)), "ILLEGAL_MOVE");
    const criteria = await ask(CRITERIA, [session.rubricVersionId]);
    const [demands] = await ask(DEMANDS, []);
    const next = submitted(card, { criteria, ratings: await ask(RATINGS, [id]), demands }, now);
    await ask(
      `insert into journal_entries
         (organization_id, id, created_at, type, object_id, actor_kind, actor_id, request_id, changes)
       values ($1, $2, $3, 'scorecard.submitted', $4, 'MEMBER', $5, 'bench', array['state'])`,
      [organizationId, newId("JournalEntry"), now, id, me.id],
    );
    const panel = await ask(PANEL, [session.id]);
    const seat = panel.find(({ memberId }) => memberId === me.id);
    assert(seat, "NOT_ON_PANEL");
    await ask("update panelists set feedback_given_at = $2, version = version + 1, updated_at = $2 where id = $1", [
      seat.id,
      now,
    ]);
    const after = settled(
      session,
      panel.map((each) => (each === seat ? { ...each, feedbackGivenAt: now } : each)),
      now,
    );
    await ask(
      "update interview_sessions set state = $2, feedback_owed = $3, version = version + 1, updated_at = $4 where id = $1",
      [session.id, after.state, after.feedbackOwed, now],
    );
    await ask(
      "update scorecards set state = $2, submitted_at = $3, version = version + 1, updated_at = $3 where id = $1",
      [id, next.state, now],
    );
    return { ...next, version: version + 1 };
  });
