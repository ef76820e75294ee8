import { Member } from "../identity/member.entity";
import { memberViewer, runsHiring } from "../identity/viewer.rules";
import { Panelist } from "../interviews/interview-session.entity";
import { isCalledOffSql } from "../interviews/interview-session.rules";
import { allRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import type { DissentInput } from "./decision.input";

/** The seats of the application's panels, those of sessions that were called off left out. */
export const seatsAt = (tx: Tx, applicationId: string): Promise<Panelist[]> =>
  allRows(
    tx,
    Panelist,
    (bind) => `t.session_id = any(array(
      select s.id from interview_sessions s where s.application_id = ${bind(applicationId)} and not ${isCalledOffSql("s")}))`,
  );

/** Who may dissent, among others: whoever sat on a panel, and those of the named who run the hiring still. @throws Refusal NOT_FOUND */
export async function concernedBy(
  tx: Tx,
  applicationId: string,
  dissents: readonly DissentInput[],
): Promise<Set<string>> {
  const ids = dissents.map(({ memberId }) => memberId);
  const named = await tx.findAll(Member, ids, (index) => ["dissents", `${index}`, "memberId"]);
  const hiring = named.filter((member) => member.active && runsHiring(memberViewer(member)));
  const seated = await seatsAt(tx, applicationId);
  return new Set([...hiring.map(({ id }) => id), ...seated.map(({ memberId }) => memberId)]);
}
