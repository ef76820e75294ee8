import { inviteMember } from "../../src/identity/member.actions";
import type { Member } from "../../src/identity/member.entity";
import { skipErrands } from "../../src/platform/journal/errands";
import { organizations } from "../../src/platform/journal/sequencer";
import { mailer } from "../../src/platform/mail/open-mailer";
import { slices } from "../../src/slices";
import { type Company, company } from "../cast/company";
import { interview } from "../cast/interview";
import { type Api, startApi } from "../support/api";
import { openWorkshop, type Workshop } from "../support/jobs";
import { type Received, type SmtpServer, startSmtpServer } from "../support/smtp";
import { TOOLS } from "../support/tools";

/*
 * From a mutation to the mail server: by the journal, the dispatcher, the queue and a worker, over a socket.
 */

let api: Api;
let server: SmtpServer;
let workshop: Workshop;
let firm: Company;

jest.setTimeout(120_000);

beforeAll(async () => {
  api = await startApi();
  server = await startSmtpServer();
  // What happened in organisations of other tests is told to nobody.
  for (const organizationId of await organizations(api.database)) await skipErrands(api.database, organizationId);
  const from = { name: "Assay", email: "assay@acme.example" };
  const sending = mailer({
    smtpUrl: `smtp://127.0.0.1:${server.port}`,
    from,
    directory: "/nowhere",
    log: () => undefined,
  });
  const own = slices.filter(({ name }) => name === "identity" || name === "interviews").map(({ jobs }) => ({ jobs }));
  workshop = await openWorkshop({ database: api.database, slices: own, tools: { ...TOOLS, mailer: sending } });
});

beforeEach(async () => {
  firm = await company(api.database);
  for (const command of Object.keys(server.answers)) delete server.answers[command];
});

afterAll(async () => {
  await workshop.close();
  await server.close();
  await api.close();
});

const invite = (): Promise<Member> => {
  const email = `dana@${firm.people.ann.email.split("@")[1]}`;
  return inviteMember(firm.as("admin"), { email, name: "Dana Ito", role: "INTERVIEWER" });
};

/** What has come for somebody, once nothing is due. */
async function mailsFor({ email }: { email: string }): Promise<Received[]> {
  await workshop.quiet();
  return server.mails.filter(({ to }) => to.includes(email));
}

const SET_ASIDE = "{ setAsideJobs { nodes { id version job facts attempts failure } } }";
const setAside = async () => (await api.ask(firm.people.admin, SET_ASIDE)).setAsideJobs.nodes;

test("each of a panel gets one mail, and the members who are invited theirs", async () => {
  const dana = await invite();
  await interview(firm, { panel: ["ann", "bob"], state: "SCHEDULED" });
  for (const reader of [dana, firm.people.ann, firm.people.bob]) expect(await mailsFor(reader)).toHaveLength(1);
  const [mail] = await mailsFor(firm.people.ann);
  expect(mail!.headers.get("subject")).toBe("Interview: Chris Candidate, Back-end developer");
  expect(mail!.raw).toContain("method=REQUEST");
  expect(await setAside()).toEqual([]);
});

test("a mail that the server takes later is sent later, and once, under its own name", async () => {
  server.answers["RCPT TO"] = "451 4.7.1 come back later";
  const dana = await invite();
  expect(await mailsFor(dana)).toEqual([]);
  delete server.answers["RCPT TO"];
  let mails: Received[] = [];
  while (mails.length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    mails = await mailsFor(dana);
  }
  expect(mails).toHaveLength(1);
  expect(mails[0]!.headers.get("message-id")).toMatch(
    new RegExp(`^<identity\\.mailInvitation\\..*\\.${dana.id}@acme\\.example>$`),
  );
});

test("one that the server refuses is set aside with its words and without the address, and the others go out", async () => {
  server.answers["RCPT TO"] = `550 5.1.1 <${firm.people.ann.email}>: no such user`;
  await interview(firm, { panel: ["ann"], state: "SCHEDULED" });
  expect(await mailsFor(firm.people.ann)).toEqual([]);
  delete server.answers["RCPT TO"];
  const [job, ...others] = await setAside();
  expect(others).toEqual([]);
  expect(job).toMatchObject({
    job: "interviews.mailInvitation",
    attempts: 1,
    failure: expect.stringContaining("550 5.1.1"),
  });
  expect(JSON.stringify(job)).not.toContain(firm.people.ann.email);
  expect(JSON.stringify(job)).not.toContain("Chris");
  await interview(firm, { panel: ["bob"], state: "SCHEDULED" });
  expect(await mailsFor(firm.people.bob)).toHaveLength(1);
  const RETRY = "mutation ($input: RetryJobInput!) { retryJob(input: $input) { userErrors { code } } }";
  await api.ask(firm.people.admin, RETRY, { input: { id: job.id, version: job.version } });
  expect(await mailsFor(firm.people.ann)).toHaveLength(1);
});
