import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOrganizationCommand } from "../../src/identity/organization-command.actions";
import { isIdOf } from "../../src/platform/ids";
import { type Api, startApi } from "../support/api";
import { ownClone, ownerUrl, serverUrl } from "../support/database";
import { roleOnSigningIn } from "./member-mutations";

jest.setTimeout(60_000);

const ROOT = join(__dirname, "..", "..");
const ADA = ["--name", "Acme", "--admin-email", "Ada@Acme.Example", "--admin-name", "Ada Osei"];
const wish = { name: "Acme", adminEmail: "ada@acme.example", adminName: "Ada Osei" };

let api: Api;
let directory: string;

beforeAll(async () => {
  await ownClone();
  api = await startApi();
  directory = await mkdtemp(join(tmpdir(), "assay-test-"));
});

afterAll(async () => {
  await api.close();
  await rm(directory, { recursive: true, force: true });
});

interface Ended {
  code: number;
  out: string;
  err: string;
}

/** `npm run org -- …`, on the database of the tests. */
function org(...words: string[]): Promise<Ended> {
  const { PATH, HOME, TMPDIR } = process.env;
  const env = {
    ...{ PATH, HOME, TMPDIR, DATABASE_URL: serverUrl, MIGRATION_DATABASE_URL: ownerUrl, ASSAY_DIRECTORY: directory },
    ASSAY_TOKEN_SECRET: "a secret of the command's test, long enough",
  };
  const args = ["--import", "tsx", join("src", "main.ts"), "org", ...words];
  return new Promise((ended) => {
    execFile(process.execPath, args, { cwd: ROOT, env }, (error, out, err) =>
      ended({ code: error ? Number(error.code) : 0, out, err }),
    );
  });
}

const LOOK = "{ viewer { organization { name } member { name role email } } questionBanks { totalCount } }";

describe("the command", () => {
  test.each([
    ["with the starter bank", [], 1],
    ["without it where that is said", ["--empty"], 0],
  ])("founds an organisation %s, tells its id, and its ADMIN may sign in", async (_, more, banks) => {
    const { code, out, err } = await org("create", ...ADA, ...more);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const organizationId = out.trim();
    expect(isIdOf("Organization", organizationId)).toBe(true);
    const ada = { email: "ada@acme.example", organizationId };
    expect(await roleOnSigningIn(api, ada)).toBe("ADMIN");
    expect(await api.ask(ada, LOOK)).toEqual({
      viewer: { organization: { name: "Acme" }, member: { name: "Ada Osei", role: "ADMIN", email: ada.email } },
      questionBanks: { totalCount: banks },
    });
  });

  test("founds nothing where something is wrong, and tells all of it", async () => {
    const before = await organizations();
    const { code, out, err } = await org("create", "--name", "Acme", "--admin-email", "ada", "--colour", "red");
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("The command has 4 fault(s):");
    for (const told of ["no option `--colour`", "`red` belongs", "`--admin-email` wants", "`--admin-name` wants"]) {
      expect(err).toContain(told);
    }
    expect(err).toContain("npm run org -- create --name");
    expect(await organizations()).toBe(before);
  });

  const organizations = async () => (await api.database.ask("select organization_ids()")).length;
});

describe("the words", () => {
  test("say who, in any order", () => {
    const reversed = ["--empty", "--admin-name=Ada Osei", "--name=Acme", "--admin-email=ada@acme.example"];
    expect(readOrganizationCommand(["create", ...reversed])).toEqual({ ...wish, empty: true });
    const hyphened = readOrganizationCommand(
      ["create", ...reversed.slice(1), "--name=-- Acme --"].filter((word) => word !== "--name=Acme"),
    );
    expect(hyphened).toEqual({ ...wish, name: "-- Acme --", empty: false });
  });

  const all = ["--name", "Acme", "--admin-email", "ada@acme.example", "--admin-name", "Ada Osei"];
  test.each<[string, string[], string[]]>([
    ["nothing", [], ["say `create` first", "`--name` wants", "`--admin-email` wants", "`--admin-name` wants"]],
    ["another deed", ["delete", ...all], ["say `create` first"]],
    ["an unknown option", ["create", ...all, "--plan=gold"], ["there is no option `--plan`"]],
    ["a short option", ["create", ...all, "-e"], ["there is no option `-e`"]],
    ["a prototype's name", ["create", ...all, "--__proto__=x", "--toString"], ["`--__proto__`", "`--toString`"]],
    ["a text without quotes", ["create", ...all, "Osei"], ["`Osei` belongs to no option"]],
    ["an option twice", ["create", ...all, "--name", "Bcme", "--name", "Ccme"], ["`--name` is given twice"]],
    ["a flag with a value", ["create", ...all, "--empty=yes"], ["`--empty` takes no value"]],
    [
      "an option that swallows the next",
      ["create", "--name", ...all.slice(2)],
      ["`--name` has no value", "`ada@acme.example` belongs to no option", "`--admin-email` wants"],
    ],
    ["an option at the end", ["create", ...all.slice(0, 5)], ["`--admin-name` wants one line"]],
    ["what cannot be stored", ["create", ...all.slice(2), "--name=a\u0007b"], ["`--name` wants one line"]],
  ])("%s", (_, words, faults) => {
    const read = () => readOrganizationCommand(words);
    expect(read).toThrow(`The command has ${faults.length} fault(s):`);
    for (const fault of faults) expect(read).toThrow(fault);
  });
});
