import type { DataSource } from "typeorm";

/** By the pool and the organisation. */
const counts = new WeakMap<DataSource, Map<string, number>>();

/** How often this server has changed something of an organisation: what it read before the last time may have changed. */
export const changesOf = (dataSource: DataSource, organizationId: string): number =>
  counts.get(dataSource)?.get(organizationId) ?? 0;

export function noteChange(dataSource: DataSource, organizationId: string): void {
  const known = counts.get(dataSource) ?? new Map<string, number>();
  counts.set(dataSource, known.set(organizationId, (known.get(organizationId) ?? 0) + 1));
}
