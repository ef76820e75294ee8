import { getOperationAST, parse, print } from "graphql";
import { ChosenDocuments } from "../../../src/platform/graphql/chosen-documents";

const flat = (text: string): string => text.replace(/\s+/g, " ");

function choosing(text: string, name?: string) {
  const [document, documents] = [parse(text), new ChosenDocuments()];
  const operation = getOperationAST(document, name)!;
  return (variables: Record<string, unknown>) => documents.of(document, operation, variables);
}

const textOf = (chosen: ReturnType<ReturnType<typeof choosing>>) => chosen && flat(print(chosen.document)).trim();

test("a document without conditions is chosen as it is", () => {
  const document = parse("{ a }");
  const operation = getOperationAST(document)!;
  expect(new ChosenDocuments().of(document, operation, {})).toEqual({ document, operation });
});

test("what is left out is gone, and what stays bears no condition", () => {
  const chosen = choosing(
    "query Q($x: Boolean!) { a @skip(if: $x) b @include(if: $x) @tag ...F @include(if: false) ... @skip(if: false) { c } } fragment F on T { d @skip(if: $x) }",
  );
  expect(textOf(chosen({ x: true }))).toBe("query Q($x: Boolean!) { b @tag ... { c } } fragment F on T");
  expect(textOf(chosen({ x: false }))).toBe("query Q($x: Boolean!) { a ... { c } } fragment F on T { d }");
});

test("the same choice is the same document, so that it is compiled once", () => {
  const chosen = choosing("query ($x: Boolean!) { a @skip(if: $x) b }");
  expect(chosen({ x: true })).toBe(chosen({ x: true, other: 1 }));
  expect(chosen({ x: true })).not.toBe(chosen({ x: false }));
});

test("a condition that is neither true nor false is left to graphql-js, which refuses it", () => {
  const chosen = choosing("query ($x: Boolean = true) { a @skip(if: $x) b }");
  expect(chosen({ x: null })).toBeNull();
});

test("conditions of other operations in the document are no matter", () => {
  const chosen = choosing("query A { a } query B($x: Boolean!) { b @skip(if: $x) }", "A");
  expect(chosen({})!.operation.name!.value).toBe("A");
});

test("no more than eight ways of one operation are kept", () => {
  const names = ["a", "b", "c", "d"];
  const chosen = choosing(
    `query (${names.map((name) => `$${name}: Boolean!`)}) { z ${names.map((name) => `${name} @skip(if: $${name})`).join(" ")} }`,
  );
  const ways = Array.from({ length: 16 }, (_, way) =>
    chosen(Object.fromEntries(names.map((name, bit) => [name, (way & (1 << bit)) > 0]))),
  );
  expect(ways.map((way) => way !== null)).toEqual([...Array(8).fill(true), ...Array(8).fill(false)]);
});
