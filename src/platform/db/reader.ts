import type { Actor } from "../actor";
import type { Class } from "../class";
import type { Database } from "./database";
import type { Model } from "./model";
import type { Bind } from "./nouns";
import type { OrganizationRow } from "./row";

/** Whatever can read rows as a viewer: an operation, or a transaction within it. */
export interface Reader<V extends Actor = Actor> {
  readonly viewer: V;
  readonly model: Model;
  all<R>(text: string, values?: readonly unknown[]): Promise<R[]>;
}

/** A statement in the making: its values in order. */
export function binding(): { values: unknown[]; bind: Bind } {
  const values: unknown[] = [];
  return { values, bind: (value) => `$${values.push(value)}` };
}

/** The condition under which the reader's viewer sees a row `t` of the noun. */
export function sightOf(reader: Reader, entity: Class<OrganizationRow>, bind: Bind): string {
  const { visible, isFor } = reader.model.noun(entity);
  if (isFor && !isFor(reader.viewer)) return "false";
  if (typeof visible === "function") return visible(reader.viewer as never, bind);
  const whole = sightOf(reader, visible.entity, bind);
  const only = visible.only(reader.viewer as never, bind);
  // Each part has its whole: whoever sees all of those need not ask which.
  if (whole === "true") return only;
  const by = reader.model.table(entity).columns.get(visible.by);
  return `t.${by} in (select t.id from ${reader.model.table(visible.entity).name} t where ${whole}) and (${only})`;
}

/** `select` over the rows `t` of a noun that the viewer sees. `tail` is order, limit and lock. */
export function visibleRows<E extends OrganizationRow>(
  reader: Reader,
  entity: Class<E>,
  where: (bind: Bind) => string,
  tail = "",
): Promise<E[]> {
  const { values, bind } = binding();
  const table = reader.model.table(entity);
  const condition = `${where(bind)} and (${sightOf(reader, entity, bind)})`;
  return reader.all<E>(`select ${table.select} from ${table.name} t where ${condition} ${tail}`, values);
}

/** `select` over all rows `t` of a table in the organisation: for rules that count what their viewer does not see. */
export function allRows<E extends OrganizationRow>(
  reader: Pick<Reader, "model" | "all">,
  entity: Class<E>,
  where: (bind: Bind) => string,
  tail = "",
): Promise<E[]> {
  const { values, bind } = binding();
  const table = reader.model.table(entity);
  return reader.all<E>(`select ${table.select} from ${table.name} t where ${where(bind)} ${tail}`, values);
}

/** Reads as an organisation, before anybody is known to act in it. */
export const organizationReader = (
  { model, read }: Database,
  organizationId: string,
): Pick<Reader, "model" | "all"> => ({ model, all: (text, values = []) => read(organizationId, text, values) });
