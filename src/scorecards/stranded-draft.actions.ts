import { isCalledOffSql } from "../interviews/interview-session.rules";
import type { Ctx } from "../platform/context";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { announceAll } from "../platform/journal/announce";
import { Scorecard } from "./scorecard.entity";
import { moved } from "./scorecard.rules";

/** Drafts that can no longer be handed in: the session was called off, or their author has left its panel or the house. */
const STRANDED = `t.state = 'DRAFT' and (
  t.session_id = any(array(select s.id from interview_sessions s where ${isCalledOffSql("s")}))
  or (t.session_id, t.interviewer_id) not in (select p.session_id, p.member_id from panelists p)
  or t.interviewer_id = any(array(select m.id from members m where not m.active)))`;

/** Withdraws every stranded draft of the organisation, whatever stranded it: heard twice, it finds nothing the second time. */
export async function withdrawStrandedDrafts(_: Ctx, tx: Tx): Promise<void> {
  const drafts = await allRows(tx, Scorecard, () => STRANDED, "order by t.id for update of t");
  for (const draft of drafts) await tx.change(draft, moved(draft, "WITHDRAWN"));
  await announceAll(tx, "scorecard.discarded", drafts, ["state"]);
}
