import { instantOf } from '@stockproof/vocabulary';
import { movedQuantities, type MovementFilter, type StockMovementRow } from './stock-movements.query';
import type { FiguresAtChange, MovementsQuery, StockMovement } from './stock-movements.requests';

const moment = (text: string | undefined): string | null => (text === undefined ? null : instantOf(text));

export const filterOf = (query: Omit<MovementsQuery, 'limit' | 'cursor'>): MovementFilter => ({
  sku: query.sku ?? null,
  warehouseId: query.warehouseId ?? null,
  causes: query.cause ?? null,
  orderId: query.orderId ?? null,
  reason: query.reason ?? null,
  actor: query.actor ?? null,
  recordedFrom: moment(query.recordedFrom),
  recordedUntil: moment(query.recordedUntil),
  effectiveFrom: moment(query.effectiveFrom),
  effectiveUntil: moment(query.effectiveUntil),
});

type Figure = (typeof movedQuantities)[number];

const figures = (of: (name: Figure) => number): FiguresAtChange => {
  const [total, unsellable, allocated, held] = [of('total'), of('unsellable'), of('allocated'), of('held')];
  return { total, unsellable, allocated, held, incoming: of('incoming'), available: total - unsellable - allocated - held };
};

/** A row of the ledger as it is answered; what was before follows from what was after. */
export const movementOf = (row: StockMovementRow): StockMovement => ({
  eventId: row.event_id,
  sku: row.sku,
  warehouseId: row.warehouse_id,
  cause: row.cause,
  effectiveAt: row.effective_at,
  recordedAt: row.recorded_at,
  total: row.total,
  unsellable: row.unsellable,
  allocated: row.allocated,
  held: row.held,
  incoming: row.incoming,
  before: figures((name) => row[`${name}_after`] - row[name]),
  after: figures((name) => row[`${name}_after`]),
  actor: row.actor,
  orderId: row.order_id,
  reference: row.reference,
  reason: row.reason,
  note: row.note,
  position: row.position,
});
