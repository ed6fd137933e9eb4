import type { Checked } from '../checking/check';
import type { Said, SaidLevel } from '../checking/said';

export type Table = {
  readonly ordersByStatus: Readonly<Record<string, number>>;
  readonly stock: readonly {
    readonly warehouse: string;
    readonly total: number;
    readonly allocated: number;
    readonly held: number;
    readonly incoming: number;
    readonly available: number;
  }[];
  readonly notTaken: readonly { readonly shop: string; readonly number: string; readonly state: string; readonly why: string }[];
  readonly invariants: readonly Checked[];
};

const countBy = (names: readonly string[]): Readonly<Record<string, number>> =>
  Object.fromEntries([...Map.groupBy(names.toSorted(), (name) => name)].map(([name, same]) => [name, same.length]));

const stockOf = (levels: readonly SaidLevel[]): Table['stock'] =>
  [...Map.groupBy(levels, ({ warehouse }) => warehouse)]
    .map(([warehouse, ofWarehouse]) => {
      const sum = (quantity: 'total' | 'allocated' | 'held' | 'incoming' | 'available') =>
        ofWarehouse.reduce((all, level) => all + level[quantity], 0);
      return {
        warehouse,
        total: sum('total'),
        allocated: sum('allocated'),
        held: sum('held'),
        incoming: sum('incoming'),
        available: sum('available'),
      };
    })
    .toSorted((one, other) => (one.warehouse < other.warehouse ? -1 : 1));

/** What a run ended with: nothing in it depends on when it ran or on ids that were made. */
export const tableOf = (said: Said, invariants: readonly Checked[]): Table => ({
  ordersByStatus: countBy(said.orders.map(({ status, backordered }) => (backordered ? `${status}, back-ordered` : status))),
  stock: stockOf(said.levels),
  notTaken: said.incoming
    .filter(({ state }) => state !== 'taken')
    .map(({ shop, number, state, codes }) => ({ shop, number, state, why: codes.join(', ') }))
    .toSorted((one, other) => (one.shop + one.number < other.shop + other.number ? -1 : 1)),
  invariants,
});

const columns = (rows: readonly (readonly string[])[]): string => {
  const widths = rows[0]?.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      `  ${row.map((text, at) => (at === 0 ? text.padEnd(widths[at] ?? 0) : text.padStart(widths[at] ?? 0))).join('   ')}`.trimEnd(),
    )
    .join('\n');
};

const mark = ({ name, holds, faults }: Checked): string =>
  holds
    ? `  ✓ ${name}`
    : [
        `  ✗ ${name}`,
        ...faults.slice(0, 5).map((fault) => `      ${fault}`),
        ...(faults.length > 5 ? [`      and ${faults.length - 5} more`] : []),
      ].join('\n');

/** The table as people read it. */
export const printed = ({ ordersByStatus, stock, notTaken, invariants }: Table, seconds: number): string =>
  [
    'Orders',
    columns(Object.entries(ordersByStatus).map(([status, count]) => [status, String(count)])),
    '',
    'Stock, units',
    columns([
      ['warehouse', 'on hand', 'allocated', 'held', 'incoming', 'available'],
      ...stock.map(({ warehouse, total, allocated, held, incoming, available }) => [
        warehouse,
        ...[total, allocated, held, incoming, available].map(String),
      ]),
    ]),
    '',
    'Not taken, and why',
    columns(notTaken.map(({ shop, number, state, why }) => [`${shop} ${number}`, state, why])),
    '',
    'What must hold, from files and journal',
    ...invariants.map(mark),
    '',
    `${invariants.filter(({ holds }) => holds).length} of ${invariants.length} hold; it took ${seconds.toFixed(0)} s`,
  ].join('\n');
