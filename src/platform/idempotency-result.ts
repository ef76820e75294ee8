import { byId } from "./db/loaders";
import type { OrganizationRow } from "./db/row";
import type { Tx } from "./db/tx";
import type { ViewerDb } from "./db/viewer-db";
import { answerForgotten, rowGone } from "./idempotency-refusal";
import { typeOfId } from "./ids";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;

const isRow = (value: Fields): value is Fields & OrganizationRow =>
  typeof value.organizationId === "string" && typeof value.id === "string" && typeOfId(value.id) !== undefined;

const mapped = (fields: Fields, change: (value: unknown) => unknown): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));

/** What came of a transaction, as JSON that is kept: ids instead of rows, so that nothing of theirs lies about. */
export function withIds(value: unknown): unknown {
  if (!isFields(value)) return value ?? null;
  if (value instanceof Date) return { $date: value.toISOString() };
  if (Array.isArray(value)) return value.map(withIds);
  return isRow(value) ? { $row: value.id } : mapped(value, withIds);
}

/**
 * Forgets what is kept of every answer of the transaction's organisation: texts, such as what a batch's items are called
 * elsewhere. Ids stay, and that the requests were done: nothing is done twice.
 */
export async function forgetAnswers(tx: Tx): Promise<void> {
  // Empty, and not null: an answer that is on its way is not kept either.
  await tx.all("update idempotent_requests set answer = '' where answer is distinct from ''");
  await tx.all(
    `update idempotent_requests
     set result = (select jsonb_agg('{"$forgotten": true}'::jsonb) from jsonb_array_elements(result))
     where jsonb_path_exists(result, '$.** ? (@.type() == "object").keyvalue()
       ? (@.value.type() == "string" && @.key != "$row" && @.key != "$date")')`,
  );
}

/** Ids of all rows in a result, in their order. */
export function idsIn(value: unknown): string[] {
  if (!isFields(value)) return [];
  return isRow(value) ? [value.id] : Object.values(value).flatMap(idsIn);
}

/** What `withIds` made, with rows as the viewer sees them now. @throws Refusal IDEMPOTENCY_ANSWER_GONE where one is not seen */
export async function withRows(db: ViewerDb, value: unknown): Promise<unknown> {
  if (!isFields(value)) return value;
  if (typeof value.$date === "string") return new Date(value.$date);
  if (typeof value.$row === "string") return rowNow(db, value.$row);
  if (value.$forgotten) throw answerForgotten();
  if (Array.isArray(value)) return Promise.all(value.map((each) => withRows(db, each)));
  const entries = Object.entries(value).map(async ([name, each]) => [name, await withRows(db, each)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

async function rowNow(db: ViewerDb, id: string): Promise<OrganizationRow> {
  const noun = db.model.nounNamed(typeOfId(id) ?? "");
  const row = noun ? await byId(db, noun.entity, id) : null;
  if (!row) throw rowGone(id);
  return row;
}
