import type { InterviewSession } from "../../src/interviews/interview-session.entity";
import type { Company, Person } from "../cast/company";
import type { Api } from "../support/api";
import { superuserUrl, withClient } from "../support/database";

// biome-ignore lint/suspicious/noExplicitAny: an answer, looked into by the tests that asked
export type Anything = any;

export interface Told {
  /** What the payload carries; null when refused. */
  node: Anything;
  /** Codes with the path of the field, such as `SLOT_TAKEN at startsAt`. */
  errors: string[];
  messages: string[];
}

const SESSION = `interviewSession { id state version startsAt endsAt timeZone place
  panel { id seat feedbackRequired response respondedAt responseNote member { id name } }
  scheduleHistory { startsAt endsAt timeZone place reason changedBy { name } } }`;

/** Field of the payload, and what to read of it. */
const ANSWERS: Record<string, string> = {
  markQuestionAsked: "sessionQuestion { id askedAt spentSeconds }",
  writeQuestionNote: "questionNote { id text version author { name } }",
};

/** Sends a mutation of sessions over HTTP. */
export const mutations = (api: Api, firm: () => Company) =>
  async function mutate(who: Person, mutation: string, input: object): Promise<Told> {
    const type = `${mutation[0]!.toUpperCase()}${mutation.slice(1)}Input`;
    const answer = ANSWERS[mutation] ?? SESSION;
    const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} userErrors { code message field } } }`;
    const { data, errors } = await api.send(firm().people[who], query, { input });
    const { userErrors = [], ...rest } = data?.[mutation] ?? {};
    return {
      node: Object.values(rest)[0] ?? null,
      errors: [
        ...(errors ?? []).map(({ extensions }) => extensions.code),
        ...userErrors.map(({ code, field }: Anything) => `${code} at ${field?.join(".") ?? "all"}`),
      ],
      messages: [...(errors ?? []), ...userErrors].map(({ message }) => message),
    };
  };

export const sql = (text: string, values: unknown[]): Promise<Anything[]> =>
  withClient(superuserUrl, async (client) => (await client.query(text, values)).rows);

type Session = Pick<InterviewSession, "id">;

/** How often a calendar would show the session anew. */
export const sequenceOf = async ({ id }: Session): Promise<number> =>
  (await sql("select calendar_sequence from interview_sessions where id = $1", [id]))[0].calendar_sequence;

/** How many people's time the session takes. */
export const bookedBy = async ({ id }: Session): Promise<number> =>
  (await sql("select 1 from bookings where session_id = $1", [id])).length;

/** Whether the books say what sessions and panels say: nobody is missing, nobody is left over. */
export async function expectBooksToBalance({ organizationId }: Company): Promise<void> {
  const people = `
    select s.id, p.member_id as person, s.starts_at, s.ends_at from interview_sessions s
    join panelists p on p.session_id = s.id where TAKING
    union all
    select s.id, a.candidate_id, s.starts_at, s.ends_at from interview_sessions s
    join applications a on a.id = s.application_id where TAKING`.replaceAll(
    "TAKING",
    "s.organization_id = $1 and s.starts_at is not null and s.state not in ('NEEDS_SCHEDULING', 'ON_HOLD', 'CANCELLED', 'NO_SHOW')",
  );
  const booked =
    "select session_id, coalesce(member_id, candidate_id), starts_at, ends_at from bookings where organization_id = $1";
  const differences = `(${people} except all ${booked}) union all (${booked} except all ${people})`;
  expect(await sql(differences.replaceAll(people, `(${people})`), [organizationId])).toEqual([]);
}

export const journalOf = async ({ id }: Session): Promise<string[]> =>
  (await sql("select type from journal_entries where object_id = $1 order by sequence", [id])).map(({ type }) => type);
