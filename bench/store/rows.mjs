import { numbering } from "./ids.mjs";
import { CRITERIA_PER_RUBRIC, SEATS, SKILLS_PER_PROFILE } from "./sizes.mjs";
import { evidenceOf, kindOf, personName, stemOf } from "./words.mjs";

/** Tables whose rows nobody changes: they have neither a version nor a time of their last change. */
const WRITTEN_ONCE = /^(role_profile_versions|expectations|question_versions|rubric_versions|criteria|ratings)$/;

/** A statement that writes `from` into a table. `n` is the number of the row, in SQL. */
export function inserting({ id, at }, organizationSql) {
  return (table, noun, n, columns, from) => {
    const changing = WRITTEN_ONCE.test(table) ? {} : { version: "1", updated_at: at(noun, n) };
    const whole = {
      organization_id: organizationSql,
      id: id(noun, n),
      created_at: at(noun, n),
      ...changing,
      ...columns,
    };
    return `insert into ${table} (${Object.keys(whole)}) select ${Object.values(whole)} from ${from}`;
  };
}

const series = (count, name = "n") => `generate_series(0, ${count - 1}) ${name}`;

/** Everything that an organisation has before anybody applies. */
export function furnishing(size) {
  const numbers = numbering(size.number);
  const { id, at } = numbers;
  const insert = inserting(numbers, id("Organization", 0));
  const role = `case when n < 5 then 'ADMIN' when n < 15 then 'RECRUITER' when n < 25 then 'HIRING_MANAGER'
    when n < 28 then 'AUDITOR' else 'INTERVIEWER' end`;
  const skillOf = (profile, nth) => id("Skill", `(${profile} * 6 + ${nth}) % ${size.skills}`);
  const half = `n / ${size.profiles}`;
  return [
    insert("organizations", "Organization", 0, { name: `'${size.name}'` }, series(1)),
    insert(
      "members",
      "Member",
      "n",
      {
        employer_id: id("Organization", 0),
        email: `'member-' || n || '@${size.name.toLowerCase()}.example'`,
        name: personName("n"),
        role,
        joined_at: at("Member", "n"),
      },
      series(size.members),
    ),
    insert("skills", "Skill", "n", { slug: "'skill-' || n", name: "'Skill ' || n" }, series(size.skills)),
    insert("role_profiles", "RoleProfile", "n", { name: "'Profile ' || n", latest_number: "1" }, series(size.profiles)),
    insert(
      "role_profile_versions",
      "RoleProfileVersion",
      "n",
      {
        profile_id: id("RoleProfile", "n"),
        number: "1",
        level: "'MIDDLE'",
        pass_mark: "60",
        least_coverage_percent: "60",
        bands: `'[{"label":"Weak","min":0},{"label":"Fair","min":45},{"label":"Strong","min":75}]'::jsonb`,
      },
      series(size.profiles),
    ),
    insert(
      "expectations",
      "Expectation",
      `p * ${SKILLS_PER_PROFILE} + nth`,
      {
        profile_version_id: id("RoleProfileVersion", "p"),
        skill_id: skillOf("p", "nth"),
        position: "nth",
        level: "'MIDDLE'",
        weight: "1 + nth % 4",
        gate: "case nth when 0 then 40 end",
      },
      `${series(size.profiles, "p")}, ${series(SKILLS_PER_PROFILE, "nth")}`,
    ),
    insert("rubrics", "Rubric", "n", { name: "'Rubric ' || n", latest_number: "1" }, series(size.kits)),
    insert(
      "rubric_versions",
      "RubricVersion",
      "n",
      { rubric_id: id("Rubric", "n"), number: "1", state: "'READY'" },
      series(size.kits),
    ),
    insert(
      "criteria",
      "Criterion",
      `n * ${CRITERIA_PER_RUBRIC} + nth`,
      {
        rubric_version_id: id("RubricVersion", "n"),
        stable_id: id("Criterion", `n * ${CRITERIA_PER_RUBRIC} + nth`),
        key: "'criterion-' || nth",
        position: "nth",
        name: "'Criterion ' || n || ' ' || nth",
        skill_id: skillOf(`n % ${size.profiles}`, `nth + 2 * (${half})`),
        weight: "1 + nth % 3",
        scale_min: "1",
        scale_max: "5",
        gate_min: "case nth when 3 then 2 end",
        gate_rule: "case nth when 3 then 'MEAN' end",
      },
      `${series(size.kits)}, ${series(CRITERIA_PER_RUBRIC, "nth")}`,
    ),
    insert(
      "interview_kits",
      "InterviewKit",
      "n",
      {
        name: "'Kit ' || n",
        profile_version_id: id("RoleProfileVersion", `n % ${size.profiles}`),
        rubric_version_id: id("RubricVersion", "n"),
        minutes: "60",
      },
      series(size.kits),
    ),
    insert("question_banks", "QuestionBank", "n", { name: "'Bank ' || n", description: "''" }, series(5)),
    insert(
      "questions",
      "Question",
      "n",
      {
        bank_id: id("QuestionBank", "n % 5"),
        external_key: "case when n % 3 > 0 then 'question-' || n end",
        latest_number: "1",
      },
      series(size.questions),
    ),
    insert("question_versions", "QuestionVersion", "n", questionVersion(id), series(size.questions)),
  ];
}

const questionVersion = (id) => ({
  question_id: id("Question", "n"),
  number: "1",
  state: "'READY'",
  kind: kindOf("n"),
  title: "case when n % 4 > 0 then 'Question ' || n end",
  stem: stemOf("n"),
  stem_format: "'MARKDOWN'",
  content: `case n % 4 when 2
    then '{"kind":"TRUE_FALSE","answer":true,"feedbackWhenTrue":null,"feedbackWhenFalse":null}'::jsonb
    when 3 then '{"kind":"SINGLE_CHOICE","options":[{"text":"Yes","format":"PLAIN","creditMillis":100000,"feedback":null},
      {"text":"No","format":"PLAIN","creditMillis":0,"feedback":null}]}'::jsonb
    else jsonb_build_object('kind', ${kindOf("n")}) end`,
  tags: "array['tag-' || n % 20]",
  level: "case when n % 5 > 0 then 'MIDDLE' end",
  difficulty: "case when n % 7 > 0 then 1 + n % 5 end",
  minutes: "case when n % 6 > 0 then 5 * (1 + n % 6) end",
  licence: "'CC-BY-4.0'",
  checksum: "md5(n::text) || md5('x' || n)",
});

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
