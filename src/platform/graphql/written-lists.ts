/** A page of which PostgreSQL has written the rows: what stands around them is put around them here. */
import type { FieldNode } from "graphql";
import type { Class } from "../class";
import type { Rows } from "../db/span";
import { Unwritten, type Writing, type WrittenRow } from "../db/writing";
import type { Page } from "./connection";
import { fieldsByKey, rootWritingOf, type Selecting } from "./written-rows";
import { listed } from "./written-text";

type Write<T> = (value: T) => string;

interface Read {
  readonly page: Page;
  readonly found: Rows;
  /** Null where it is not asked for. */
  readonly total: number | null;
}

interface Edge extends Pick<Read, "page"> {
  readonly row: WrittenRow;
}

/** How a list is answered. */
export interface ListWriting {
  /** Of its rows. */
  readonly writing: Writing;
  readonly isCounted: boolean;
  /** Nothing is asked about a single row, nor about what comes before and after the page. */
  readonly isTogether: boolean;
  readonly write: Write<Read>;
}

/** The JSON of a page. @throws Unwritten */
export async function writtenPage(page: Page, { isCounted, write }: ListWriting): Promise<string> {
  const found = await page.rows();
  const rows = found.rows as readonly Partial<WrittenRow>[];
  if (rows.some(({ written }) => written === undefined)) throw new Unwritten("a list that reads its rows by itself");
  const [row] = rows;
  // No row tells it where the page is empty.
  const total = isCounted ? (row?.total ?? (await page.parts.counted())) : null;
  return write({ page, found, total });
}

const writtenRows = ({ found }: Read) => found.rows as WrittenRow[];

/** Null: it asks for something that must be made by hand, or for rows in more than one way. */
export function listWritingOf(selecting: Selecting, noun: Class, field: FieldNode): ListWriting | null {
  const fields = fieldsByKey(selecting, null, [field.selectionSet])!;
  const named = (name: string, among: Iterable<FieldNode[]>) =>
    [...among].filter(([node]) => node!.name.value === name);
  const edges = named("edges", fields.values()).map((nodes) => inner(selecting, nodes));
  const rows = [...named("nodes", fields.values()), ...edges.flatMap((each) => named("node", each.values()))];
  if (rows.length !== 1) return null;
  const writing = rootWritingOf(
    selecting,
    noun,
    rows[0]!.map(({ selectionSet }) => selectionSet),
  );
  if (!writing) return null;
  const isCounted = named("totalCount", fields.values()).length > 0;
  const isTogether = edges.length === 0 && named("pageInfo", fields.values()).length === 0;
  return { writing, isCounted, isTogether, write: objectOf(selecting, fields, listKeys(noun.name)) };
}

const inner = (selecting: Selecting, nodes: readonly FieldNode[]) =>
  fieldsByKey(
    selecting,
    null,
    nodes.map(({ selectionSet }) => selectionSet),
  )!;

/** How a field of an object is written, by its name. */
type Keys<T> = Readonly<Record<string, (selecting: Selecting, nodes: readonly FieldNode[]) => Write<T>>>;

/** An object with the fields in their order. */
function objectOf<T>(selecting: Selecting, fields: ReadonlyMap<string, FieldNode[]>, keys: Keys<T>): Write<T> {
  const parts = [...fields].map(([key, nodes]) => ({
    key: `${JSON.stringify(key)}:`,
    write: keys[nodes[0]!.name.value]!(selecting, nodes),
  }));
  return (value) => `{${listed(parts, ({ key, write }) => key + write(value))}}`;
}

const always = (value: unknown) => () => () => JSON.stringify(value);

const listKeys = (noun: string): Keys<Read> => ({
  __typename: always(`${noun}Connection`),
  totalCount:
    () =>
    ({ total }) =>
      String(total),
  nodes: () => (read) => `[${listed(writtenRows(read), ({ written }) => written)}]`,
  edges: (selecting, nodes) => {
    const edge = objectOf(selecting, inner(selecting, nodes), edgeKeys(noun));
    return (read) => `[${listed(writtenRows(read), (row) => edge({ row, page: read.page }))}]`;
  },
  pageInfo: (selecting, nodes) => {
    const info = objectOf(selecting, inner(selecting, nodes), INFO_KEYS);
    return ({ page, found }) => info(page.info(found));
  },
});

const edgeKeys = (noun: string): Keys<Edge> => ({
  __typename: always(`${noun}Edge`),
  cursor:
    () =>
    ({ row, page }) =>
      JSON.stringify(page.parts.cursorOf(row)),
  node:
    () =>
    ({ row }) =>
      row.written,
});

type Info = ReturnType<Page["info"]>;

const told = (name: keyof Info) => () => (info: Info) => JSON.stringify(info[name]);

const INFO_KEYS: Keys<Info> = {
  __typename: always("PageInfo"),
  hasNextPage: told("hasNextPage"),
  hasPreviousPage: told("hasPreviousPage"),
  startCursor: told("startCursor"),
  endCursor: told("endCursor"),
};
