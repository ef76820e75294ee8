import { enumOf } from "../platform/graphql/enum";
import type { Level } from "./level.rules";

export const LevelEnum = enumOf<Level>("Level", "Seniority, in ascending order.", {
  JUNIOR: "Works with close guidance.",
  JUNIOR_PLUS: "Works alone on small, clear tasks.",
  MIDDLE: "Works alone on whole features.",
  MIDDLE_PLUS: "Leads features that several people build.",
  SENIOR: "Leads systems and the people who build them.",
});
