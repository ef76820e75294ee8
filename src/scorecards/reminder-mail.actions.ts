import { mailReader } from "../identity/mail-reader.actions";
import { interviewee } from "../interviews/interviewee.actions";
import type { Ctx } from "../platform/context";
import type { Task } from "../platform/jobs/job";
import { frontPage } from "../platform/mail/letter";
import { mailOf } from "../platform/mail/letter-mail";
import { mailId } from "../platform/mail/mailing";
import { scorecardReminder } from "./reminder-mail.rules";
import { owedSeat } from "./scorecard-reminder.actions";

/** Reminds a panellist of the scorecard that they owe, unless it has come in or is not waited for any more. */
export async function mailScorecardReminder(ctx: Ctx, { entry, mailer, publicUrl }: Task): Promise<void> {
  const owed = entry && (await owedSeat(ctx, entry.objectId));
  const reader = owed && (await mailReader(ctx, owed.seat.memberId));
  if (!entry || !owed || !reader) return;
  const { member } = reader;
  const letter = scorecardReminder({
    candidate: await interviewee(reader.ctx, owed.session),
    startsAt: owed.session.startsAt!,
    endsAt: owed.session.endsAt!,
    timeZone: member.timeZone ?? "UTC",
    url: frontPage(publicUrl),
  });
  await mailer.send(mailOf({ id: mailId("scorecards.mailReminder", entry.id, member.id), to: member, letter }));
}
