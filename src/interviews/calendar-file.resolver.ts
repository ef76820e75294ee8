import { Ctx as Context, FieldResolver, Resolver, Root } from "type-graphql";
import type { Ctx } from "../identity/viewer.type";
import { calendarFile } from "./calendar-file.actions";
import type { InterviewSession } from "./interview-session.entity";
import { InterviewSessionType } from "./interview-session.type";

@Resolver(() => InterviewSessionType)
export class CalendarFileResolver {
  @FieldResolver(() => String, {
    complexity: 50,
    nullable: true,
    description:
      "The session as an iCalendar file (text/calendar, RFC 5545) to save as .ics or to send: an invitation of the panel, or its cancellation once the session is called off, held or without a time. Each change keeps its UID and raises its SEQUENCE. Null for a session that never had a time.",
  })
  calendarFile(@Root() session: InterviewSession, @Context() ctx: Ctx): Promise<string | null> {
    return calendarFile(ctx, session);
  }
}
