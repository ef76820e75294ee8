import { randomBytes } from "node:crypto";
import { createScoreLink } from "../../src/evaluations/score-link.actions";
import { createCalendarAddress } from "../../src/interviews/calendar-address.actions";
import { type Company, company } from "../cast/company";
import { type Api, startApi } from "../support/api";

jest.setTimeout(60_000);

let api: Api;
let firm: Company;
let score: string;
let calendar: string;

/** A stranger has a tenth: three score pages or fifteen calendars. Next to nothing comes back while the tests run. */
const LIMITS = { most: 10_000, capacity: 3_000, restoredPerSecond: 0.1 };

beforeEach(async () => {
  api = await startApi({ limits: LIMITS });
  firm = await company(api.database);
  const { id: applicationId } = await firm.applicant("Chris Candidate");
  score = (await createScoreLink(firm.as("recruiter"), { applicationId })).path;
  calendar = (await createCalendarAddress(firm.as("ann"), { label: "Phone" })).path;
});

afterEach(() => api.close());

const open = (path: string) => fetch(api.url + path);

async function statuses(path: string, times: number): Promise<number[]> {
  const found: number[] = [];
  for (let nth = 0; nth < times; nth++) found.push((await open(path)).status);
  return found;
}

const times = (count: number, status: number): number[] => Array.from({ length: count }, () => status);
const guessed = () => randomBytes(64).toString("base64url");

test("a score page is read a few times at once, and then no more", async () => {
  expect(await statuses(score, 5)).toEqual([...times(3, 200), ...times(2, 429)]);
});

test("a calendar costs a fifth of it", async () => {
  expect(await statuses(calendar, 17)).toEqual([...times(15, 200), ...times(2, 429)]);
});

test.each<[string, number, () => string]>([
  ["a guessed score", 3, () => `/score/${guessed()}`],
  ["a guessed calendar", 15, () => `/calendar/${guessed()}.ics`],
  ["what is no link", 15, () => "/score/short"],
])("%s is paid for as well", async (_, most, path) => {
  const found: number[] = [];
  for (let nth = 0; nth < most + 1; nth++) found.push((await open(path())).status);
  expect(found).toEqual([...times(most, 404), 429]);
});

test("who is refused is told when to come again, and nothing of the link", async () => {
  await statuses(score, 3);
  const answers = await Promise.all([score, `/score/${guessed()}`].map(open));
  const told = await Promise.all(
    answers.map(async (answer) => ({
      status: answer.status,
      type: answer.headers.get("content-type"),
      kept: answer.headers.get("cache-control"),
      wait: Number(answer.headers.get("retry-after")),
      text: await answer.text(),
    })),
  );
  for (const { wait, text, ...rest } of told) {
    expect(rest).toEqual({ status: 429, type: "text/plain; charset=utf-8", kept: "private, no-store" });
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(text).toBe(`Too much was asked for from your network: come again in ${wait} s.\n`);
  }
});

test("strangers' operations are paid from the same, and a member's are not", async () => {
  await statuses(score, 3);
  expect((await api.send(null, "{ about { name } }")).status).toBe(429);
  expect((await api.send(firm.people.ann, "{ about { name } }")).status).toBe(200);
});

test("a page whose price is above all that a stranger has is read where nothing was spent", async () => {
  await api.close();
  api = await startApi({ limits: { most: 100, capacity: 100, restoredPerSecond: 0.1 } });
  expect((await open(`/score/${guessed()}`)).status).toBe(404);
  expect((await open(`/score/${guessed()}`)).status).toBe(429);
});
