import type { OrganizationRow } from "./row";

/** What rows are ordered by before their id. */
export interface Term {
  /** The name under which a row carries the value: a property of its, or one that the list adds. */
  readonly as: string;
  /** SQL over the row `t`, never null; where it is left out, the property's column. */
  readonly sql?: string;
  /** What a cursor may hold for it. An instant is to the millisecond, or infinite. */
  readonly type: "text" | "integer" | "real" | "double" | "instant";
}

/** An order of a list: by its terms, all in one direction, and then by the id. */
export interface Order {
  /** Stands in the cursors, so that those of another order are refused; empty for a noun's own order. */
  readonly name: string;
  readonly terms: readonly Term[];
  readonly descending: boolean;
}

/** The order that a noun was declared with. */
export const ownOrder = ({ orderBy, descending }: { orderBy: string | null; descending: boolean }): Order => ({
  name: "",
  terms: orderBy ? [{ as: orderBy, type: "text" }] : [],
  descending,
});

const isCanonical = (value: string): boolean => String(Number(value)) === value;

/** The 31st of February is read as a day of March. */
function isInstant(value: string): boolean {
  const date = new Date(value);
  return !Number.isNaN(date.getTime()) && date.toISOString() === value;
}

/** Whether PostgreSQL reads the text as a value of the type. */
export const fits: Readonly<Record<Term["type"], (value: string) => boolean>> = {
  text: (value) => !value.includes("\0"),
  integer: (value) => isCanonical(value) && Math.abs(Number(value)) < 2 ** 31 && !/[.e]/.test(value),
  real: (value) => {
    const nearest = Math.fround(Number(value));
    return isCanonical(value) && Number.isFinite(nearest) && (nearest !== 0 || Number(value) === 0);
  },
  double: (value) => isCanonical(value) && Number.isFinite(Number(value)),
  instant: (value) =>
    /^-?Infinity$/.test(value) || (/^[1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value) && isInstant(value)),
};

const text = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

/** Where a row stands in an order, as a cursor tells it. */
export const placeOf = ({ terms }: Order, row: OrganizationRow): string[] => [
  ...terms.map(({ as }) => text(row[as as "id"])),
  row.id,
];
