import { forgetAnswers } from "../platform/idempotency-result";
import type { PersonalData } from "../platform/personal-data";
import { texts } from "./personal-data.rules";

/** Whom an answer tells of is not known, so all of the organisation's go. */
export const personalData: PersonalData = { texts, erase: (tx) => forgetAnswers(tx) };
