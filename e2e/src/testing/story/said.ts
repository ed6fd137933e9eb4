import type { LoggedEvent } from './logs';

/** Ids of warehouses to the names that people gave them. */
export type Names = ReadonlyMap<string, string>;

type Units = { readonly sku: string; readonly quantity?: number; readonly shipped?: number; readonly warehouseId?: string | null };
type Change = { readonly warehouseId: string; readonly at: string } & { readonly [name: string]: number | string };
type Said = {
  readonly sku?: string;
  readonly changes?: readonly Change[];
  readonly warehouseId?: string | null;
  readonly units?: readonly Units[];
  readonly lines?: readonly Units[];
  readonly wanted?: { readonly lines: readonly Units[] };
  readonly complete?: boolean;
};

/** What an event says, in a few words that are the same whenever the story is told. */
export const saidBy = (event: LoggedEvent, names: Names): string => {
  const said = event.data as Said;
  const at = (warehouseId: string | null | undefined): string => (warehouseId == null ? '' : (names.get(warehouseId) ?? 'elsewhere'));
  if (said.changes !== undefined)
    return said.changes
      .map((change) => `${said.sku} at ${at(change.warehouseId)}: ${signed(change)}`)
      .sort()
      .join('; ');
  const units = (said.units ?? said.lines ?? said.wanted?.lines ?? []).map((each) =>
    unitsOf(each, at(each.warehouseId ?? said.warehouseId)),
  );
  return [...units.sort(), ...(said.complete === true ? ['complete'] : [])].join(', ');
};

const unitsOf = ({ sku, quantity, shipped }: Units, warehouse: string): string => {
  const where = warehouse === '' ? '' : ` at ${warehouse}`;
  if (quantity !== undefined) return `${quantity} ${sku}${where}`;
  return shipped === undefined ? `${sku}${where}` : `${shipped} ${sku}${where} so far`;
};

const signed = (change: Change): string =>
  Object.entries(change)
    .flatMap(([name, by]) => (typeof by === 'number' ? [`${name} ${by > 0 ? '+' : '−'}${Math.abs(by)}`] : []))
    .join(', ');
