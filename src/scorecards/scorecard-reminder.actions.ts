import { InterviewSession, Panelist } from "../interviews/interview-session.entity";
import { owesFeedback, stateAtSql } from "../interviews/interview-session.rules";
import type { Ctx } from "../platform/context";
import type { Bind } from "../platform/db/nouns";
import { allRows, binding } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { announce } from "../platform/journal/announce";
import { ScorecardReminder } from "./scorecard-reminder.entity";
import { LAST_AFTER_DAYS, type Owed, reminderDue } from "./scorecard-reminder.rules";

interface Owing extends Owed {
  panelistId: string;
}

/** Notes for each who owes a scorecard and is to hear of it now that they are reminded; mails follow from the journal. */
export async function remindOwing(ctx: Ctx): Promise<void> {
  const owing = await owingPanelists(ctx);
  const due = owing.filter((each) => reminderDue(each, ctx.now));
  for (const each of due) await ctx.db.transaction((tx) => remind(tx, each));
}

/**
 * Condition under which the panellist `p` of the session `s` owes it a scorecard that can still be handed in: the interview is
 * over, and nothing was decided without them.
 */
const owesSql = (bind: Bind, now: Date): string => `
  p.feedback_required and p.feedback_given_at is null and p.waived_at is null and m.active and a.status = 'ACTIVE'
  and ${stateAtSql("s", bind(now))} = 'AWAITING_FEEDBACK'`;

/** By their start, of which there is an index: no session lasts longer than a day. */
function owingPanelists({ db, now }: Ctx): Promise<Owing[]> {
  const { values, bind } = binding();
  return db.all<Owing>(
    `select p.id as "panelistId", s.ends_at as "endedAt", coalesce(m.time_zone, 'UTC') as "timeZone",
       array(select r.created_at from scorecard_reminders r where r.panelist_id = p.id) as "remindedAt"
     from interview_sessions s
     join panelists p on p.organization_id = s.organization_id and p.session_id = s.id
     join members m on m.organization_id = p.organization_id and m.id = p.member_id
     join applications a on a.organization_id = s.organization_id and a.id = s.application_id
     where s.starts_at > ${bind(now)}::timestamptz - make_interval(days => ${LAST_AFTER_DAYS + 1}) and s.starts_at < ${bind(now)}
       and s.ends_at <= ${bind(now)}
       and s.feedback_owed > 0 and ${owesSql(bind, now)}
     order by p.id`,
    values,
  );
}

/** The seat is locked, so that two workers take turns, and whoever hands in meanwhile is not reminded. */
async function remind(tx: Tx, { panelistId, remindedAt }: Owing): Promise<void> {
  const own = (bind: Bind) => `t.id = ${bind(panelistId)}`;
  const [seat] = await allRows(tx, Panelist, own, "for update of t");
  if (!seat || !owesFeedback(seat)) return;
  const before = await allRows(tx, ScorecardReminder, (bind) => `t.panelist_id = ${bind(panelistId)}`);
  if (before.length > remindedAt.length) return;
  await tx.insert(ScorecardReminder, { panelistId, number: before.length + 1 });
  await announce(tx, "scorecard.reminder_due", seat);
}

/** The seat of a panellist who still owes a scorecard, with its session; null where they do not. */
export async function owedSeat(
  ctx: Ctx,
  panelistId: string,
): Promise<{ seat: Panelist; session: InterviewSession } | null> {
  const { values, bind } = binding();
  const [found] = await ctx.db.all<{ sessionId: string }>(
    `select p.session_id as "sessionId" from panelists p
     join interview_sessions s on s.organization_id = p.organization_id and s.id = p.session_id
     join members m on m.organization_id = p.organization_id and m.id = p.member_id
     join applications a on a.organization_id = s.organization_id and a.id = s.application_id
     where p.id = ${bind(panelistId)} and ${owesSql(bind, ctx.now)}`,
    values,
  );
  if (!found) return null;
  const [seat] = await allRows(ctx.db, Panelist, (own) => `t.id = ${own(panelistId)}`);
  const [session] = await allRows(ctx.db, InterviewSession, (own) => `t.id = ${own(found.sessionId)}`);
  return seat && session ? { seat, session } : null;
}
