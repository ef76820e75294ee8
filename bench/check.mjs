import { QUERIES } from "./queries.mjs";
import { answerOf, requestOf } from "./wordings.mjs";

/** By the third time everything is compiled, prepared and cached that is going to be. */
const PASSES = 3;
const SAMPLE = 4;

export async function ask({ url }, token, request) {
  const headers = { "content-type": "application/json", authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(request) });
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${url} answered ${response.status}: ${text.slice(0, 500)}`);
  }
}

/** With the keys of each object in order, so that equal answers are equal texts. */
export const canonical = (value) =>
  JSON.stringify(value, (_key, each) =>
    each && typeof each === "object" && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );

const sampled = (list) =>
  list.length <= SAMPLE
    ? list
    : Array.from({ length: SAMPLE }, (_, nth) => list[Math.floor((nth * list.length) / SAMPLE)]);

async function read(system, name, variables, { token, organizationId }) {
  const { data, errors } = await ask(system, token, requestOf(system.kind, name, variables, organizationId));
  if (errors) {
    const said = system.said.at(-1).slice(0, 1000);
    throw new Error(
      `${system.name} answers ${name} with ${JSON.stringify(errors).slice(0, 1000)}\n  and said last: ${said}`,
    );
  }
  return canonical(answerOf(system.kind, name, data));
}

/** The end where two texts part, for a person to read. */
function difference(one, other) {
  let at = 0;
  while (one[at] === other[at]) at++;
  return [one, other].map((text) => `  … ${text.slice(Math.max(0, at - 120), at + 160)} …`).join("\n");
}

/** @throws Error that shows where two systems answer differently */
export async function checkAnswers(systems, names, { variables, ...viewer }) {
  for (const name of names.filter((each) => !QUERIES[each].writes)) {
    const answering = systems.filter(({ kind }) => QUERIES[name].systems.includes(kind));
    for (const each of sampled(variables[name])) {
      const answers = new Map();
      for (const system of answering) {
        for (let pass = 1; pass < PASSES; pass++) await read(system, name, each, viewer);
        answers.set(system.name, await read(system, name, each, viewer));
      }
      mustAgree(name, answers);
    }
  }
}

/** @throws Error where an answer is another than the first */
export function mustAgree(name, answers) {
  const [[first, expected], ...others] = answers;
  if (expected.length < 60) throw new Error(`${name}: ${first} answers next to nothing: ${expected}`);
  for (const [other, answer] of others) {
    if (answer !== expected) throw new Error(`${name}: ${first} and ${other} differ\n${difference(expected, answer)}`);
  }
}

/** Nobody reads over the wall. @throws Error where somebody does */
export async function checkWall(systems, { variables, organizationId }, stranger) {
  for (const system of systems) {
    const request = requestOf(system.kind, "Q2", variables.Q2[0], organizationId);
    const { data } = await ask(system, stranger.token, request);
    const seen = data && Object.values(data).find(Boolean);
    if (seen) throw new Error(`${system.name} shows another organisation's session: ${canonical(seen)}`);
  }
  const answers = new Map();
  for (const system of systems) answers.set(system.name, await read(system, "Q1", { after: null }, stranger));
  mustAgree("Q1 of the small organisation", answers);
  for (const [name, answer] of answers) {
    const foreign = variables.foreign.find((id) => answer.includes(id));
    if (foreign) throw new Error(`${name} shows ${foreign} to another organisation`);
  }
}
