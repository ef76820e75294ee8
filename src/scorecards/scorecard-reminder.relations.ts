import { unpublished } from "../platform/db/nouns";
import { ScorecardReminder } from "./scorecard-reminder.entity";

export const scorecardReminders = unpublished(ScorecardReminder);
