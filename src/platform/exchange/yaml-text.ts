import { Document, isMap, isSeq } from "yaml";
import { FORMAT_VERSION } from "./yaml-file";

/** Without what is not said: the format gives it back when the file is read. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value)
    .filter(([, each]) => each !== undefined && each !== null && !(Array.isArray(each) && each.length === 0))
    .map(([key, each]) => [key, said(each)]);
  return Object.fromEntries(entries);
}

/** Items by section, as a file of the public format: an empty line between two items, texts as blocks. */
export function writeYaml(sections: readonly { name: string; items: readonly object[] }[]): string {
  const filled = sections.filter(({ items }) => items.length > 0);
  const document = new Document(
    {
      assay: FORMAT_VERSION,
      ...Object.fromEntries(filled.map(({ name, items }) => [name, said(items)])),
    },
    { aliasDuplicateObjects: false },
  );
  if (isMap(document.contents)) {
    for (const { value } of document.contents.items) {
      if (isSeq(value)) for (const item of value.items.slice(1)) if (isMap(item)) item.spaceBefore = true;
    }
  }
  return document.toString({ lineWidth: 0, blockQuote: "literal" });
}
