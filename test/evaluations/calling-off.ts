import { moveInterviewSession } from "../../src/interviews/interview-session.actions";
import { InterviewSession } from "../../src/interviews/interview-session.entity";
import { allRows } from "../../src/platform/db/reader";
import type { Company } from "../cast/company";

/** Calls a session off as it stands now, scorecards and all. */
export async function callOff(firm: Company, id: string, to: "CANCELLED" | "NO_SHOW" = "CANCELLED"): Promise<void> {
  const recruiter = firm.as("recruiter");
  const [session] = await allRows(recruiter.db, InterviewSession, (bind) => `t.id = ${bind(id)}`);
  await moveInterviewSession(recruiter, { id, version: session!.version, to });
}
