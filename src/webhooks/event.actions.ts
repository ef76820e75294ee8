import type { Viewer } from "../identity/viewer.rules";
import type { Ctx } from "../identity/viewer.type";
import { binding } from "../platform/db/reader";
import { DEFAULT_PAGE, LONGEST_PAGE } from "../platform/db/span";
import { refuse } from "../platform/errors";
import { typeOfId } from "../platform/ids";
import { listedEventTypes } from "../platform/journal/announce";
import { type ToldEvent, typesTold } from "./event.rules";
import {
  type Extent,
  eventCursor,
  isBeyond,
  isExpired,
  LONGEST_LOOK,
  type Reach,
  reachOf,
  readEventCursor,
} from "./event-reach.rules";
import { nearest } from "./nearest.rules";

/** What is asked of the feed. */
export interface EventWishes {
  first?: number | null;
  after?: string | null;
  types?: readonly string[] | null;
}

/** A part of the feed, and where to go on. */
export interface EventPage extends Reach {
  events: ToldEvent[];
  head: bigint;
}

/** An entry `e` of the journal with its position `p`, as it is told but for the type of its object. */
export const EVENT_COLUMNS = `e.id, p.position, e.type, e.created_at as "occurredAt", e.object_id as "objectId",
  e.actor_kind as "actorKind", e.actor_id as "actorId", e.request_id as "requestId", e.changes`;

export const withObjectType = (event: Omit<ToldEvent, "objectType">): ToldEvent => ({
  ...event,
  objectType: typeOfId(event.objectId) ?? null,
});

/**
 * The events after a cursor of which the viewer is told, in the order of positions; without one, from the first that is
 * kept. @throws Refusal BAD_PAGE | BAD_CURSOR | CURSOR_EXPIRED | UNKNOWN_EVENT_TYPE
 */
export async function eventPage(ctx: Ctx, { first, after, types }: EventWishes): Promise<EventPage> {
  const size = pageSize(first ?? DEFAULT_PAGE);
  const position = after == null ? null : positionIn(ctx.viewer, after);
  const wanted = wantedTypes(ctx.viewer, types ?? []);
  const { horizon, head, events } = await read(ctx, { size, position, wanted });
  const from = position ?? horizon - 1n;
  if (position !== null) await assertKept(ctx, position, { horizon, head });
  return { events, head, ...reachOf(from, head, events, size) };
}

/** @throws Refusal BAD_PAGE */
function pageSize(size: number): number {
  if (size >= 0 && size <= LONGEST_PAGE) return size;
  return refuse("BAD_PAGE", `\`first\` is ${size}; a page holds 0 to ${LONGEST_PAGE} events: page on.`, "first");
}

const UNKNOWN_CURSOR = "`after` is no cursor of this feed: pass one that it answered, unchanged.";

/** @throws Refusal BAD_CURSOR */
const positionIn = ({ organizationId }: Viewer, cursor: string): bigint =>
  readEventCursor(organizationId, cursor) ?? refuse("BAD_CURSOR", UNKNOWN_CURSOR, "after");

/** Those that are asked for and told; null where they are all. @throws Refusal UNKNOWN_EVENT_TYPE */
function wantedTypes(viewer: Viewer, types: readonly string[]): string[] | null {
  assertEventTypes(types, "types");
  const told = typesTold(viewer);
  if (types.length === 0) return told;
  return types.filter((type) => told === null || told.includes(type));
}

/** @throws Refusal UNKNOWN_EVENT_TYPE that names what comes nearest */
export function assertEventTypes(types: readonly string[], field: string): void {
  const listed = listedEventTypes();
  const unknown = types.find((type) => !listed.includes(type));
  if (unknown === undefined) return;
  const near = nearest(unknown.slice(0, 100), listed).map((name) => `\`${name}\``);
  const message = `There is no event type ${JSON.stringify(unknown.slice(0, 100))}; the nearest are ${near.join(", ")}.`;
  refuse("UNKNOWN_EVENT_TYPE", message, field);
}

interface Look {
  size: number;
  position: bigint | null;
  wanted: string[] | null;
}

type Found = { horizon: string; head: string } & ({ id: null } | Omit<ToldEvent, "objectType">);

/** One statement, so that the end of the journal and the events are of one instant. Positions have no gaps. */
async function read({ db }: Ctx, { size, position, wanted }: Look) {
  const { values, bind } = binding();
  const after = `coalesce(${bind(position?.toString() ?? null)}::bigint, reach.horizon - 1)`;
  const ofTypes = wanted ? `and e.type = any(${bind(wanted)})` : "";
  const rows = await db.all<Found>(
    `select reach.horizon, reach.head, event.*
     from (select coalesce((select min(position) from journal_positions), 1) as horizon,
                  coalesce((select max(position) from journal_positions), 0) as head) reach
     left join lateral (
       select ${EVENT_COLUMNS}
       from journal_positions p
       join journal_entries e on e.organization_id = p.organization_id and e.sequence = p.sequence
       where p.position > ${after} and p.position <= least(${after} + ${LONGEST_LOOK}, reach.head) ${ofTypes}
       order by p.position limit ${bind(size)}
     ) event on true order by event.position`,
    values,
  );
  const { horizon, head } = rows[0]!;
  const events = rows.flatMap(({ horizon: _, head: __, ...event }) => (event.id === null ? [] : withObjectType(event)));
  return { horizon: BigInt(horizon), head: BigInt(head), events };
}

/** @throws Refusal CURSOR_EXPIRED | BAD_CURSOR */
async function assertKept({ db }: Ctx, after: bigint, extent: Extent): Promise<void> {
  if (isBeyond(after, extent)) {
    refuse(
      "BAD_CURSOR",
      "`after` lies beyond the newest event: the server was set back. Sync anew, then go on from `headCursor`.",
      "after",
    );
  }
  if (!isExpired(after, extent)) return;
  const [row] = await db.all<{ since: Date }>(
    `select e.created_at as since from journal_positions p
     join journal_entries e on e.organization_id = p.organization_id and e.sequence = p.sequence
     order by p.position limit 1`,
  );
  refuse(
    "CURSOR_EXPIRED",
    `\`after\` lies before what is kept, which begins at ${row!.since.toISOString()}. Read \`headCursor\`, sync anew with ` +
      "`updatedSince`, then go on from that cursor.",
    "after",
  );
}

/** Where a reader goes on who has read up to there. */
export const cursorAt = ({ viewer }: Ctx, position: bigint | string): string =>
  eventCursor(viewer.organizationId, position);
