import { newId } from "../../src/platform/ids";
import { newSecretLink, opens, readSecretLink } from "../../src/platform/secret-link";
import "../../src/slices";

const organizationId = newId("Organization");
const id = newId("CalendarAddress");

test("a link names its organisation and its row, and opens that row alone", () => {
  const { token, secretHash } = newSecretLink(organizationId, id);
  const link = readSecretLink(token)!;
  expect(link).toEqual({ organizationId, id, secretHash });
  expect(opens(link, { secretHash })).toBe(true);
  expect(opens(link, newSecretLink(organizationId, id))).toBe(false);
});

test("the stored hash is not in the token, nor the other way round", () => {
  const { token, secretHash } = newSecretLink(organizationId, id);
  expect(token).not.toContain(secretHash);
  expect(readSecretLink(secretHash)).toBeNull();
});

test("no two links are alike", () => {
  const made = Array.from({ length: 1000 }, () => newSecretLink(organizationId, id).token);
  expect(new Set(made).size).toBe(1000);
});

test("whichever character is changed, the link opens no longer", () => {
  const { token, secretHash } = newSecretLink(organizationId, id);
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === "A" ? "B" : "A";
    const link = readSecretLink(token.slice(0, at) + other + token.slice(at + 1));
    const same = link && link.organizationId === organizationId && link.id === id && opens(link, { secretHash });
    expect([at, Boolean(same)]).toEqual([at, false]);
  }
});

test.each(["", "short", "x".repeat(85), "x".repeat(87), `${"x".repeat(85)}=`, "../".repeat(28) + "ab", "ä".repeat(86)])(
  "%j is no link",
  (token) => {
    expect(readSecretLink(token)).toBeNull();
  },
);
