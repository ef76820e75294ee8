import { everyone, noun } from "../platform/db/nouns";
import { JournalEntry } from "../platform/journal/journal.entity";

/** For those who look after the organisation, see the table of permissions. What it names they see by its own sight. */
export const auditTrail = noun(JournalEntry, { visible: everyone, descending: true });
