import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedEvent } from '@stockproof/event-store';
import type { Projection } from '@stockproof/projections';
import type { SalesOrderEvent } from '@stockproof/sales-domain';
import type { Statement } from '@stockproof/sql';
import { unnested, type Column } from '../sales-orders/unnested';

type Of<Type extends SalesOrderEvent['type']> = RecordedEvent & { readonly data: Extract<SalesOrderEvent, { type: Type }>['data'] };

/** The next thing that became of a move. Of its attempt, or, where only the shipment is named, of the move that it is in. */
type Step = {
  readonly account: string | null;
  readonly orderId: string;
  readonly shipmentId: string;
  readonly status: 'waits-for-warehouse' | 'moved' | 'refused';
  readonly because: string | null;
  readonly toShipmentId: string | null;
  readonly endedAt: string | null;
};

const stepOf = (event: RecordedEvent): readonly Step[] => {
  const said = { type: event.type, data: event.data } as SalesOrderEvent;
  if (!('shipmentId' in said.data)) return [];
  const { orderId, shipmentId, decidedAt } = said.data;
  const of = { account: event.meta.accountId, orderId, shipmentId, because: null, toShipmentId: null, endedAt: decidedAt };
  switch (said.type) {
    case 'ShipmentMovePromised':
      return [{ ...of, status: 'waits-for-warehouse', endedAt: null }];
    case 'ShipmentMoveRefused':
      return [{ ...of, status: 'refused', because: said.data.because }];
    case 'ShipmentCancelled':
      return said.data.moved ? [{ ...of, status: 'moved', toShipmentId: said.data.moved.toShipmentId }] : [];
    default:
      return [];
  }
};

const askedColumns: readonly Column<Of<'ShipmentMoveAsked'>>[] = [
  ['account_id', 'uuid', ({ meta }) => meta.accountId],
  ['order_id', 'uuid', ({ data }) => data.orderId],
  ['shipment_id', 'uuid', ({ data }) => data.shipmentId],
  ['attempt', 'integer', ({ data }) => data.attempt],
  ['from_warehouse_id', 'uuid', ({ data }) => data.warehouseId],
  ['to_warehouse_id', 'uuid', ({ data }) => data.toWarehouseId],
  ['reason', 'text', ({ data }) => data.reason],
  ['asked_at', 'timestamptz', ({ data }) => data.decidedAt],
];

const stepColumns: readonly Column<Step>[] = [
  ['account_id', 'uuid', ({ account }) => account],
  ['order_id', 'uuid', ({ orderId }) => orderId],
  ['shipment_id', 'uuid', ({ shipmentId }) => shipmentId],
  ['status', 'text', ({ status }) => status],
  ['because', 'text', ({ because }) => because],
  ['to_shipment_id', 'uuid', ({ toShipmentId }) => toShipmentId],
  ['ended_at', 'timestamptz', ({ endedAt }) => endedAt],
];

const ask = (asked: readonly Of<'ShipmentMoveAsked'>[]): Statement =>
  unnested(
    askedColumns,
    asked,
    (
      u,
    ) => `insert into sales_shipment_moves_v1 (account_id, order_id, shipment_id, attempt, from_warehouse_id, to_warehouse_id, reason, asked_at, status)
            select u.*, 'asked' from ${u} on conflict do nothing`,
  );

const take = (step: Step): Statement =>
  unnested(
    stepColumns,
    [step],
    (
      u,
    ) => `update sales_shipment_moves_v1 m set status = u.status, because = u.because, to_shipment_id = u.to_shipment_id, ended_at = u.ended_at
            from ${u} where m.account_id = u.account_id and m.order_id = u.order_id and m.shipment_id = u.shipment_id and m.ended_at is null`,
  );

/** A person moves a shipment now and then: one statement for each thing that became of it. */
const project = (events: readonly RecordedEvent[]): readonly Statement[] =>
  events.flatMap((event): readonly Statement[] =>
    event.type === 'ShipmentMoveAsked' ? [ask([event as Of<'ShipmentMoveAsked'>])] : stepOf(event).map(take),
  );

/** Moves of shipments between warehouses: asked, waiting for the present warehouse, moved or refused. */
export const shipmentMovesProjection: Projection = {
  name: 'shipment-moves',
  version: 1,
  ddl: readFileSync(join(__dirname, 'shipment-moves.sql'), 'utf8'),
  handles: ['ShipmentMoveAsked', 'ShipmentMovePromised', 'ShipmentMoveRefused', 'ShipmentCancelled'],
  project,
};
