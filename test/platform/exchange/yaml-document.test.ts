import { readDocument } from "../../../src/platform/exchange/yaml-document";
import { MOST_LINES } from "../../../src/platform/exchange/yaml-tokens";

const faultsOf = async (text: string): Promise<string[]> => {
  const read = await readDocument(text);
  return "faults" in read ? read.faults.map(({ line, message }) => `${line}: ${message}`) : [];
};

const choice = (index: number): string => `  - key: q${index}
    kind: SINGLE_CHOICE
    bank: bank
    skills: [sql, joins]
    level: MIDDLE
    difficulty: 3
    minutes: 3
    tags: [a, b]
    stem: Which of these is it, number ${index}?
    options:
      - text: This one is right
        right: true
      - text: This one is not
      - text: Nor is this one
      - text: Neither is this
`;

test("10,000 short choices, which have the most lines and words of all real files, are read", async () => {
  const text = `assay: 1\nquestions:\n${Array.from({ length: 10_000 }, (_, index) => choice(index)).join("")}`;
  expect(await faultsOf(text)).toEqual([]);
});

test("the last line that is read is the 200,000th", async () => {
  const lines = (count: number) => "#\n".repeat(count);
  expect(await faultsOf(lines(MOST_LINES))).toEqual([]);
  expect(await faultsOf(`${lines(MOST_LINES - 1)}#`)).toEqual([]);
  const wanted = ["200000: the file goes on behind line 200,000, which is the last that is read: split it"];
  for (const text of [`${lines(MOST_LINES)}#`, lines(MOST_LINES + 1), lines(1_000_000)]) {
    expect(await faultsOf(text)).toEqual(wanted);
  }
});

test("more words than are read are refused where they begin", async () => {
  const row = `- [${"1,".repeat(40)}]\n`;
  const [fault, ...others] = await faultsOf(row.repeat(40_000));
  const line = Number(
    /^(\d+): up to here the file has more words and signs than are read: split it$/.exec(fault!)?.[1],
  );
  // 1,500,000 words and signs; 124 a line, of which marks of scalars are 40.
  expect(line).toBeGreaterThan(10_000);
  expect(line).toBeLessThan(15_000);
  expect(others).toEqual([]);
});

test.each([
  ["commas in brackets", "- [,,,,]\n", "Unexpected , in flow sequence"],
  ["brackets that close nothing", "- ]\n", "Unexpected flow-seq-end token in YAML stream"],
])("of 100,000 lines of %s the first ten faults are told, with their lines", async (_, row, message) => {
  const faults = await faultsOf(row.repeat(100_000));
  expect(faults).toHaveLength(10);
  expect(faults[0]).toContain(`1: ${message}`);
});
