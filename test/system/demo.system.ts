import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { DEMO_TABS } from "../../src/demo/demo-tabs.rules";
import type { GraphiqlSettings } from "../../src/platform/http/graphiql";
import type { Answer } from "../support/api";
import { emptyLists } from "../support/empty-lists";
import { openBrowser, type Program, startProgram } from "./program";

/** Pictures for whoever wants to look; not kept in the repository. */
const PICTURES = resolve(__dirname, "..", "..", "coverage", "pictures");

let program: Program;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  mkdirSync(PICTURES, { recursive: true });
  [program, browser] = await Promise.all([startProgram(), openBrowser()]);
  page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(`${program.url}/graphiql`);
  await page.waitForSelector(".graphiql-execute-button");
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await program?.stop();
});

test("GraphiQL opens with the six tabs", async () => {
  await expect(page.locator(".graphiql-tab-button").count()).resolves.toBe(DEMO_TABS.length);
  expect(DEMO_TABS).toHaveLength(6);
});

test.each(DEMO_TABS.map(({ title }, index) => ({ title, index })))("the tab '$title' runs", async ({ index }) => {
  await page.locator(".graphiql-tab-button").nth(index).click();
  // GraphiQL looks for the operations of a tab a moment after it is shown.
  await page.waitForTimeout(1000);
  const answered = page.waitForResponse(
    (response) =>
      response.url().endsWith("/graphql") && !/IntrospectionQuery/.test(response.request().postData() ?? ""),
  );
  await page.locator(".graphiql-execute-button").click();
  const response = await answered;
  const { data, errors } = await response.json();
  expect({ status: response.status(), errors }).toEqual({ status: 200, errors: undefined });
  expect(emptyLists(data)).toEqual([]);
  await page.locator(".result-window").filter({ hasText: "data" }).waitFor();
  await page.screenshot({ path: join(PICTURES, `tab-${index + 1}.png`) });
});

/** Sends an operation as the guide. */
async function ask(query: string, variables: object = {}) {
  const settings = (await (await fetch(`${program.url}/graphiql/settings.json`)).json()) as GraphiqlSettings;
  const response = await fetch(`${program.url}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${settings.demoToken}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as Pick<Answer, "data" | "errors">;
  expect(errors).toBeUndefined();
  return data;
}

test("a link shows the picture of a score to somebody who is not signed in, on the screen and on paper", async () => {
  const { candidates } = await ask(`{ candidates(last: 1) { nodes { name applications { nodes { id } } } } }`);
  const [{ name, applications }] = candidates.nodes;
  const { createScoreLink } = await ask(
    `mutation ($input: CreateScoreLinkInput!) {
       createScoreLink(input: $input) { newScoreLink { path scoreLink { expiresAt } } userErrors { message } }
     }`,
    { input: { applicationId: applications.nodes[0].id, expiresInDays: 7 } },
  );
  const visitor = await browser.newContext({ viewport: { width: 1000, height: 1400 } });
  const shown = await visitor.newPage();
  shown.on("console", (message) => complaints.push(message.text()));
  const response = await shown.goto(`${program.url}${createScoreLink.newScoreLink.path}`);
  expect(response?.status()).toBe(200);
  expect(await shown.locator("h1").textContent()).toContain(name);
  const chart = await shown.locator("svg[role=img]").boundingBox();
  expect(chart!.width).toBeGreaterThan(400);
  await shown.screenshot({ path: join(PICTURES, "score.png"), fullPage: true });
  await shown.emulateMedia({ media: "print" });
  await shown.setViewportSize({ width: 794, height: 1123 });
  await shown.screenshot({ path: join(PICTURES, "score-print.png"), fullPage: true });
  expect(await shown.locator("html").evaluate(({ scrollWidth }) => scrollWidth)).toBeLessThanOrEqual(794);
  await visitor.close();
});

test("the browser complained of nothing", () => {
  expect(complaints).toEqual([]);
});
