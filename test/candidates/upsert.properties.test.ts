/** Whatever a system sends, in whatever batches: what comes of it is what comes of the items one after the other. */
import fc from "fast-check";
import { createCandidate } from "../../src/candidates/candidate.actions";
import { type Company, company } from "../cast/company";
import { keyWith } from "../cast/keys";
import { type Api, startApi } from "../support/api";
import { superuserUrl, withClient } from "../support/database";
import { outcomes, upsert } from "./upserts";

jest.setTimeout(120_000);

const RUNS = 100;

let api: Api;
let ours: Company;
let key: string;

beforeAll(async () => {
  api = await startApi();
  ours = await company(api.database);
  key = (await keyWith(ours, ["candidates:write"])).secret;
});

afterAll(() => api.close());

interface Item {
  externalId: string;
  name: string;
  email?: string | null;
}

interface Person {
  name: string;
  email: string | null;
  heldAs: string | null;
}

/** What the system knows, as simply as it can be told. */
class World {
  readonly people: Person[] = [];

  batch(items: readonly Item[]): string[] {
    const seen = new Set<string>();
    return items.map((item) => {
      if (seen.has(item.externalId)) return "FAILED BAD_INPUT";
      seen.add(item.externalId);
      return this.#take(item);
    });
  }

  #take({ externalId, name, email }: Item): string {
    const own = this.people.find(({ heldAs }) => heldAs === externalId);
    const owner = this.people.find((each) => email != null && each.email === email);
    if (own ? owner && owner !== own : owner && owner.heldAs !== null) return "FAILED ALREADY_EXISTS";
    const person = own ?? owner;
    if (!person) {
      this.people.push({ name, email: email ?? null, heldAs: externalId });
      return "CREATED";
    }
    const before = JSON.stringify(person);
    Object.assign(person, { name, heldAs: externalId }, email === undefined ? {} : { email });
    if (!own) return "LINKED";
    return JSON.stringify(person) === before ? "UNCHANGED" : "UPDATED";
  }
}

const email = fc.constantFrom("a", "b", "c", "d");
const item = fc.record(
  {
    externalId: fc.constantFrom("1", "2", "3", "4", "5"),
    name: fc.constantFrom("Ada", "Eve"),
    email: fc.option(email, { freq: 4 }),
  },
  { requiredKeys: ["externalId", "name"] },
);
const history = fc.record({
  /** Addresses of those who were entered by hand. */
  byHand: fc.uniqueArray(email, { maxLength: 2 }),
  batches: fc.array(fc.array(item, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 }),
});

const stored = (system: string) =>
  withClient(superuserUrl, async (client) => {
    const text = `select c.name, c.email, r.external_id as "heldAs" from candidates c
      left join external_references r on r.organization_id = c.organization_id and r.candidate_id = c.id
      where c.organization_id = $1 and (r.system = $2 or c.email like $2 || '-%')`;
    return (await client.query<Person>(text, [ours.organizationId, system])).rows;
  });

const sorted = (people: readonly Person[]) =>
  people.map(({ name, email: address, heldAs }) => JSON.stringify([name, address, heldAs])).sort();

let runs = 0;
const met = new Set<string>();

test(`${RUNS} histories of random batches come to what they would one item at a time`, async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ byHand, batches }) => {
      const system = `run${++runs}`;
      const address = (name: string) => `${system}-${name}@example.org`;
      const world = new World();
      for (const name of byHand) {
        await createCandidate(ours.as("recruiter"), { name: "By hand", email: address(name) });
        world.people.push({ name: "By hand", email: address(name), heldAs: null });
      }
      for (const batch of batches) {
        const items = batch.map((each) => (each.email ? { ...each, email: address(each.email) } : each)) as Item[];
        const wanted = world.batch(items);
        expect(outcomes(await upsert(api, key, "Candidate", items, system))).toEqual(wanted);
        for (const each of wanted) met.add(each);
      }
      const free = world.people.filter((each) => each.heldAs !== null || each.email !== null);
      expect(sorted(await stored(system))).toEqual(sorted(free));
    }),
    { numRuns: RUNS },
  );
  expect([...met].sort()).toEqual([
    "CREATED",
    "FAILED ALREADY_EXISTS",
    "FAILED BAD_INPUT",
    "LINKED",
    "UNCHANGED",
    "UPDATED",
  ]);
});
