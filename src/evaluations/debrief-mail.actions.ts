import { mailReader } from "../identity/mail-reader.actions";
import type { Viewer } from "../identity/viewer.rules";
import { InterviewSession } from "../interviews/interview-session.entity";
import { isCalledOffSql } from "../interviews/interview-session.rules";
import { interviewee } from "../interviews/interviewee.actions";
import type { Ctx } from "../platform/context";
import { allRows, binding, type Reader } from "../platform/db/reader";
import type { Task } from "../platform/jobs/job";
import type { JournalEntry } from "../platform/journal/journal.entity";
import { frontPage } from "../platform/mail/letter";
import { mailOf } from "../platform/mail/letter-mail";
import { mailEach, mailId } from "../platform/mail/mailing";
import { OPEN_DEBRIEFS_SQL, showsDebriefSql } from "./debrief.relations";
import { debriefReady } from "./debrief-mail.rules";

/** What can open a debrief: an interview is complete, or the one that was waited for is called off. */
export const OPENS_DEBRIEFS: readonly string[] = ["interview_session.completed", "interview_session.moved"];

const MAIL = "evaluations.mailDebriefReady";

/** Where an entry of the journal has opened a debrief, has a mail sent to each who may take part. */
export async function tellDebriefOpened(ctx: Ctx, task: Task): Promise<void> {
  const { entry } = task;
  if (!entry) return;
  const [session] = await allRows(ctx.db, InterviewSession, (bind) => `t.id = ${bind(entry.objectId)}`);
  if (!session || !(await hasOpened(ctx, entry, session))) return;
  const { applicationId } = session;
  const memberIds = await concernedMembers(ctx, applicationId);
  await mailEach(task, { job: MAIL, entryId: entry.id, memberIds, facts: { applicationId } });
}

/** Of all that could have opened the debrief the last did: so there is one mail for each opening. */
async function hasOpened({ db }: Ctx, { id }: JournalEntry, { applicationId }: InterviewSession): Promise<boolean> {
  const found = await db.all(
    `select from ${OPEN_DEBRIEFS_SQL} d
     join applications a on a.organization_id = d.organization_id and a.id = d.application_id
     where d.application_id = $1 and a.status = 'ACTIVE' and not exists (
       select from journal_entries e join interview_sessions s on s.organization_id = e.organization_id and s.id = e.object_id
       where s.application_id = $1 and e.type = any($2)
         and e.sequence > (select own.sequence from journal_entries own where own.id = $3))`,
    [applicationId, OPENS_DEBRIEFS, id],
  );
  return found.length > 0;
}

/** Those who answer for the hiring, and whoever sat on a panel. Whether they may see the score is asked when the mail is written. */
async function concernedMembers({ db }: Ctx, applicationId: string): Promise<string[]> {
  const rows = await db.all<{ id: string }>(
    `select m.id from members m
     where m.active and (m.role in ('HIRING_MANAGER', 'RECRUITER') or m.id = any(array(
       select p.member_id from panelists p
       join interview_sessions s on s.organization_id = p.organization_id and s.id = p.session_id
       where s.application_id = $1 and not ${isCalledOffSql("s")})))
     order by m.id`,
    [applicationId],
  );
  return rows.map(({ id }) => id);
}

/** Tells one member that a debrief is open, if it still is and they may see the score. */
export async function mailDebriefReady(ctx: Ctx, { facts, mailer, publicUrl }: Task): Promise<void> {
  const { entryId, applicationId, memberId } = facts as Record<string, string>;
  const reader = await mailReader(ctx, memberId!);
  if (!reader || !(await isOpenTo(reader.ctx.db, applicationId!))) return;
  const candidate = await interviewee(reader.ctx, { applicationId: applicationId! });
  if (!candidate) return;
  const letter = debriefReady({ candidate, url: frontPage(publicUrl) });
  await mailer.send(mailOf({ id: mailId(MAIL, entryId!, memberId!), to: reader.member, letter }));
}

async function isOpenTo(reader: Reader<Viewer>, applicationId: string): Promise<boolean> {
  const { values, bind } = binding();
  const among = bind([applicationId]);
  const found = await reader.all(
    `select from ${OPEN_DEBRIEFS_SQL} d
     join applications a on a.organization_id = d.organization_id and a.id = d.application_id
     where d.application_id = any(${among}) and a.status = 'ACTIVE'
       and ${showsDebriefSql("d.application_id", reader.viewer, bind, { among })}`,
    values,
  );
  return found.length > 0;
}
