import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import type { PersonalData } from "../platform/personal-data";
import { exportedSessions } from "./candidate-export.actions";
import { InterviewSession } from "./interview-session.entity";
import { isCalledOff, isCalledOffSql, stateAt } from "./interview-session.rules";
import { sessionsOfCandidateSql, texts } from "./personal-data.rules";

/** What is called off comes no more, whatever its time was. */
const ROWS = `
  select a.candidate_id, s.id,
    case when ${isCalledOffSql("s")} then s.updated_at else greatest(s.updated_at, s.ends_at) end as at
  from interview_sessions s
  join applications a on a.organization_id = s.organization_id and a.id = s.application_id
  union all
  select a.candidate_id, p.id, p.updated_at from panelists p
  join interview_sessions s on s.organization_id = p.organization_id and s.id = p.session_id
  join applications a on a.organization_id = s.organization_id and a.id = s.application_id
  union all
  select a.candidate_id, q.id, coalesce(q.asked_at, q.created_at) from session_questions q
  join interview_sessions s on s.organization_id = q.organization_id and s.id = q.session_id
  join applications a on a.organization_id = s.organization_id and a.id = s.application_id`;

/**
 * The candidate's sessions, locked, all of them over: whoever is on a panel, or reads a calendar, hears that an interview
 * is called off before its candidate is gone. @throws Refusal SESSIONS_OPEN
 */
export async function claimSessionsOver(tx: Tx, candidateId: string): Promise<InterviewSession[]> {
  const sessions = await allRows(
    tx,
    InterviewSession,
    (bind) => `t.id = any(${sessionsOfCandidateSql(bind(candidateId))})`,
    "order by t.id for update of t",
  );
  const open = sessions.filter((each) => !isCalledOff(each.state) && stateAt(each, tx.occasion.now) !== "COMPLETE");
  if (open.length > 0) {
    const which = open.map((each) => `${each.id} is ${stateAt(each, tx.occasion.now)}`).join(", ");
    refuse("SESSIONS_OPEN", `Call these sessions off first, or see that their scorecards come in: ${which}.`, "id");
  }
  return sessions;
}

/** Of a note nothing is left without its text; times stay with the session. */
async function erased(tx: Tx, candidateId: string): Promise<void> {
  const ids = (await claimSessionsOver(tx, candidateId)).map(({ id }) => id);
  await tx.all(
    `delete from question_notes where session_question_id = any(array(
       select id from session_questions where session_id = any($1)))`,
    [ids],
  );
  await tx.all("update panelists set waived_reason = null, response_note = null where session_id = any($1)", [ids]);
  await tx.all("update schedule_changes set reason = null, place = null where session_id = any($1)", [ids]);
  await tx.all(
    "update interview_sessions set place = null, calendar_sequence = calendar_sequence + 1 where id = any($1)",
    [ids],
  );
}

export const personalData: PersonalData = { texts, rows: ROWS, export: exportedSessions, erase: erased };
