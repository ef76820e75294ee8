import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Mail } from "../../../src/platform/mail/mailer";
import { mailer } from "../../../src/platform/mail/open-mailer";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "assay-mail-"));
});

afterEach(() => rm(directory, { recursive: true }));

const mail = (more: Partial<Mail> = {}): Mail => ({
  id: "identity.mailInvitation.1.2",
  to: { name: "Ann Lee", email: "ann@acme.example" },
  subject: "Invitation",
  text: "Hello Ann",
  html: "<p>Hello Ann</p>",
  ...more,
});

const from = { name: "Assay", email: "assay@localhost" };
const told: string[] = [];
const files = () => mailer({ smtpUrl: undefined, from, directory, log: (line) => told.push(line) });
const folder = () => join(directory, "mail");
const written = async () => (await readdir(folder())).sort();

test("without a server, mails are written to files, and it is said where", async () => {
  const box = files();
  expect(told.pop()).toContain(`${folder()} and not sent: ASSAY_SMTP_URL`);
  await box.send(mail());
  const names = await written();
  expect(names.map((name) => name.replace(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z-/, ""))).toEqual(
    ["eml", "html", "txt"].map((ending) => `identity.mailInvitation.1.2.${ending}`),
  );
  const [eml, html, text] = await Promise.all(names.map((name) => readFile(join(folder(), name), "utf8")));
  expect(eml).toContain("To: Ann Lee <ann@acme.example>\r\n");
  expect(eml).toContain("Message-ID: <identity.mailInvitation.1.2@localhost>\r\n");
  expect([html, text]).toEqual(["<p>Hello Ann</p>", "Hello Ann"]);
});

test("the same mail again takes the place of the first", async () => {
  const box = files();
  await box.send(mail());
  const before = await written();
  await box.send(mail({ text: "Hello again" }));
  expect(await written()).toEqual(before);
  expect(await readFile(join(folder(), before.find((name) => name.endsWith(".txt"))!), "utf8")).toBe("Hello again");
});

test("mails of other ids stand beside it, also where one id ends as another", async () => {
  const box = files();
  for (const id of ["a.1", "b.a.1", "a.1.1"]) await box.send(mail({ id }));
  expect((await written()).filter((name) => name.endsWith(".eml"))).toHaveLength(3);
});

test("what is written is for its owner's eyes", async () => {
  await files().send(mail());
  const modes = await Promise.all(
    (await written()).map(async (name) => (await stat(join(folder(), name))).mode & 0o777),
  );
  expect([...new Set(modes)]).toEqual([0o600]);
  expect((await stat(folder())).mode & 0o777).toBe(0o700);
});

test("an id that is no plain word is a defect, and leads to no other folder", async () => {
  await expect(files().send(mail({ id: "../../etc/passwd" }))).rejects.toThrow("id");
});
