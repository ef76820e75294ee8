import { Application } from "../candidates/application.entity";
import { isAuditor, isMember, type Viewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { InterviewSession } from "../interviews/interview-session.entity";
import { isCalledOff, isCalledOffSql, stateAt } from "../interviews/interview-session.rules";
import { binding, type Reader, sightOf, visibleRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import { OPEN_DEBRIEFS_SQL, showsDebriefSql } from "./debrief.relations";
import { debriefTopics } from "./debrief.rules";
import type { Debrief } from "./debrief.type";
import { evaluation, evidenceOf } from "./evaluation.actions";

const MOST_WAITING = 50;

/** The debrief of an application, or null while it is not open or kept from the viewer. Batched per operation. */
export function debriefOf({ db }: Ctx, applicationId: string): Promise<Debrief | null> {
  return db
    .loader(debriefOf, (ids: readonly string[]) => db.snapshot((reader) => debriefs(reader, ids)))
    .load(applicationId);
}

async function debriefs(reader: Reader<Viewer>, ids: readonly string[]): Promise<(Debrief | null)[]> {
  const opened = new Map((await openedAmong(reader, ids)).map(({ id, openedAt }) => [id, openedAt]));
  const found = await evidenceOf(reader, [...opened.keys()]);
  return ids.map((id) => {
    const evidence = found.get(id);
    return evidence ? { openedAt: opened.get(id)!, topics: debriefTopics(evidence, evaluation(evidence)) } : null;
  });
}

function openedAmong(reader: Reader<Viewer>, ids: readonly string[]): Promise<{ id: string; openedAt: Date }[]> {
  const { values, bind } = binding();
  const among = bind(ids);
  return reader.all(
    `select d.application_id as id, d.opened_at as "openedAt" from ${OPEN_DEBRIEFS_SQL} d
     where d.application_id = any(${among}) and ${showsDebriefSql("d.application_id", reader.viewer, bind, { among })}`,
    values,
  );
}

/**
 * Undecided applications whose debrief waits for the viewer, the longest wait first; at most 50. Others than those who
 * run the hiring see only the applications on whose panels they sit, and no others wait for them.
 */
export async function openDebriefs({ db, viewer }: Ctx): Promise<Application[]> {
  if (!isMember(viewer) || isAuditor(viewer)) return [];
  const { values, bind } = binding();
  const { name, select } = db.model.table(Application);
  // First those that are undecided, for they are few: nothing is looked up about the others.
  const among = `array(select t.id from ${name} t where t.status = 'ACTIVE' and (${sightOf(db, Application, bind)}))`;
  return db.all<Application>(
    `select ${select} from ${name} t
     join ${OPEN_DEBRIEFS_SQL} d on d.organization_id = t.organization_id and d.application_id = t.id
     where d.application_id = any(${among}) and ${showsDebriefSql("t.id", viewer, bind, { among })}
     order by d.opened_at, t.id limit ${MOST_WAITING}`,
    values,
  );
}

/** Whether somebody was, or is to be, interviewed for the application: a session that was called off is none. */
export async function isInterviewed(tx: Tx, applicationId: string): Promise<boolean> {
  const live = `select from interview_sessions s where s.application_id = $1 and not ${isCalledOffSql("s")} limit 1`;
  return (await tx.all(live, [applicationId])).length > 0;
}

/** @throws Refusal DEBRIEF_NOT_OPEN, which names the sessions that the viewer sees and that are to be waited for */
export async function mustBeOpen(tx: Tx<Viewer>, applicationId: string, ...field: string[]): Promise<void> {
  const open = await tx.all(`select from ${OPEN_DEBRIEFS_SQL} d where d.application_id = $1`, [applicationId]);
  if (open.length > 0) return;
  const sessions = await visibleRows(tx, InterviewSession, (bind) => `t.application_id = ${bind(applicationId)}`);
  const waiting = sessions
    .filter(({ state }) => !isCalledOff(state))
    .map((session) => ({ id: session.id, state: stateAt(session, tx.occasion.now) }))
    .filter(({ state }) => state !== "COMPLETE")
    .map(({ id, state }) => `${id} is ${state}`);
  const none = "there is no interview, and then REJECT alone can be recorded; or one that you do not see goes on";
  const why = waiting.length > 0 ? waiting.join(", ") : none;
  refuse(
    "DEBRIEF_NOT_OPEN",
    `The debrief opens once every session is COMPLETE, its scorecards in or waived, or called off: ${why}.`,
    ...field,
  );
}
