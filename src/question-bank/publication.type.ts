import { enumOf } from "../platform/graphql/enum";
import type { PublicationState, Verdict } from "./publication.rules";

export const PublicationStateEnum = enumOf<PublicationState>(
  "PublicationState",
  "How far a version of a question or rubric has come.",
  {
    DRAFT: "Being written; it may still change.",
    IN_REVIEW: "Waits for somebody who did not write it.",
    READY: "May be used, and never changes: an edit makes the next version.",
    RETIRED: "No longer to be used: taken back, or followed by a newer version.",
  },
);

export const VerdictEnum = enumOf<Verdict>("Verdict", "What a reviewer makes of a version.", {
  APPROVED: "Good as it is: the version becomes READY, and the one before it RETIRED.",
  RETURNED: "To be mended: the version is a DRAFT again.",
});
