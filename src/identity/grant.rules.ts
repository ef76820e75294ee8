/** Whether something is for a viewer, as the table of permissions says. */
import { ANY_KEY, type Grant, MUTATIONS, QUERIES, TYPES } from "./permission.rules";
import { hasScope, isMember, isWorker, type Viewer } from "./viewer.rules";

const NOBODYS: Grant = { roles: [] };

interface RootField {
  kind: "query" | "mutation";
  name: string;
}

const GRANTS: Readonly<Record<RootField["kind"], Readonly<Record<string, Grant>>>> = {
  query: QUERIES,
  mutation: MUTATIONS,
};

function isGranted(viewer: Viewer, { roles, scopes = [] }: Grant): boolean {
  if (isMember(viewer)) return roles.includes(viewer.role);
  return isWorker(viewer) || scopes === ANY_KEY || scopes.some((scope) => hasScope(viewer, scope));
}

/** Whether the viewer ever sees a row of the noun. */
export const maySee = (viewer: Viewer, noun: string): boolean => isGranted(viewer, TYPES[noun] ?? NOBODYS);

/** Whether a mutation is for the viewer at all: for what does the same in another way, such as a file. */
export const may = (viewer: Viewer, mutation: keyof typeof MUTATIONS): boolean =>
  isGranted(viewer, MUTATIONS[mutation]);

/** Why a root field is not for the viewer; null where it is. */
export function whyNot(viewer: Viewer, { kind, name }: RootField): string | null {
  const grant = GRANTS[kind][name] ?? NOBODYS;
  if (isGranted(viewer, grant)) return null;
  const { roles, scopes = [] } = grant;
  const keys = scopes === ANY_KEY || scopes.length === 0 ? [] : [`keys with the scope ${scopes.join(" or ")}`];
  const you = isMember(viewer) ? `a member with the role ${viewer.role}` : "a key without such a scope";
  return `\`${name}\` is for ${[...roles, ...keys].join(", ")}; you are ${you}.`;
}
