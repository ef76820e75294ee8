import { contextOf } from "../../src/platform/context";
import { announce } from "../../src/platform/journal/announce";
import { WebhookEndpoint } from "../../src/webhooks/webhook-endpoint.entity";
import { type Company, company } from "../cast/company";
import { sql } from "../scorecards/mutations";
import { type Api, startApi } from "../support/api";
import { type Postbox, postboxOf } from "./postbox";

let api: Api;
let firm: Company;
let post: Postbox;

jest.setTimeout(60_000);

beforeAll(async () => {
  api = await startApi();
});

beforeEach(async () => {
  firm = await company(api.database);
  post = postboxOf(api.database, firm.organizationId);
});

afterAll(() => api.close());

/** An endpoint that was switched off, by the server or by a member. */
function disabled(by: "WORKER" | "MEMBER"): Promise<WebhookEndpoint> {
  const viewer = { kind: "WORKER", organizationId: firm.organizationId, id: null };
  const server = contextOf(api.database, { viewer, now: new Date(), requestId: "job:1" });
  return (by === "WORKER" ? server : firm.as("admin")).db.transaction(async (tx) => {
    const endpoint = await tx.insert(WebhookEndpoint, {
      url: "https://hooks.acme.example:8443/in/s3cret-path?token=s3cret-token",
      description: "Our applicant tracking system",
      eventTypes: [],
      state: "DISABLED",
      disabledReason: "The receiver answered 410: it is gone.",
      secret: "whsec_s3cret-key",
      formerSecret: null,
      formerUntil: null,
      createdById: firm.people.admin.id,
      position: "0",
      failingSince: null,
      restsUntil: null,
    });
    await announce(tx, "webhook_endpoint.disabled", endpoint, ["state"]);
    return endpoint;
  });
}

test("an endpoint that the server switched off is told to every ADMIN: which, why, how to mend it", async () => {
  await sql("update members set role = 'ADMIN' where id = any($1)", [[firm.people.bob.id, firm.people.cyd.id]]);
  await sql("update members set active = false where id = $1", [firm.people.cyd.id]);
  await disabled("WORKER");
  const mails = await post.mails();
  expect(mails.map(({ to, subject }) => [to.name, subject])).toEqual([
    ["admin", "Webhooks to hooks.acme.example:8443 were switched off"],
    ["bob", "Webhooks to hooks.acme.example:8443 were switched off"],
  ]);
  for (const words of ["The receiver answered 410: it is gone.", "enableWebhookEndpoint"]) {
    expect(mails[0]!.text).toContain(words);
  }
  for (const mail of mails) expect(JSON.stringify(mail)).not.toContain("s3cret");
});

test("one that somebody switched off is told to nobody: they know", async () => {
  await disabled("MEMBER");
  expect(await post.mails()).toEqual([]);
});

test("nor one that is on again when the mail is to go", async () => {
  const { id } = await disabled("WORKER");
  await sql("update webhook_endpoints set state = 'ENABLED' where id = $1", [id]);
  expect(await post.mails()).toEqual([]);
});
