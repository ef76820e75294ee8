import type { FieldNode } from "graphql";
import type { Class } from "../class";
import type { Wanted } from "../db/wanted";

/** What is asked of rows of a noun. */
export type WantedOf = (noun: Class) => Wanted;

/** What is asked of the rows of a root field that PostgreSQL writes, by the field's node. */
export const writtenWanted = new WeakMap<FieldNode, WantedOf>();
