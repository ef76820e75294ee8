import { QUERIES } from "./queries.mjs";
import * as postgraphile from "./systems/postgraphile/wording.mjs";

/** Systems that publish a schema of their own are asked in its words, and their answers brought into our form. */
const OWN = { postgraphile };

/** What is sent to a system for a query. */
export function requestOf(kind, name, variables, organizationId) {
  const own = OWN[kind];
  if (!own) return { query: QUERIES[name].text, variables };
  return { query: own.TEXTS[name], variables: own.variablesOf(name, variables, organizationId) };
}

/** What a system answers, in our form. */
export const answerOf = (kind, name, data) => OWN[kind]?.answerOf(name, data) ?? data;
