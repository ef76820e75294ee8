import { type MailReader, mailReader } from "../identity/mail-reader.actions";
import type { Ctx } from "../platform/context";
import { byId } from "../platform/db/loaders";
import { allRows } from "../platform/db/reader";
import { typeOfId } from "../platform/ids";
import type { Task } from "../platform/jobs/job";
import type { JournalEntry } from "../platform/journal/journal.entity";
import { frontPage } from "../platform/mail/letter";
import { mailOf } from "../platform/mail/letter-mail";
import { mailEach, mailId } from "../platform/mail/mailing";
import { calendarEntries } from "./calendar-entry.actions";
import { calendarFile } from "./calendar-file.actions";
import { InterviewKit } from "./interview-kit.entity";
import { InterviewSession, Panelist } from "./interview-session.entity";
import { interviewee } from "./interviewee.actions";
import { newsOf, sessionInvitation } from "./invitation-mail.rules";
import { ScheduleChange } from "./schedule.entity";

/** What a panel hears of by mail. A seat that is taken away is gone, and nobody is left to be told. */
export const NEWS_OF_SESSIONS: readonly string[] = [
  "interview_session.planned",
  "interview_session.scheduled",
  "interview_session.moved",
  "panelist.added",
];

const MAIL = "interviews.mailInvitation";

/** Has a mail sent to each whom an entry of the journal concerns: a newcomer alone, or the whole panel. */
export async function tellPanel(ctx: Ctx, task: Task): Promise<void> {
  const { entry } = task;
  if (!entry) return;
  const seats = await seatsOf(ctx, entry);
  const [first] = seats;
  if (!first) return;
  const memberIds = seats.map(({ memberId }) => memberId);
  await mailEach(task, {
    job: MAIL,
    entryId: entry.id,
    memberIds,
    facts: { sessionId: first.sessionId, type: entry.type },
  });
}

function seatsOf({ db }: Ctx, { objectId }: JournalEntry): Promise<Panelist[]> {
  const column = typeOfId(objectId) === "Panelist" ? "t.id" : "t.session_id";
  return allRows(db, Panelist, (bind) => `${column} = ${bind(objectId)}`, "order by t.id");
}

/** Invites one panellist, or tells them that the session is another one or none, as it stands at the moment of sending. */
export async function mailSessionNews(ctx: Ctx, { facts, mailer, publicUrl }: Task): Promise<void> {
  const { entryId, sessionId, memberId, type } = facts as Record<string, string>;
  const reader = await mailReader(ctx, memberId!);
  const [seat] = await allRows(
    ctx.db,
    Panelist,
    (bind) => `t.session_id = ${bind(sessionId)} and t.member_id = ${bind(memberId)}`,
  );
  if (!reader || !seat || (await isOvertaken(ctx, seat, entryId!))) return;
  const letter = await letterOf(reader, seat, { type: type!, url: frontPage(publicUrl) });
  if (letter) await mailer.send(mailOf({ id: mailId(MAIL, entryId!, memberId!), to: reader.member, ...letter }));
}

/** Whether something later is to be told to the same panellist: several things done at once make one mail. */
async function isOvertaken({ db }: Ctx, { id, sessionId }: Panelist, entryId: string): Promise<boolean> {
  const later = await db.all(
    `select from journal_entries where object_id = any($1) and type = any($2)
       and sequence > (select e.sequence from journal_entries e where e.id = $3) limit 1`,
    [[id, sessionId], NEWS_OF_SESSIONS, entryId],
  );
  return later.length > 0;
}

async function letterOf({ member, ctx }: MailReader, seat: Panelist, { type, url }: { type: string; url: string }) {
  const session = (await byId(ctx.db, InterviewSession, seat.sessionId))!;
  const [shown] = await calendarEntries(ctx, [session]);
  if (!shown) return null;
  const changes = await changesOf(ctx, session);
  const hadSlot = changes.filter(({ startsAt }) => startsAt !== null).length > 1;
  const news = newsOf(session, { type, hadSlot, endsAt: shown.endsAt }, ctx.now);
  if (!news) return null;
  const letter = sessionInvitation({
    ...shown,
    news,
    state: session.state,
    timeZone: member.timeZone ?? "UTC",
    candidate: await interviewee(ctx, session),
    kit: (await byId(ctx.db, InterviewKit, session.kitId))?.name ?? null,
    seat: seat.seat,
    feedbackRequired: seat.feedbackRequired,
    reason: type === "panelist.added" ? null : (changes.at(-1)?.reason ?? null),
    url,
  });
  return { letter, calendar: (await calendarFile(ctx, session)) ?? undefined };
}

const changesOf = ({ db }: Ctx, { id }: InterviewSession): Promise<ScheduleChange[]> =>
  allRows(db, ScheduleChange, (bind) => `t.session_id = ${bind(id)}`, "order by t.id");
