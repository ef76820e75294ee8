import { sqlState } from "../platform/db/database";
import { allRows, visibleRows } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { type Fault, refuseAll } from "../platform/errors";
import { bookingsOf, type FieldOf, type People, type Taken, takenFault } from "./booking.rules";
import { InterviewSession } from "./interview-session.entity";
import { Booking } from "./schedule.entity";

const EXCLUSION_VIOLATION = "23P01";

/**
 * Books the time of the session's people anew, and lets go of what was booked before. The session must have been claimed, or
 * be new; nothing is locked after it. @throws Refusal SLOT_TAKEN for everybody who is taken
 * @see docs/decisions/0012-time-is-booked-by-the-database.md
 */
export async function book(tx: Tx, session: InterviewSession, people: People, fieldOf: FieldOf): Promise<void> {
  const before = await allRows(tx, Booking, (bind) => `t.session_id = ${bind(session.id)}`);
  const wanted = bookingsOf(session, people);
  if (before.length + wanted.length === 0) return;
  await takeTurns(tx, [...before, ...wanted].map(personOf));
  await tx.all("delete from bookings where session_id = $1", [session.id]);
  try {
    await tx.apart(() => tx.insertAll(Booking, wanted));
  } catch (error) {
    if (sqlState(error) === EXCLUSION_VIOLATION)
      refuseAll(await takenFaults(tx, session, wanted.map(personOf), fieldOf));
    throw error;
  }
}

const personOf = ({ memberId, candidateId }: Pick<Booking, "memberId" | "candidateId">): string =>
  (memberId ?? candidateId)!;

/**
 * Whoever books the same person waits here, everybody in one order. The constraint alone would do, but those who meet in it
 * wait for each other, and PostgreSQL ends that after a second by throwing one of them out.
 */
const takeTurns = (tx: Tx, people: readonly string[]): Promise<unknown> =>
  tx.all(
    `select pg_advisory_xact_lock(turn)
     from (select distinct hashtextextended(person::text, 0) as turn from unnest($1::uuid[]) person order by turn) turns`,
    [people],
  );

async function takenFaults(
  tx: Tx,
  { id, startsAt, endsAt, timeZone }: InterviewSession,
  people: readonly string[],
  fieldOf: FieldOf,
): Promise<Fault[]> {
  const taken = await tx.all<Taken>(
    `select b.member_id as "memberId", m.name, b.starts_at as "startsAt", b.ends_at as "endsAt", b.session_id as "sessionId"
     from bookings b
     left join members m on m.organization_id = b.organization_id and m.id = b.member_id
     where b.session_id <> $1 and coalesce(b.member_id, b.candidate_id) = any($2)
       and tstzrange(b.starts_at, b.ends_at) && tstzrange($3, $4)
     order by b.starts_at, b.id`,
    [id, people, startsAt, endsAt],
  );
  const sessionIds = taken.map(({ sessionId }) => sessionId);
  const sessions = await visibleRows(tx, InterviewSession, (bind) => `t.id = any(${bind(sessionIds)})`);
  const telling = { timeZone: timeZone ?? "UTC", visible: new Set(sessions.map((each) => each.id)), fieldOf };
  return taken.map((each) => takenFault(each, telling));
}
