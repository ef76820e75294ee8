import type { Tx } from "../../src/platform/db/tx";
import { AccessEntry } from "../../src/platform/journal/access-log.entity";
import { JournalEntry } from "../../src/platform/journal/journal.entity";
import type { Skill } from "../../src/skills/skill.entity";
import { MANY, of, rowsOf } from "./crowd-rows";

interface Trodden {
  skills: readonly Skill[];
  /** Who did the thing of an index. */
  somebody: (index: number) => string;
}

/** What skills and members left behind in the journal and in the access log. */
export async function trail(tx: Tx, { skills, somebody }: Trodden): Promise<void> {
  const each = rowsOf(tx);
  const actor = (i: number) => ({ actorKind: "MEMBER", actorId: somebody(i), requestId: `crowd-${i}` });
  await each(
    JournalEntry,
    MANY,
  )((i) => ({ ...actor(i), type: "skill.created", objectId: of(skills, i).id, changes: ["name", "slug"] }) as never);
  await each(
    AccessEntry,
    MANY,
  )((i) => ({ ...actor(i), kind: "REFUSED", about: `Refused ${i}`, code: "FORBIDDEN", address: "127.0.0.1" }));
}
