import { numbering } from "./ids.mjs";
import { inserting, series } from "./inserting.mjs";
import { CRITERIA_PER_RUBRIC, SEATS } from "./sizes.mjs";
import { evidenceOf, personName } from "./words.mjs";

/** What an interviewer says of the criterion `nth` in the scorecard `n` of somebody who is as good as `quality`, 1 to 5. */
export const saying = (n, nth, quality) => {
  const dice = `abs(hashint4((${n} * ${CRITERIA_PER_RUBRIC} + ${nth})::int))`;
  const value = `least(5, greatest(1, ${quality} + ${dice} % 3 - 1))`;
  return {
    outcome: `case when ${dice} % 100 < 90 then 'RATED' when ${dice} % 100 < 97 then 'NOT_OBSERVED' else 'NOT_APPLICABLE' end`,
    value: `case when ${dice} % 100 < 90 then ${value} end`,
    evidence: `case when ${dice} % 100 < 90 and (${value} in (1, 5) or ${dice} % 4 > 0) then ${evidenceOf(dice)} else '' end`,
  };
};

/** Who applied, and the interviews that they had. */
export function hiring(size) {
  const numbers = numbering(size.number);
  const { id, at } = numbers;
  const insert = inserting(numbers, id("Organization", 0));
  // 7919 is a prime: in each round every application gets one session, and neighbours have nothing to do with each other.
  const application = `(n::bigint * 7919) % ${size.candidates}`;
  const kit = `(${application}) % ${size.jobs} % ${size.profiles} + ${size.profiles} * (n / ${size.candidates} % 2)`;
  const state = `case n % 100 when 7 then 'NEEDS_SCHEDULING' when 13 then 'CANCELLED' when 21 then 'SCHEDULED' else 'COMPLETE' end`;
  const complete = "n % 100 not in (7, 13, 21)";
  const seat = `n * ${SEATS} + seat`;
  const required = "(seat < 2 or n % 11 < 3)";
  const begins = `case n % 100 when 7 then null when 21 then timestamptz '2035-03-01 10:00Z' + n * interval '1 minute'
    else date_trunc('minute', ${at("InterviewSession", "n")}) + interval '3 days' end`;
  const member = id(
    "Member",
    `${size.firstInterviewer} + (n * 7 + seat * 131) % ${size.members - size.firstInterviewer}`,
  );
  const rated = `(select n, seat, 1 + abs(hashint4((${application})::int)) % 5 as quality
    from ${series(size.sessions)}, ${series(SEATS, "seat")} where ${complete} and ${required}) card`;
  return [
    insert(
      "candidates",
      "Candidate",
      "n",
      { name: personName("n"), email: "case when n % 10 > 0 then 'candidate-' || n || '@people.example' end" },
      series(size.candidates),
    ),
    insert(
      "jobs",
      "Job",
      "n",
      { title: "'Job ' || n", profile_version_id: id("RoleProfileVersion", `n % ${size.profiles}`) },
      series(size.jobs),
    ),
    insert(
      "applications",
      "Application",
      "n",
      { candidate_id: id("Candidate", "n"), job_id: id("Job", `n % ${size.jobs}`), status: "'ACTIVE'" },
      series(size.candidates),
    ),
    insert(
      "interview_sessions",
      "InterviewSession",
      "n",
      {
        application_id: id("Application", application),
        kit_id: id("InterviewKit", kit),
        profile_version_id: id("RoleProfileVersion", `(${kit}) % ${size.profiles}`),
        rubric_version_id: id("RubricVersion", kit),
        state,
        feedback_owed: `case when ${complete} then 0 else 2 end`,
        starts_at: begins,
        ends_at: `${begins} + interval '1 hour'`,
        time_zone: "case when n % 100 <> 7 then 'Europe/London' end",
        place: "case when n % 3 > 0 then 'Room ' || n % 40 end",
        planned_by_id: id("Member", "n % 5"),
        calendar_sequence: "1",
      },
      series(size.sessions),
    ),
    insert(
      "panelists",
      "Panelist",
      seat,
      {
        session_id: id("InterviewSession", "n"),
        member_id: member,
        seat: "(array['LEAD', 'INTERVIEWER', 'SHADOW'])[1 + seat]",
        feedback_required: required,
        feedback_given_at: `case when ${complete} and ${required} then ${at("Scorecard", seat)} end`,
        response: "'ACCEPTED'",
      },
      `${series(size.sessions)}, ${series(SEATS, "seat")}`,
    ),
    insert(
      "scorecards",
      "Scorecard",
      seat,
      {
        session_id: id("InterviewSession", "n"),
        interviewer_id: member,
        revision: "1",
        state: "'SUBMITTED'",
        recommendation: "(array['STRONG_NO', 'NO', 'NO_DECISION', 'YES', 'STRONG_YES'])[quality]",
        summary: evidenceOf("n + seat"),
        submitted_at: at("Scorecard", seat),
      },
      rated,
    ),
    insert(
      "ratings",
      "Rating",
      `(${seat}) * ${CRITERIA_PER_RUBRIC} + nth`,
      {
        scorecard_id: id("Scorecard", seat),
        criterion_id: id("Criterion", `(${kit}) * ${CRITERIA_PER_RUBRIC} + nth`),
        ...saying(`(${seat})`, "nth", "quality"),
      },
      `${rated}, ${series(CRITERIA_PER_RUBRIC, "nth")}`,
    ),
  ];
}
