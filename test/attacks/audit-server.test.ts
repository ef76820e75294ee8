import { auditServer } from "graphql-http";
import { type Company, company } from "../cast/company";
import { type Api, startApi } from "../support/api";

let api: Api;
let firm: Company;

beforeAll(async () => {
  api = await startApi();
  firm = await company(api.database);
});

afterAll(() => api.close());

/** The specification's own audits: MUST is an error where it fails, SHOULD a warning, MAY a notice. */
test.each(["signed in", "as a stranger"])("the server keeps GraphQL over HTTP to the letter, %s", async (who) => {
  const authorization = who === "signed in" ? { authorization: `Bearer ${await api.tokenOf(firm.people.admin)}` } : {};
  const results = await auditServer({
    url: `${api.url}/graphql`,
    fetchFn: (url: string, options: RequestInit = {}) =>
      fetch(url, {
        ...options,
        headers: { ...(options.headers as Record<string, string>), ...authorization } as Record<string, string>,
      }),
  });
  const told = results
    .filter(({ status }) => status !== "ok")
    .map((each) => `${each.status} ${each.id} ${each.name}: ${"reason" in each ? each.reason : ""}`);
  process.stdout.write(`GraphQL over HTTP, ${who}: ${results.length} audits, not ok: ${[...told, ""].join("\n  ")}`);
  expect(results.length).toBeGreaterThan(60);
  expect(results.filter(({ status }) => status === "error")).toEqual([]);
});
