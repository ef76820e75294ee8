import type { Tx } from "../platform/db/tx";
import { candidateRowsSql, type PersonalData } from "../platform/personal-data";
import { texts } from "./personal-data.rules";

/** What receivers answered to what happened to the candidate. That they did, and how, stays. */
async function erased(tx: Tx, candidateId: string): Promise<void> {
  await tx.all(
    `update webhook_attempts set response_headers = null, response_body = null
     where delivery_id = any(array(
       select d.id from webhook_deliveries d
       where d.object_id in (select r.id from (${candidateRowsSql()}) r where r.candidate_id = $1)))`,
    [candidateId],
  );
}

/**
 * Whether something is about a candidate who was erased. Waits for an erasure under way, which clears what was written
 * before it and sees nothing of what is written beside it.
 */
export async function isOfErased(tx: Tx, objectId: string): Promise<boolean> {
  const rows = candidateRowsSql();
  if (!rows) return false;
  const found = await tx.all<{ erased: boolean }>(
    `select c.erased_at is not null as erased from candidates c
     where c.id = any(array(select r.candidate_id from (${rows}) r where r.id = $1)) for share of c`,
    [objectId],
  );
  return found.some(({ erased }) => erased);
}

export const personalData: PersonalData = { texts, erase: erased };
