import type { Class } from "../platform/class";
import { allRows } from "../platform/db/reader";
import type { OrganizationRow } from "../platform/db/row";
import type { Fresh, Tx } from "../platform/db/tx";
import { movedTo, type PublicationState } from "./publication.rules";
import { QuestionAuthor, QuestionVersion } from "./question.entity";
import { RubricAuthor, RubricVersion } from "./rubric.entity";

/*
 * What questions and rubrics have in common: both are published in versions, by others than their authors.
 */

type Version = OrganizationRow & { number: number; state: PublicationState };
type Author = OrganizationRow & { memberId: string };

interface Publication<V extends Version> {
  version: Class<V>;
  /** Property of a version that names what it is a version of. */
  of: keyof V & string;
  author: Class<Author>;
  /** Property of an author's tie that names the version. */
  by: string;
}

export const QUESTIONS: Publication<QuestionVersion> = {
  version: QuestionVersion,
  of: "questionId",
  author: QuestionAuthor,
  by: "questionVersionId",
};

export const RUBRICS: Publication<RubricVersion> = {
  version: RubricVersion,
  of: "rubricId",
  author: RubricAuthor,
  by: "rubricVersionId",
};

const columnOf = ({ model }: Tx, entity: Class, property: string): string =>
  `t.${model.table(entity).columns.get(property)}`;

/** The newest version of what was claimed. */
export async function latestVersion<V extends Version>(
  tx: Tx,
  { version, of }: Publication<V>,
  { id, latestNumber }: { id: string; latestNumber: number },
): Promise<V> {
  const [latest] = await allRows(
    tx,
    version,
    (bind) => `${columnOf(tx, version, of)} = ${bind(id)} and t.number = ${bind(latestNumber)}`,
  );
  return latest!;
}

/** Retires the READY version of what was claimed, where there is one. */
export async function retireReady<V extends Version>(
  tx: Tx,
  { version, of }: Publication<V>,
  { id }: { id: string },
): Promise<V | null> {
  const [ready] = await allRows(
    tx,
    version,
    (bind) => `${columnOf(tx, version, of)} = ${bind(id)} and t.state = 'READY'`,
  );
  return ready ? tx.change(ready, movedTo(ready, "RETIRED") as Partial<V>) : null;
}

/** Ids of the members who wrote in a version. */
export async function authorIdsOf<V extends Version>(
  tx: Tx,
  { author, by }: Publication<V>,
  { id }: V,
): Promise<string[]> {
  const authors = await allRows(tx, author, (bind) => `${columnOf(tx, author, by)} = ${bind(id)}`);
  return authors.map(({ memberId }) => memberId);
}

/** Ties versions to whoever writes in them now. The server's own work has no author, so that anybody may review it. */
export async function addAuthor<V extends Version>(
  tx: Tx,
  { author, by }: Publication<V>,
  versionIds: readonly string[],
): Promise<void> {
  const { kind, id: memberId } = tx.viewer;
  if (kind !== "MEMBER" || memberId === null) return;
  const where = (bind: (value: unknown) => string) =>
    `${columnOf(tx, author, by)} = any(${bind(versionIds)}) and t.member_id = ${bind(memberId)}`;
  const known = new Set((await allRows(tx, author, where)).map((tie) => tie[by as "id"]));
  const fresh = versionIds.filter((id) => !known.has(id)).map((id) => ({ [by]: id, memberId }));
  await tx.insertAll(author, fresh as unknown as Fresh<Author>[]);
}
