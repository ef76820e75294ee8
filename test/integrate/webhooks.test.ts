import { createHmac, randomUUID } from "node:crypto";
import { registerOutbound } from "../../src/platform/jobs/outbound";
import { createWebhookEndpoint, rotateWebhookSecret } from "../../src/webhooks/webhook-endpoint.actions";
import { type Company, company } from "../cast/company";
import { type Api, startApi } from "../support/api";
import { freePort } from "../system/program";
import { closeAll, deliveriesOf, happen, opened, settled, workshop } from "../webhooks/engine";
import { HASTY } from "../webhooks/hasty";
import { heard, openTerminal, type Terminal } from "./terminal";

jest.setTimeout(60_000);

let api: Api;
let own: Company;

beforeAll(async () => {
  api = await startApi();
});

afterEach(closeAll);

afterAll(() => api.close());

/** The receiver of the page, on a port of its own, and an endpoint that leads to it. */
async function receiving(verifier: string) {
  registerOutbound(HASTY);
  own = await company(api.database);
  const port = await freePort();
  const ctx = own.as("admin");
  const made = await createWebhookEndpoint(ctx, { url: `http://127.0.0.1:${port}/assay` });
  const open = async (secret: string): Promise<Terminal> => {
    const line = `node docs/examples/receive-webhooks.mjs ${verifier}`;
    const terminal = await openTerminal(line, new Map([["WEBHOOK_SECRET", secret]]), port);
    await opened(Promise.resolve({ close: async () => terminal.close() }));
    return terminal;
  };
  return { ...made, endpoint: made.webhookEndpoint, ctx, url: `http://127.0.0.1:${port}/assay`, open };
}

describe.each([["./verify-webhook.mjs"], ["./verify-with-library.mjs"]])(
  "the receiver of the page, with %s,",
  (verifier) => {
    test("takes what the engine sends", async () => {
      const { endpoint, secret, open } = await receiving(verifier);
      const terminal = await open(secret);
      await workshop(api);
      const objectId = await happen(own);
      await heard(terminal, new RegExp(`^candidate\\.updated ${objectId}$`, "m"));
      await settled({ endpoint }, 1);
      expect(await deliveriesOf({ endpoint })).toEqual([expect.objectContaining({ state: "DELIVERED", attempts: 1 })]);
    });

    test("takes what is signed with the former secret too, while it is valid", async () => {
      const { endpoint, secret, open, ctx } = await receiving(verifier);
      await rotateWebhookSecret(ctx, { id: endpoint.id, version: endpoint.version });
      const terminal = await open(secret);
      await workshop(api);
      const objectId = await happen(own);
      await heard(terminal, new RegExp(`^candidate\\.updated ${objectId}$`, "m"));
    });

    test("takes nothing that is not signed, is changed on its way, or is old", async () => {
      const { secret, open, url } = await receiving(verifier);
      const terminal = await open(secret);
      const body = JSON.stringify({ type: "candidate.updated", data: { id: randomUUID(), objectId: "X" } });
      const post = async (headers: Record<string, string>, sent = body) =>
        (await fetch(url, { method: "POST", headers, body: sent })).status;
      const seconds = Math.floor(Date.now() / 1000);
      expect(await post(signed(secret, body, seconds))).toBe(204);
      expect(await post({})).toBe(401);
      expect(await post(signed(secret, body, seconds), body.replace("X", "Y"))).toBe(401);
      expect(await post({ ...signed(secret, body, seconds), "webhook-id": "another" })).toBe(401);
      expect(await post(signed(secret, body, seconds - 400))).toBe(401);
      expect(await post(signed(secret, body, seconds + 400))).toBe(401);
      expect(await post({ ...signed(secret, body, seconds), "webhook-timestamp": "soon" })).toBe(401);
      expect(terminal.said()).toBe("listening\ncandidate.updated X\n");
    });
  },
);

/** By the specification, by hand: the page's own code is what is tried. */
function signed(secret: string, body: string, seconds: number): Record<string, string> {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`id.${seconds}.${body}`).digest("base64");
  return { "webhook-id": "id", "webhook-timestamp": `${seconds}`, "webhook-signature": `v1,${signature}` };
}
