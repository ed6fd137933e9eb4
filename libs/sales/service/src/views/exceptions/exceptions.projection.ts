import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import { exceptionRaisedBy, exceptionsEndedBy, type RaisedException, type SalesOrderEvent } from '@stockproof/sales-domain';
import type { Statement } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import { unnested, type Column } from '../sales-orders/unnested';

type End = {
  readonly account: string;
  readonly orderId: string;
  readonly name: string | null;
  readonly allOf: string | null;
  readonly by: RecordedEvent;
};
type Row = RaisedException & {
  readonly account: string;
  readonly orderId: string;
  readonly raised: RecordedEvent;
  end: RecordedEvent | null;
};

const reasonOf = ({ type, data }: RecordedEvent): string =>
  type === 'ExceptionSettled' && typeof data['reason'] === 'string' ? data['reason'] : 'it went well later';

const rowColumns: readonly Column<Row>[] = [
  ['account_id', 'uuid', (row) => row.account],
  ['order_id', 'uuid', (row) => row.orderId],
  ['name', 'text', (row) => row.name],
  ['exception_id', 'uuid', (row) => derivedId('exception', row.orderId, row.name)],
  ['kind', 'text', (row) => row.kind],
  ['shipment_id', 'uuid', (row) => row.shipmentId],
  ['message', 'text', (row) => row.message],
  ['raised_at', 'timestamptz', (row) => row.raised.recordedAt],
  ['settled_at', 'timestamptz', (row) => row.end?.recordedAt ?? null],
  ['settled_by', 'text', (row) => row.end?.meta.actor ?? null],
  ['reason', 'text', (row) => (row.end === null ? null : reasonOf(row.end))],
  ['position', 'text', (row) => (row.end ?? row.raised).position],
];

const endColumns: readonly Column<End>[] = [
  ['account_id', 'uuid', (end) => end.account],
  ['order_id', 'uuid', (end) => end.orderId],
  ['name', 'text', (end) => end.name],
  ['all_of', 'text', (end) => end.allOf],
  ['settled_at', 'timestamptz', (end) => end.by.recordedAt],
  ['settled_by', 'text', (end) => end.by.meta.actor],
  ['reason', 'text', (end) => reasonOf(end.by)],
  ['position', 'text', (end) => end.by.position],
];

const ends = (end: End, row: Pick<Row, 'account' | 'orderId' | 'name'>): boolean =>
  row.account === end.account &&
  row.orderId === end.orderId &&
  (row.name === end.name || (end.allOf !== null && row.name.startsWith(end.allOf)));

type Folded = { readonly rows: Map<string, Row>; readonly endings: Map<string, End> };

/** Folds a batch in the order of the log: rows that it raised as they stand after it, and what it ended of earlier rows, the first end first. */
const hear = ({ rows, endings }: Folded, recorded: RecordedEvent): void => {
  const event = { type: recorded.type, data: recorded.data } as SalesOrderEvent;
  const of = { account: recorded.meta.accountId ?? '', orderId: event.data.orderId };
  const raised = exceptionRaisedBy(event);
  if (raised !== null) rows.set(`${of.account} ${of.orderId} ${raised.name}`, { ...raised, ...of, raised: recorded, end: null });
  const ended = exceptionsEndedBy(event);
  if (ended === null) return;
  const end: End = { ...of, name: null, allOf: null, ...ended, by: recorded };
  for (const row of rows.values()) if (row.end === null && ends(end, row)) row.end = recorded;
  const key = `${of.account} ${of.orderId} ${end.name ?? end.allOf}`;
  if (!endings.has(key)) endings.set(key, end);
};

const project = (events: readonly RecordedEvent[]): readonly Statement[] => {
  const folded: Folded = { rows: new Map(), endings: new Map() };
  for (const event of events) hear(folded, event);
  const { rows, endings } = folded;
  return [
    unnested(
      endColumns,
      [...endings.values()],
      (
        u,
      ) => `update sales_exceptions_v1 e set settled_at = u.settled_at, settled_by = u.settled_by, reason = u.reason, position = u.position
                from ${u} where e.account_id = u.account_id and e.order_id = u.order_id and e.settled_at is null
                 and (e.name = u.name or starts_with(e.name, u.all_of))`,
    ),
    unnested(
      rowColumns,
      [...rows.values()],
      (
        u,
      ) => `insert into sales_exceptions_v1 (account_id, order_id, name, exception_id, kind, shipment_id, message, raised_at, settled_at, settled_by, reason, position)
              select u.* from ${u}
              on conflict (account_id, order_id, name) do update set message = excluded.message, raised_at = excluded.raised_at, settled_at = excluded.settled_at,
                settled_by = excluded.settled_by, reason = excluded.reason, position = excluded.position`,
    ),
  ];
};

/** What people have to look at: exports that failed, shops that refused, warehouses that contradict. */
export const exceptionsProjection: Projection = {
  name: 'exceptions',
  version: 1,
  ddl: readFileSync(join(__dirname, 'exceptions.sql'), 'utf8'),
  handles: [
    'ShipmentExportFailed',
    'ShipmentConflictFound',
    'ShopRefused',
    'ShipmentAcceptedByWarehouse',
    'ShipmentUnitsLeft',
    'ShipmentCancelled',
    'ShopTold',
    'ExceptionSettled',
  ],
  project,
};
