import { readMailbox } from "../../../src/platform/mail/mailbox";
import type { Mail } from "../../../src/platform/mail/mailer";
import { smtpMailer } from "../../../src/platform/mail/smtp-mailer";
import { isSmtpUrl, smtpOptions } from "../../../src/platform/mail/smtp-url";
import { type Received, type SmtpServer, startSmtpServer } from "../../support/smtp";

let server: SmtpServer;

const FROM = readMailbox("Assay <assay@acme.example>")!;

const mail = (more: Partial<Mail> = {}): Mail => ({
  id: "test.mail.1",
  to: { name: "Ann Lee", email: "ann@acme.example" },
  subject: "Interview",
  text: "Hello Ann",
  html: "<p>Hello Ann</p>",
  ...more,
});

async function send(more: Partial<Mail> = {}, login = ""): Promise<void> {
  const mailer = smtpMailer({ url: `smtp://${login}127.0.0.1:${server.port}`, from: FROM });
  await mailer.send(mail(more)).finally(() => mailer.close());
}

const failureOf = (more: Partial<Mail> = {}, login = ""): Promise<Error> =>
  send(more, login).then(
    () => {
      throw new Error("It went through");
    },
    (error: Error) => error,
  );

async function sent(more: Partial<Mail> = {}): Promise<Received> {
  await send(more);
  expect(server.mails).toHaveLength(1);
  return server.mails[0]!;
}

/** Encoded words of a header, read as mail programs read them. */
const decoded = (header: string): string =>
  header
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, way: string, text: string) =>
      way.toUpperCase() === "B"
        ? Buffer.from(text, "base64").toString("latin1")
        : text
            .replaceAll("_", " ")
            .replace(/=([0-9A-F]{2})/gi, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    );

const utf8 = (latin: string): string => Buffer.from(latin, "latin1").toString("utf8");

beforeEach(async () => {
  server = await startSmtpServer();
});

afterEach(() => server.close());

test("a mail goes to one address, with both bodies and a name for itself that stays", async () => {
  const { from, to, headers, raw } = await sent();
  expect({ from, to }).toEqual({ from: "assay@acme.example", to: ["ann@acme.example"] });
  expect(Object.fromEntries(headers)).toMatchObject({
    from: "Assay <assay@acme.example>",
    to: "Ann Lee <ann@acme.example>",
    subject: "Interview",
    "message-id": "<test.mail.1@acme.example>",
    "auto-submitted": "auto-generated",
  });
  expect(raw).toContain("Hello Ann");
  expect(raw).toContain("<p>Hello Ann</p>");
});

test("an invitation comes as a part that mail programs answer, and as a file", async () => {
  const calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n";
  const { raw } = await sent({ calendar });
  expect(raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=REQUEST/i);
  expect(raw).toMatch(/filename=interview\.ics/);
  const parts = [...raw.matchAll(/Content-Transfer-Encoding: base64[\s\S]*?\r\n\r\n([A-Za-z0-9+/=\r\n]+)/g)];
  expect(parts.map(([, text]) => Buffer.from(text!, "base64").toString())).toContain(calendar);
});

describe("what names and subjects hold", () => {
  test.each([
    ["a line end and a header", "Ann\r\nBcc: eve@evil.example"],
    ["a bare line feed", "Ann\nBcc: eve@evil.example"],
    ["a bare carriage return", "Ann\rBcc: eve@evil.example"],
    ["other line ends", "Ann\u2028Bcc: eve@evil.example\u0085Bcc: eve@evil.example"],
    ["an empty line", "Ann\r\n\r\n<p>Bcc: eve@evil.example</p>"],
    ["another mailbox", 'Ann" <eve@evil.example>, "Bob'],
    ["a comma", "Lee, Ann, eve@evil.example"],
    ["brackets", "Ann <eve@evil.example>"],
    ["quotation marks", '"Ann" \\"Lee\\"'],
    ["a group", "Friends: eve@evil.example;"],
    ["an encoded word", "=?UTF-8?Q?Ann=0D=0ABcc:_eve@evil.example?="],
    ["letters of everywhere", "Zoë Ångström 李安 🙂"],
    ["a NUL", "Ann\u0000Lee"],
  ])("stays there: %s", async (_, text) => {
    const { to, headers, raw } = await sent({ to: { name: text, email: "ann@acme.example" }, subject: text });
    expect(to).toEqual(["ann@acme.example"]);
    expect(server.commands.filter((line) => /^RCPT/i.test(line))).toHaveLength(1);
    expect([...headers.keys()].sort()).toEqual(
      ["auto-submitted", "content-type", "date", "from", "message-id", "mime-version", "subject", "to"].sort(),
    );
    expect(raw.split("\r\n\r\n", 1)[0]!).not.toMatch(/^bcc:/im);
    expect(headers.get("to")).toMatch(/<ann@acme\.example>$/);
    expect(
      headers
        .get("to")!
        .replace(/"(?:[^"\\]|\\.)*"/g, "")
        .match(/@/g),
    ).toHaveLength(1);
  });

  test("is read as it was written, but for what no line holds", async () => {
    const name = "Zoë “Zed” Ångström 李安 🙂";
    const { headers } = await sent({ subject: `For ${name}\nand more`, to: { name, email: "ann@acme.example" } });
    expect(utf8(decoded(headers.get("subject")!))).toBe(`For ${name} and more`);
    expect(utf8(decoded(headers.get("to")!)).replace(/"/g, "")).toBe(`${name} <ann@acme.example>`);
  });
});

test.each([
  "ann@acme.example,eve@evil.example",
  "a,eve@evil.example",
  "<eve@evil.example>",
  "ann@acme.example\r\nRCPT TO:<eve@evil.example>",
  '"ann eve"@evil.example',
  "ann(eve)@evil.example",
  "eve@evil.example;ann",
  "ann",
])("nothing is sent to %j, which could be read as several", async (email) => {
  const failure = await failureOf({ to: { name: "Ann", email } });
  expect(failure.name).toBe("Hopeless");
  expect(failure.message).not.toContain("evil");
  expect(server.commands).toEqual([]);
});

describe("a mail that the server refuses", () => {
  test.each([
    ["its recipient", "RCPT TO", "550 5.1.1 <ann@acme.example>: user ANN@acme.example unknown, mailbox ann not found"],
    ["its sender", "MAIL FROM", "553 5.7.1 not you"],
    ["its content", "END", "554 5.7.1 looks like spam"],
    ["any content", "DATA", "554 5.5.1 no"],
  ])("for good, because of %s, is not tried again, and the server's words are kept", async (_, command, words) => {
    server.answers[command] = words;
    const failure = await failureOf();
    expect(failure.name).toBe("Hopeless");
    expect(failure.message).toContain(words.split(" ")[0]);
    expect(JSON.stringify([failure.message, failure.stack, { ...failure }, failure.cause])).not.toMatch(/\bann\b/i);
  });

  test.each([
    ["greylisted", "RCPT TO", "451 4.7.1 come back later"],
    ["no room", "END", "452 4.3.1 disk full"],
    ["too many", "MAIL FROM", "421 4.7.0 slow down"],
    ["no service", "GREETING", "554 no service here"],
    ["a cut line", "DATA", null],
    ["a cut line at the start", "EHLO", null],
    ["garbage", "RCPT TO", "hello?"],
  ])("for now, is tried again: %s", async (_, command, words) => {
    server.answers[command] = words;
    const failure = await failureOf();
    expect(failure.name).not.toBe("Hopeless");
    expect(failure.message).toMatch(/^The mail server did not take the mail/);
    expect(failure.message).not.toMatch(/\bann\b/i);
  });

  test("a mail whose server is not there is tried again", async () => {
    await server.close();
    expect((await failureOf()).name).toBe("Error");
  });
});

describe("a login", () => {
  beforeEach(async () => {
    await server.close();
    server = await startSmtpServer({ login: { user: "as say", password: "p@ss/word" } });
  });

  test("is made with user and password of the URL, whatever letters they have", async () => {
    await send({}, "as%20say:p%40ss%2Fword@");
    expect(server.mails).toHaveLength(1);
  });

  test("that fails is somebody's to mend: the mail is tried again, and the password is told to nobody", async () => {
    const failure = await failureOf({}, "as%20say:wrong-word@");
    expect(failure.name).toBe("Telling");
    expect(failure.message).toContain("535");
    expect(failure.message).not.toContain("wrong-word");
    expect(server.mails).toEqual([]);
  });
});

describe("the URL of a server", () => {
  test.each([
    ["smtp://mail.example", { host: "mail.example", port: 587, secure: false, requireTLS: false }],
    ["smtps://mail.example", { host: "mail.example", port: 465, secure: true, requireTLS: false }],
    ["smtp://u:p@mail.example:25", { port: 25, requireTLS: true, auth: { user: "u", pass: "p" } }],
    ["smtps://u:p@mail.example/", { secure: true, requireTLS: false, auth: { user: "u", pass: "p" } }],
    ["smtp://u:p@localhost:1025", { host: "localhost", requireTLS: false }],
    ["smtp://u:p@[::1]:1025", { host: "::1", requireTLS: false }],
  ])("%s: a password goes out encrypted, but to this machine", (url, expected) => {
    expect(isSmtpUrl(url)).toBe(true);
    expect(smtpOptions(url)).toMatchObject({ ...expected, connectionTimeout: 10_000, socketTimeout: 30_000 });
  });

  test.each([
    "mail.example",
    "http://mail.example",
    "smtp://",
    "smtp://mail.example?ignoreTLS=true",
    "smtp://mail.example/path",
    "smtp://mail.example#x",
    "smtp://user@mail.example",
    "smtp://:password@mail.example",
    "smtp://user:%zz@mail.example",
    " smtp://mail.example",
  ])("%j is none", (url) => {
    expect(isSmtpUrl(url)).toBe(false);
  });
});
