import { isMember } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { stateAtSql } from "../interviews/interview-session.rules";
import { binding } from "../platform/db/reader";
import { owesScorecardSql } from "./blindness.relations";
import type { OwedScorecard } from "./to-do.rules";

const MOST = 50;

/** What the viewer owes to sessions that have begun, due first what has been due for the longest time. */
export async function owedScorecards({ db, viewer, now }: Ctx): Promise<OwedScorecard[]> {
  if (!isMember(viewer)) return [];
  const { values, bind } = binding();
  return db.all(
    `select p.id as "panelistId", p.session_id as "sessionId", s.ends_at as "dueAt"
     from panelists p join interview_sessions s on s.organization_id = p.organization_id and s.id = p.session_id
     where p.member_id = ${bind(viewer.id)} and ${owesScorecardSql("p.session_id", viewer, bind)}
       and ${stateAtSql("s", bind(now))} in ('IN_PROGRESS', 'AWAITING_FEEDBACK')
     order by s.ends_at, p.id limit ${MOST}`,
    values,
  );
}
