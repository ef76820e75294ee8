import { everyone, noun } from "../platform/db/nouns";
import { AccessEntry } from "../platform/journal/access-log.entity";

/** For those who look after the organisation, see the table of permissions. */
export const accessLog = noun(AccessEntry, { visible: everyone, descending: true });
