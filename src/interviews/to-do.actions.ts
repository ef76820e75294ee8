import { runsHiring } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { binding, sightOf } from "../platform/db/reader";
import { Panelist } from "./interview-session.entity";
import { hasBegun, isCalledOff, SESSION_STATES, type SessionState, stateAtSql } from "./interview-session.rules";

const MOST = 50;

const listed = (states: readonly SessionState[]): string => states.map((state) => `'${state}'`).join(", ");

/** Nobody has sat there yet: somebody else may, whatever the seat. */
const TO_COME = listed(SESSION_STATES.filter((state) => !hasBegun(state) && !isCalledOff(state)));
/** Only a scorecard is still wanted. */
const WAITING = listed(SESSION_STATES.filter((state) => hasBegun(state) && state !== "COMPLETE"));

/**
 * Seats of deactivated members for which somebody else is wanted, the earliest session first; at most 50. For those who
 * run the hiring. One statement.
 */
export async function seatsToReassign({ db, viewer, now }: Ctx): Promise<Panelist[]> {
  if (!runsHiring(viewer)) return [];
  const { values, bind } = binding();
  const { name, select } = db.model.table(Panelist);
  const state = stateAtSql("s", bind(now));
  return db.all<Panelist>(
    `select ${select} from ${name} t
     join interview_sessions s on s.organization_id = t.organization_id and s.id = t.session_id
     where t.member_id = any(array(select m.id from members m where not m.active))
       and t.feedback_given_at is null and t.waived_at is null
       and (${state} in (${TO_COME}) or (t.feedback_required and ${state} in (${WAITING})))
       and (${sightOf(db, Panelist, bind)})
     order by s.starts_at, t.id limit ${MOST}`,
    values,
  );
}
