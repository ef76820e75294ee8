/*
 * Whether an answer is like the one that the page shows: the same keys and values, but for
 *   "$NAME"      whatever stands there; the reader keeps it in a variable of that name, and it is the same from then on
 *   "…"          any text; as the last item of a list: whatever else it holds
 *   an instant   any instant
 * What the page says in a sentence once, `extensions` at the top, may be left out.
 */

export type Variables = Map<string, string>;

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const VARIABLE = /^\$([A-Z][A-Z_0-9]*)$/;
const ANY = "…";

/** What is unlike, by path; binds the variables that are shown for the first time. */
export function unlike(shown: unknown, real: unknown, bound: Variables, path = "answer"): string[] {
  if (typeof shown === "string") return unlikeText(shown, real, bound, path);
  if (Array.isArray(shown)) return unlikeList(shown, real, bound, path);
  if (typeof shown === "object" && shown !== null) return unlikeFields(shown, real, bound, path);
  return Object.is(shown, real) ? [] : [differs(shown, real, path)];
}

const differs = (shown: unknown, real: unknown, path: string): string =>
  `${path}: ${JSON.stringify(shown)} is shown, ${JSON.stringify(real)} came`;

function unlikeText(shown: string, real: unknown, bound: Variables, path: string): string[] {
  if (typeof real !== "string") return [differs(shown, real, path)];
  const name = VARIABLE.exec(shown)?.[1];
  if (name && !bound.has(name)) bound.set(name, real);
  const isLike = name
    ? bound.get(name) === real
    : (shown === ANY && real !== "") || shown === real || (INSTANT.test(shown) && INSTANT.test(real));
  return isLike ? [] : [differs(name ? bound.get(name) : shown, real, path)];
}

function unlikeList(shown: readonly unknown[], real: unknown, bound: Variables, path: string): string[] {
  if (!Array.isArray(real)) return [differs(shown, real, path)];
  const isOpen = shown.at(-1) === ANY;
  const items = isOpen ? shown.slice(0, -1) : shown;
  if (isOpen ? real.length < items.length : real.length !== items.length)
    return [`${path}: ${items.length} items are shown, ${JSON.stringify(real)} came`];
  return items.flatMap((item, index) => unlike(item, real[index], bound, `${path}[${index}]`));
}

function unlikeFields(shown: object, real: unknown, bound: Variables, path: string): string[] {
  if (typeof real !== "object" || real === null || Array.isArray(real)) return [differs(shown, real, path)];
  const given = Object.entries(shown);
  const surplus = Object.keys(real)
    .filter((key) => !(key in shown) && !(path === "answer" && key === "extensions"))
    .map((key) => `${path}.${key} came and is not shown`);
  return [...surplus, ...given.flatMap(([key, value]) => unlike(value, (real as never)[key], bound, `${path}.${key}`))];
}

/** The same of a whole HTTP answer: its status line, the headers that are shown, and its body. */
export function unlikeHttp(shown: string, real: string, bound: Variables): string[] {
  const [one, other] = [httpOf(shown), httpOf(real)];
  return [
    ...(one.status === other.status ? [] : [differs(one.status, other.status, "status")]),
    ...one.headers.filter((each) => !other.headers.includes(each)).map((each) => `header: ${each} did not come`),
    ...unlike(JSON.parse(one.body), JSON.parse(other.body), bound),
  ];
}

function httpOf(text: string) {
  const [head = "", ...rest] = text.replaceAll("\r\n", "\n").split("\n\n");
  const [status = "", ...headers] = head.split("\n");
  return { status: status.trim(), headers: headers.map((each) => each.toLowerCase()), body: rest.join("\n\n") };
}
