import { grouped } from "../platform/db/grouped";
import type { Reader } from "../platform/db/reader";
import type { Tx } from "../platform/db/tx";
import { refuse } from "../platform/errors";
import type { Known } from "../platform/exchange/keyed";
import { addInterviewKit, changeInterviewKit } from "./interview-kit.actions";
import { InterviewKit } from "./interview-kit.entity";
import type { KitDraft } from "./interview-kit.rules";
import type { KitItem } from "./interview-kit-item.rules";

/** How kits of a file are written: with the newest profile version, and what is READY of the rubric and the questions. */
export const kitWriter = (tx: Tx) => ({
  create: async (item: KitItem) =>
    (await addInterviewKit(tx, { externalKey: item.key, draft: await draftOf(tx, item) })).id,
  update: async (id: string, item: KitItem) => {
    const kit = await tx.claim(InterviewKit, id);
    return (await changeInterviewKit(tx, kit, await draftOf(tx, item))).version !== kit.version;
  },
});

/** @throws Refusal NOT_FOUND | NOT_READY */
async function draftOf(tx: Tx, { name, minutes, profile, rubric, questions }: KitItem): Promise<KitDraft> {
  const [profileVersion] = await tx.all<{ id: string }>(
    `select v.id from role_profiles p
     join role_profile_versions v
       on v.organization_id = p.organization_id and v.profile_id = p.id and v.number = p.latest_number
     where p.external_key = $1 or p.id::text = $1`,
    [profile],
  );
  if (!profileVersion) refuse("NOT_FOUND", `There is no profile \`${profile}\`: list it, or mend the key.`, "profile");
  const [rubricVersion] = await tx.all<Ready>(
    `select r.id as owner, v.id from rubrics r
     left join rubric_versions v
       on v.organization_id = r.organization_id and v.rubric_id = r.id and v.state = 'READY'
     where r.external_key = $1 or r.id::text = $1`,
    [rubric],
  );
  const asked: KitDraft["questions"][number][] = [];
  for (const [index, { question, bank, minutes: spent }] of questions.entries()) {
    const path = ["questions", `${index}`, "question"];
    asked.push({ questionVersionId: await questionNamed(tx, question, bank ?? null, path), minutes: spent });
  }
  const rubricVersionId = readyOf(rubricVersion, `rubric \`${rubric}\``, "rubric");
  return { name, minutes, profileVersionId: profileVersion.id, rubricVersionId, questions: asked };
}

interface Ready {
  owner: string;
  /** Of the READY version; null: none is. */
  id: string | null;
}

function readyOf(found: Ready | undefined, what: string, ...path: string[]): string {
  if (!found) refuse("NOT_FOUND", `There is no ${what}: list it, or mend the key.`, ...path);
  const mending = "publish it and import the kit again, or import with `publish`";
  return found.id ?? refuse("NOT_READY", `No version of the ${what} is READY: ${mending}.`, ...path);
}

async function questionNamed(tx: Tx, key: string, bank: string | null, path: string[]): Promise<string> {
  const found = await tx.all<Ready>(
    `select q.id as owner, v.id from questions q
     join question_banks b on b.organization_id = q.organization_id and b.id = q.bank_id
     left join question_versions v
       on v.organization_id = q.organization_id and v.question_id = q.id and v.state = 'READY'
     where (q.external_key = $1 or q.id::text = $1)
       and ($2::text is null or b.external_key = $2 or b.id::text = $2)`,
    [key, bank],
  );
  if (found.length > 1) refuse("BAD_INPUT", `Several banks have a question \`${key}\`: name one by \`bank\`.`, ...path);
  return readyOf(found[0], `question \`${key}\``, ...path);
}

interface KnownKit extends Known<KitItem> {
  /** Ids of the profile, the rubric and the questions that it names. */
  names: string[];
  /** Keys of questions that several banks have. */
  ambiguous: ReadonlySet<string>;
}

/** A question of a kit, with what the file says of it. */
interface Asked {
  kitId: string;
  questionId: string;
  question: string;
  bank: string;
  minutes: number;
  isAmbiguous: boolean;
}

/** Every kit; each question with its bank. */
export async function knownKits(reader: Reader): Promise<KnownKit[]> {
  const kits = await reader.all<{ id: string; profileId: string; rubricId: string } & Omit<KitItem, "questions">>(
    `select k.id, k.name, k.minutes, coalesce(k.external_key, k.id::text) as key,
       p.id as "profileId", coalesce(p.external_key, p.id::text) as profile,
       r.id as "rubricId", coalesce(r.external_key, r.id::text) as rubric
     from interview_kits k
     join role_profile_versions pv on pv.organization_id = k.organization_id and pv.id = k.profile_version_id
     join role_profiles p on p.organization_id = k.organization_id and p.id = pv.profile_id
     join rubric_versions rv on rv.organization_id = k.organization_id and rv.id = k.rubric_version_id
     join rubrics r on r.organization_id = k.organization_id and r.id = rv.rubric_id
     order by k.id`,
  );
  const asked = await reader.all<Asked>(
    `select kq.kit_id as "kitId", q.id as "questionId", coalesce(q.external_key, q.id::text) as question,
       coalesce(b.external_key, b.id::text) as bank, kq.minutes,
       exists (select from questions o where o.external_key = q.external_key and o.id <> q.id) as "isAmbiguous"
     from kit_questions kq
     join question_versions v on v.organization_id = kq.organization_id and v.id = kq.question_version_id
     join questions q on q.organization_id = kq.organization_id and q.id = v.question_id
     join question_banks b on b.organization_id = kq.organization_id and b.id = q.bank_id
     order by kq.kit_id, kq.position`,
  );
  const ofKit = grouped(asked, "kitId");
  return kits.map(({ id, profileId, rubricId, key, name, profile, rubric, minutes }) => {
    const own = ofKit.get(id) ?? [];
    const questions = own.map(({ question, bank, minutes: spent }) => ({ question, bank, minutes: spent }));
    const item = { key, name, profile, rubric, minutes, questions };
    const ambiguous = new Set(own.filter(({ isAmbiguous }) => isAmbiguous).map(({ question }) => question));
    return { id, item, ambiguous, names: [profileId, rubricId, ...own.map(({ questionId }) => questionId)] };
  });
}
