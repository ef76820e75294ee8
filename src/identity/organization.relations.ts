import { everyone, noun } from "../platform/db/nouns";
import { Organization } from "./organization.entity";

/** The wall leaves one row to see. */
export const organizations = noun(Organization, { visible: everyone });
