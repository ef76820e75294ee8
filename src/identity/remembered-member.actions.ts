import { changesOf } from "../platform/db/changes";
import type { Database } from "../platform/db/database";
import { allRows, organizationReader } from "../platform/db/reader";
import { RecentlyUsed } from "../platform/recently-used";
import { monotonicMilliseconds } from "../platform/time";
import { Member } from "./member.entity";

/** What this server changes it sees at once. What another one changes, queries see after this time at the latest. */
const REMEMBERED_MILLISECONDS = 1_000;
const MOST_REMEMBERED = 10_000;

interface Remembered {
  readonly member: Member;
  /** Of the organisation, when the member was looked up. */
  readonly changes: number;
  readonly until: number;
}

const remembered = new WeakMap<Database["dataSource"], RecentlyUsed<string, Remembered>>();

function memoryOf({ dataSource }: Database): RecentlyUsed<string, Remembered> {
  const known = remembered.get(dataSource);
  if (known) return known;
  const made = new RecentlyUsed<string, Remembered>({ most: MOST_REMEMBERED, weightOf: () => 1 });
  remembered.set(dataSource, made);
  return made;
}

/** The member of the organisation with the address: as they are now, or where that will do, were within the last second. */
export async function memberBehind(
  database: Database,
  { organizationId, email }: { organizationId: string; email: string },
  { mayBeRemembered }: { mayBeRemembered: boolean },
): Promise<Member | undefined> {
  const memory = memoryOf(database);
  const key = `${organizationId} ${email}`;
  const changes = changesOf(database.dataSource, organizationId);
  const now = monotonicMilliseconds();
  const known = mayBeRemembered ? memory.get(key) : undefined;
  if (known && known.changes === changes && now < known.until) return known.member;
  const reader = organizationReader(database, organizationId);
  const [member] = await allRows(reader, Member, (bind) => `t.email = ${bind(email)}`);
  if (member) memory.set(key, { member, changes, until: now + REMEMBERED_MILLISECONDS });
  return member;
}
