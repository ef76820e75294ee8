import { numbering } from "./ids.mjs";
import { inserting, series } from "./inserting.mjs";
import { CRITERIA_PER_RUBRIC, SKILLS_PER_PROFILE } from "./sizes.mjs";
import { kindOf, personName, stemOf } from "./words.mjs";

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
