import { parseArgs } from "node:util";
import type { Database } from "../platform/db/database";
import { Refusal } from "../platform/errors";
import { check } from "../platform/graphql/user-errors";
import { createOrganization } from "./organization.actions";
import { OrganizationCommandInput } from "./organization-command.input";

const USAGE =
  'npm run org -- create --name "Acme" --admin-email ada@acme.example --admin-name "Ada Osei" [--empty]\n' +
  "  --empty leaves the starter question bank out.";

const OPTIONS = {
  name: { type: "string" },
  "admin-email": { type: "string" },
  "admin-name": { type: "string" },
  empty: { type: "boolean" },
} as const;

type Option = keyof typeof OPTIONS;

export interface OrganizationWish extends OrganizationCommandInput {
  /** Without the starter question bank. */
  empty: boolean;
}

type Token = ReturnType<typeof tokensOf>[number];
type OptionToken = Extract<Token, { kind: "option" }>;

const tokensOf = (words: readonly string[]) =>
  parseArgs({ args: [...words], options: OPTIONS, strict: false, allowPositionals: true, tokens: true }).tokens;

const isKnown = (name: string): name is Option => Object.hasOwn(OPTIONS, name);

/** Option and the property that it fills. */
const propertyOf = (option: string): string => option.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const optionOf = (property: string): string => property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** What the words of `npm run org` wish for. @throws Error that lists every fault at once */
export function readOrganizationCommand([deed, ...words]: readonly string[]): OrganizationWish {
  const tokens = tokensOf(words);
  const given = tokens.filter((token): token is OptionToken => token.kind === "option" && isKnown(token.name));
  const written = given.map(({ name, value }) => [propertyOf(name), value]);
  const wish = Object.assign(new OrganizationCommandInput(), Object.fromEntries(written));
  const faults = [
    ...(deed === "create" ? [] : ["say `create` first: there is nothing else to do yet"]),
    ...tokens.flatMap((token) => tokenFault(token) ?? []),
    ...new Set(given.flatMap(({ name }, at) => (isRepeated(given, at) ? [`\`--${name}\` is given twice`] : []))),
    ...textFaults(wish),
  ];
  if (faults.length === 0) return { ...wish, empty: given.some(({ name }) => name === "empty") };
  const listed = faults.map((fault) => `  ${fault}\n`).join("");
  throw new Error(`The command has ${faults.length} fault(s):\n${listed}It is written so:\n  ${USAGE}`);
}

const isRepeated = (given: readonly OptionToken[], at: number): boolean =>
  given.findIndex(({ name }) => name === given[at]!.name) < at;

function tokenFault(token: Token): string | null {
  if (token.kind === "option-terminator") return null;
  if (token.kind === "positional") return `\`${token.value}\` belongs to no option: put a text with spaces into quotes`;
  const { name, rawName, value, inlineValue } = token;
  if (!isKnown(name)) return `there is no option \`${rawName}\``;
  if (OPTIONS[name].type === "boolean") return value === undefined ? null : `\`--${name}\` takes no value`;
  return value?.startsWith("-") && !inlineValue
    ? `\`--${name}\` has no value; one that begins with a hyphen is written \`--${name}=${value}\``
    : null;
}

/** What is missing, and what cannot be stored. */
function textFaults(wish: OrganizationCommandInput): string[] {
  try {
    check(wish);
    return [];
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.faults.map(({ message, field }) =>
      message.replace(`\`${field![0]}\``, `\`--${optionOf(field![0]!)}\``).replace(/\.$/, ""),
    );
  }
}

/** Founds the organisation with its first ADMIN; its id. */
export async function foundOrganization(
  database: Database,
  { name, adminEmail, adminName, empty }: OrganizationWish,
): Promise<string> {
  const members = [{ email: adminEmail, name: adminName, role: "ADMIN" as const }];
  const { organization } = await createOrganization(database, { name, members, empty });
  return organization.id;
}
