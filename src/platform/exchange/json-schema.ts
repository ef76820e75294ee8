import { z } from "zod";
import { allSections } from "./section";
import { FORMAT_VERSION } from "./yaml-file";

/** The JSON Schema of the public format, for editors and for other programs. */
export function bankSchema(): object {
  const sections = allSections().map(({ name, description, shape }) => {
    const { $schema: _, ...items } = z.toJSONSchema(shape, { io: "input" });
    return [name, { description, type: "array", items }] as const;
  });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Assay bank file",
    description:
      "Question banks, rubrics, role profiles and interview kits, as Assay imports and exports them in YAML.",
    type: "object",
    required: ["assay"],
    additionalProperties: false,
    properties: {
      assay: { description: "Version of the format.", const: FORMAT_VERSION },
      ...Object.fromEntries(sections),
    },
  };
}
