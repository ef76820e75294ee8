import type { Facts, Task } from "../jobs/job";

/** A mail server that is away has about four days to come back. @see RFC 5321, section 4.5.4.1 */
export const MAIL_TRIES = 26;

/** The same at every try, so that a mail that comes twice is known for one. */
export const mailId = (job: string, entryId: string, memberId: string): string => `${job}.${entryId}.${memberId}`;

interface Mailing {
  /** Name of the job that sends one of the mails; it is given the facts, with `entryId` and `memberId`. */
  job: string;
  /** Of the journal: what happened. */
  entryId: string;
  memberIds: readonly string[];
  facts?: Facts;
}

/** An errand for each mail, so that one that fails is repeated alone. */
export async function mailEach(
  { later }: Pick<Task, "later">,
  { job, entryId, memberIds, facts }: Mailing,
): Promise<void> {
  for (const memberId of memberIds) {
    await later({ job, facts: { ...facts, entryId, memberId }, key: mailId(job, entryId, memberId) });
  }
}
