import { newLogger } from "../../src/platform/log";
import { openTestDatabase } from "../support/database";

const ORGANIZATION = "0189f7a0-0000-7010-8000-000000000000";
const PERSON = ["Mira Andersson", "mira@example.org"];

/** The one line that the work logs, read back. */
function logged(work: (logger: ReturnType<typeof newLogger>) => void): { text: string; line: Record<string, never> } {
  const lines: string[] = [];
  work(newLogger("info", { write: (line) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  return { text: lines[0]!, line: JSON.parse(lines[0]!) };
}

test("a failed statement is told without the values that it failed with", async () => {
  const database = await openTestDatabase();
  const failure = await database
    .write(ORGANIZATION, (runner) =>
      runner.query("insert into candidates (organization_id, name, email) values ($1, $2, $3)", [
        ORGANIZATION,
        ...PERSON,
      ]),
    )
    .catch((error: unknown) => error);
  await database.close();
  expect(failure).toMatchObject({ parameters: [ORGANIZATION, ...PERSON] });
  const { text, line } = logged((logger) => logger.error({ requestId: "r-1", err: failure }, "a defect was masked"));
  expect(text).not.toMatch(/Mira|mira@/);
  expect(line).toMatchObject({
    requestId: "r-1",
    msg: "a defect was masked",
    err: {
      type: "QueryFailedError",
      code: "23502",
      table: "candidates",
      query: expect.stringContaining("insert into"),
    },
  });
});

test.each([
  [{ authorization: "Bearer assay_live_x" }],
  [{ headers: { authorization: "Bearer assay_live_x" } }],
  [{ req: { headers: { cookie: "assay_live_x" } } }],
  [{ config: { token: "assay_live_x" } }],
  [{ password: "assay_live_x" }],
])("%j is not told", (about) => {
  const { text } = logged((logger) => logger.info(about, "something"));
  expect(text).toContain("[hidden]");
  expect(text).not.toContain("assay_live_x");
});

test("an error keeps its cause, and something that is none its words", () => {
  const { line } = logged((logger) =>
    logger.error({ err: new Error("outer", { cause: new TypeError("inner") }) }, "m"),
  );
  expect(line).toMatchObject({
    err: { type: "Error", message: "outer", cause: { type: "TypeError", message: "inner" } },
  });
  expect(logged((logger) => logger.error({ err: "words" }, "m")).line).toMatchObject({ err: { message: "words" } });
});
