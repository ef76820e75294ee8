/** The table of permissions as a page for people, printed into docs/permissions.md. */
import { ANY_KEY, type Grant, MUTATIONS, QUERIES, TYPES } from "./permission.rules";
import { ROLES, type Role } from "./viewer.rules";

const HEADINGS: Readonly<Record<Role, string>> = {
  ADMIN: "admin",
  RECRUITER: "recruiter",
  HIRING_MANAGER: "hiring manager",
  INTERVIEWER: "interviewer",
  AUDITOR: "auditor",
};

const keysOf = ({ scopes = [] }: Grant): string => (scopes === ANY_KEY ? "any" : scopes.join(", "));

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;

const line = ([name, grant]: [string, Grant]): string =>
  row([
    `\`${name}\``,
    ...ROLES.map((role) => (grant.roles.includes(role) ? "yes" : "")),
    keysOf(grant),
    grant.only ?? "",
  ]);

function table(first: string, grants: Readonly<Record<string, Grant>>): string {
  const headings = [first, ...ROLES.map((role) => HEADINGS[role]), "keys with", "but only"];
  return [row(headings), row(headings.map(() => "---")), ...Object.entries(grants).map(line)].join("\n");
}

export const permissionPage = (): string => `# Who may do what

Printed by \`npm run schema\` from \`src/identity/permission.rules.ts\`, the one table that the server asks before anything else.
What is not in it is nobody's. "But only" is decided by the policies and sights of the slices, on the facts.

## Mutations

${table("mutation", MUTATIONS)}

## Queries that are no list of a type

${table("field", QUERIES)}

## Types

Lists are open to everybody and hold what their reader sees.

${table("type", TYPES)}
`;
