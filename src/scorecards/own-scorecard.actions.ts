import { isMember } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { visibleRows } from "../platform/db/reader";
import { Scorecard } from "./scorecard.entity";

/** What the viewer writes, or has handed in, about a session; null where there is neither. Batched per operation. */
export async function ownScorecardOf({ db, viewer }: Ctx, sessionId: string): Promise<Scorecard | null> {
  if (!isMember(viewer)) return null;
  const loader = db.loader(ownScorecardOf, async (ids: readonly string[]) => {
    const cards = await visibleRows(
      db,
      Scorecard,
      (bind) =>
        `t.session_id = any(${bind(ids)}) and t.interviewer_id = ${bind(viewer.id)} and t.state in ('DRAFT', 'SUBMITTED')`,
    );
    const found = new Map(cards.map((card) => [card.sessionId, card]));
    return ids.map((id) => found.get(id) ?? null);
  });
  return loader.load(sessionId);
}
