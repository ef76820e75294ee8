import { Refusal } from "../errors";
import { mendable } from "../graphql/user-errors";
import { type Done, type FileItem, type ImportRun, type ItemFault, refused, refusedAt, repetition } from "./section";

/** What is there already of a kind of thing that has a key and a name of its own. */
export interface Known<Item> {
  id: string;
  item: Item;
  /** What a draft beside it says; undefined: there is none. */
  draft?: Item | undefined;
}

interface Keyed<Item> {
  /** What a reader calls it: "rubric". */
  what: string;
  /** All that is there, as an export says it; its key is the external key or the id. */
  known: readonly Known<Item>[];
  /** Keys of what was taken out of use here, and is not to come back by itself. */
  retired?: ReadonlySet<string>;
  /** The item with whatever does not count in one order, so that two that say the same are equal. */
  normal?(item: Item): Item;
  /** Whether something that the item names was changed by this import, so that it must be written anew. */
  isOutdated?(id: string): boolean;
  /** Path within the item for a path of the API's input. */
  pathOf(field: readonly string[]): string;
  create(item: Item): Promise<string>;
  /** Whether anything was changed by it. */
  update(id: string, item: Item): Promise<boolean>;
}

/** Writes items one by one; where one cannot be written, it alone is refused. */
export async function writeKeyed<Item extends Named>(
  run: ImportRun,
  items: readonly FileItem<Item>[],
  keyed: Keyed<Item>,
): Promise<Done[]> {
  const known = new Directory(keyed.known);
  const lineOfKey = new Map<string, number>();
  const done: Done[] = [];
  for (const file of items) {
    const again = repetition(lineOfKey, file.value!.key, file.line);
    done.push(again ? refusedAt(file, "key", again) : await writeOne(run, file, known, keyed));
    run.advance(1);
  }
  return done;
}

type Named = { key: string; name: string };

/** What is there, by key and by name, as the import goes on. */
class Directory<Item extends Named> {
  readonly #byKey = new Map<string, Known<Item>>();
  readonly #keyOfName = new Map<string, string>();

  constructor(known: readonly Known<Item>[]) {
    for (const each of known) this.set(each);
  }

  set(known: Known<Item>): void {
    const { key, name } = known.item;
    const before = this.#byKey.get(key)?.item.name;
    if (before !== undefined) this.#keyOfName.delete(before);
    this.#byKey.set(key, known);
    this.#keyOfName.set(name, key);
  }

  get(key: string): Known<Item> | undefined {
    return this.#byKey.get(key);
  }

  /** The key of another item of the name; undefined: the name is free. */
  namesake({ key, name }: Item): string | undefined {
    const found = this.#keyOfName.get(name);
    return found === key ? undefined : found;
  }
}

async function writeOne<Item extends Named>(
  run: ImportRun,
  file: FileItem<Item>,
  known: Directory<Item>,
  keyed: Keyed<Item>,
): Promise<Done> {
  const item = file.value!;
  if (keyed.retired?.has(item.key)) {
    const message = "it was retired here: edit it to bring it back";
    return { outcome: "IGNORED", id: null, faults: [{ line: file.lineAt("key"), path: "key", message }] };
  }
  const there = known.get(item.key);
  const namesake = known.namesake(item);
  if (namesake !== undefined) {
    const message = `a ${keyed.what} of the name "${item.name}" is there already, under the key \`${namesake}\``;
    return refusedAt(file, "name", message);
  }
  const said = (one: Item): string => textOf(keyed.normal?.(one) ?? one);
  const isSaid = there && [there.item, there.draft].some((each) => each && said(each) === said(item));
  const isSame = isSaid && !keyed.isOutdated?.(there.id);
  if (isSame) return { outcome: "UNCHANGED", id: there.id, faults: [] };
  try {
    const isChanged = there ? await run.tx.apart(() => keyed.update(there.id, item)) : true;
    const id = there ? there.id : await run.tx.apart(() => keyed.create(item));
    known.set({ id, item });
    if (!isChanged) return { outcome: "UNCHANGED", id, faults: [] };
    run.written.add(id);
    return { outcome: there ? "UPDATED" : "CREATED", id, faults: [] };
  } catch (error) {
    return refused(...faultsOf(error, file, keyed));
  }
}

/** @throws the error where the file has no part in it */
function faultsOf<Item>(error: unknown, file: FileItem<Item>, { pathOf }: Keyed<Item>): ItemFault[] {
  const faults = error instanceof Refusal ? error.faults : mendable(error);
  if (!faults) throw error;
  return faults.map(({ field, message }) => {
    const path = field?.[0] === "externalKey" ? "key" : pathOf(field ?? []);
    return { line: file.lineAt(path), path, message };
  });
}

/** The same text for what says the same: keys in order, without what is not said. */
const textOf = (value: unknown): string =>
  JSON.stringify(value, (_, each) => {
    if (each === null) return undefined;
    if (typeof each !== "object" || Array.isArray(each)) return each;
    const entries = Object.entries(each).filter(([, inner]) => !(Array.isArray(inner) && inner.length === 0));
    return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
  });
