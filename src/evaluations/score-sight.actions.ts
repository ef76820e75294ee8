import type { Viewer } from "../identity/viewer.rules";
import { isCalledOffSql } from "../interviews/interview-session.rules";
import { binding } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import { owesScorecardSql } from "../scorecards/blindness.relations";
import { showsScoresSql } from "./score-sight.relations";

/** Of an application that the viewer sees. @throws Refusal SCORE_WITHHELD where its score is kept from them */
export async function mustSeeScore(tx: Tx<Viewer>, applicationId: string, ...field: string[]): Promise<void> {
  const { values, bind } = binding();
  const [sight] = await tx.all<{ shown: boolean; owing: boolean }>(
    `select ${showsScoresSql("a.id", tx.viewer, bind, { among: bind([applicationId]) })} as shown, a.id = any(array(
       select s.application_id from interview_sessions s
       where not ${isCalledOffSql("s")} and ${owesScorecardSql("s.id", tx.viewer, bind)})) as owing
     from applications a where a.id = ${bind(applicationId)}`,
    values,
  );
  if (sight!.shown) return;
  const mend = sight!.owing
    ? "hand in the scorecards that you owe first."
    : "you sit on a panel whose other scorecards are closed to you. Leave it to somebody who sees them.";
  refuse("SCORE_WITHHELD", `The score is kept from you: ${mend}`, ...field);
}
