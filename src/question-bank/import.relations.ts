import { Member } from "../identity/member.entity";
import { everyone, noun, one } from "../platform/db/nouns";
import { Import } from "./import.entity";

export const imports = noun(Import, { visible: everyone, descending: true });

export const starterOfImport = one(Import, "startedBy", Member, {
  by: "startedById",
  description: "Who started it; null: the server itself, for a new organisation.",
});
