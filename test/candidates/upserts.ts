import type { Api, Signer } from "../support/api";

export interface Fault {
  code: string;
  field: string[];
  message: string;
}

export interface Result {
  externalId: string;
  outcome: string;
  userErrors: Fault[];
  candidate?: { id: string; name: string; email: string | null; version: number } | null;
  job?: { id: string; title: string; profileVersion: { id: string } } | null;
  application?: { id: string; candidate: { id: string }; job: { id: string } } | null;
}

const OBJECTS = {
  Candidate: "candidate { id name email version }",
  Job: "job { id title profileVersion { id } }",
  Application: "application { id candidate { id } job { id } }",
};

export type Upserted = keyof typeof OBJECTS;

const documentOf = (noun: Upserted): string =>
  `mutation ($input: Upsert${noun}sInput!) { upsert${noun}s(input: $input) {
    results { externalId outcome ${OBJECTS[noun]} userErrors { code field message } } userErrors { code field message } } }`;

/** Sends items as a system does. */
export async function upsert(
  api: Api,
  who: Signer | string,
  noun: Upserted,
  items: readonly object[],
  system = "ats",
): Promise<{ results: Result[] | null; userErrors: Fault[] }> {
  const { data, errors } = await api.send(who, documentOf(noun), { input: { system, items } });
  expect(errors).toBeUndefined();
  return data[`upsert${noun}s`];
}

/** What came of each item, with the codes of what is wrong with it. */
export const outcomes = ({ results }: { results: Result[] | null }): string[] =>
  results!.map(({ outcome, userErrors }) => [outcome, ...userErrors.map(({ code }) => code)].join(" "));
