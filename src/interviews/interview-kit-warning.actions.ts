import type { Ctx } from "../identity/viewer.type";
import { grouped } from "../platform/db/grouped";
import type { Reader } from "../platform/db/reader";
import { type KitFacts, type KitWarning, kitWarnings } from "./interview-kit.rules";

type OfKit<T> = T & { kitId: string };
type Rubric = KitFacts["rubric"] & Pick<KitFacts, "minutes">;
type Question = KitFacts["questions"][number];
type Expectation = KitFacts["expectations"][number];
type Skills = KitFacts["skills"];

/** What whoever plans with the kit should know. Batched per operation: four statements for any number of kits. */
export function warningsOf({ db }: Ctx, kitId: string): Promise<KitWarning[]> {
  return db.loader(warningsOf, (ids: readonly string[]) => warnings(db, ids)).load(kitId);
}

async function warnings(reader: Reader, ids: readonly string[]): Promise<KitWarning[][]> {
  const rubrics = await rubricsOf(reader, ids);
  const questions = await questionsOf(reader, ids);
  const expectations = await expectationsOf(reader, ids);
  const named = [...rubrics, ...questions].flatMap(({ skillIds }) => skillIds);
  const skills = await withWider(reader, [...named, ...expectations.map(({ skillId }) => skillId)]);
  const rubricOf = new Map(rubrics.map((each) => [each.kitId, each]));
  const asked = grouped(questions, "kitId");
  const expected = grouped(expectations, "kitId");
  return ids.map((id) => {
    const rubric = rubricOf.get(id);
    if (!rubric) return [];
    const parts = { questions: asked.get(id) ?? [], expectations: expected.get(id) ?? [] };
    return kitWarnings({ minutes: rubric.minutes, rubric, skills, ...parts });
  });
}

function rubricsOf(reader: Reader, ids: readonly string[]): Promise<OfKit<Rubric>[]> {
  return reader.all(
    `select k.id as "kitId", k.minutes, r.name, v.number, v.state, w.number as "readyNumber",
       array(select c.skill_id from criteria c
         where c.organization_id = v.organization_id and c.rubric_version_id = v.id) as "skillIds"
     from interview_kits k
     join rubric_versions v on v.organization_id = k.organization_id and v.id = k.rubric_version_id
     join rubrics r on r.organization_id = v.organization_id and r.id = v.rubric_id
     left join rubric_versions w on w.organization_id = v.organization_id and w.rubric_id = v.rubric_id and w.state = 'READY'
     where k.id = any($1)`,
    [ids],
  );
}

function questionsOf(reader: Reader, ids: readonly string[]): Promise<OfKit<Question>[]> {
  return reader.all(
    `select q.kit_id as "kitId", q.question_version_id as "questionVersionId", q.minutes,
       coalesce(v.title, v.stem) as name, v.number, v.state, w.number as "readyNumber",
       array(select s.skill_id from question_skills s
         where s.organization_id = v.organization_id and s.question_version_id = v.id) as "skillIds"
     from kit_questions q
     join question_versions v on v.organization_id = q.organization_id and v.id = q.question_version_id
     left join question_versions w
       on w.organization_id = v.organization_id and w.question_id = v.question_id and w.state = 'READY'
     where q.kit_id = any($1) order by q.position`,
    [ids],
  );
}

function expectationsOf(reader: Reader, ids: readonly string[]): Promise<OfKit<Expectation>[]> {
  return reader.all(
    `select k.id as "kitId", e.skill_id as "skillId", e.weight
     from interview_kits k
     join expectations e on e.organization_id = k.organization_id and e.profile_version_id = k.profile_version_id
     where k.id = any($1) order by e.position`,
    [ids],
  );
}

/** The skills and all wider ones; `union` ends where nothing new is found. */
async function withWider(reader: Reader, ids: readonly string[]): Promise<Skills> {
  const rows = await reader.all<{ id: string; name: string; parentId: string | null }>(
    `with recursive wider as (
       select s.organization_id, s.id, s.name, s.parent_id from skills s where s.id = any($1)
       union
       select s.organization_id, s.id, s.name, s.parent_id
       from wider w join skills s on s.organization_id = w.organization_id and s.id = w.parent_id)
     select id, name, parent_id as "parentId" from wider`,
    [[...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
