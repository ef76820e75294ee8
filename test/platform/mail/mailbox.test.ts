import { isAddress, readMailbox } from "../../../src/platform/mail/mailbox";

test.each([
  ["assay@acme.example", { name: "", email: "assay@acme.example" }],
  ["Assay <assay@acme.example>", { name: "Assay", email: "assay@acme.example" }],
  ['"Assay, at Acme" <assay@acme.example>', { name: "Assay, at Acme", email: "assay@acme.example" }],
  ["Prüfung <assay@bücher.example>", { name: "Prüfung", email: "assay@bücher.example" }],
])("%s is a mailbox", (text, mailbox) => {
  expect(readMailbox(text)).toEqual(mailbox);
});

test.each([
  "assay",
  "Assay",
  "Assay assay@acme.example",
  "<assay@acme.example",
  "a@acme.example, b@acme.example",
  "A <a@acme.example>, B <b@acme.example>",
  "Assay\r\nBcc: x <assay@acme.example>",
  "",
])("%j is none", (text) => {
  expect(readMailbox(text)).toBeNull();
});

test("an address is at most as long as mail servers take", () => {
  expect(isAddress(`${"a".repeat(242)}@acme.example`)).toBe(false);
  expect(isAddress(`${"a".repeat(241)}@acme.example`)).toBe(true);
});
