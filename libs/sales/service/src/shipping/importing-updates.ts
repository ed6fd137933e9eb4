import type { ShipmentUpdate } from '@stockproof/fulfillment-channel';
import type { SalesOrderCommand, Shipment } from '@stockproof/sales-domain';
import type { Queryable } from '@stockproof/sql';
import { derivedId, type Clock } from '@stockproof/vocabulary';
import { salesOrderStream, type SalesOrderHandler } from '../sales.streams';
import { readShipmentOrder } from '../views/sales-orders/sales-orders.query';
import type { WarehouseJob } from './exporting-shipments';
import type { WarehouseConnection } from './warehouse-connection';

export type Importing = {
  readonly orders: SalesOrderHandler;
  readonly database: Queryable;
  readonly connect: WarehouseConnection;
  readonly clock: Clock;
};

/** What a warehouse said, applied to its order; the same update by push and by poll is one. `unknown`: no such shipment here. */
export type UpdateOutcome = 'applied' | 'unknown';

/** Reads updates from the cursor on. The cursor moves only when all of a page were applied. */
export const importUpdates = async (
  importing: Importing,
  job: WarehouseJob,
  from: string | null,
): Promise<{ readonly cursor: string | null; readonly applied: number }> => {
  const channel = await importing.connect(job.accountId, job.warehouseId);
  if (channel === null) return { cursor: from, applied: 0 };
  let cursor = from;
  let applied = 0;
  for (let pages = 0; pages < 20; pages++) {
    const page = await channel.fetchShipmentUpdates(cursor);
    for (const update of page.items) await applyUpdate(importing, job, update);
    applied += page.items.length;
    cursor = page.nextCursor;
    if (!page.more) break;
  }
  return { cursor, applied };
};

/** Applies one update; throws where it could not be recorded yet. */
export const applyUpdate = async (
  importing: Importing,
  job: Omit<WarehouseJob, 'warehouseId'>,
  update: ShipmentUpdate,
): Promise<UpdateOutcome> => {
  const { accountId, organizationId } = job;
  const orderId = await readShipmentOrder(importing.database, accountId, update.shipmentId);
  if (orderId === null) return 'unknown';
  const stream = salesOrderStream(accountId, orderId);
  const shipment = (await importing.orders.load(stream)).state.shipments.get(update.shipmentId);
  if (!shipment) return 'unknown';
  const command = commandOf(orderId, shipment, update, { now: importing.clock.now(), giveUpRest: false });
  const context = {
    commandId: derivedId('shipment-update', accountId, update.shipmentId, update.updateId),
    correlationId: update.shipmentId,
    causationId: update.updateId,
    actor: 'service:sales',
    organizationId,
    accountId,
  };
  const handled = await importing.orders.handle(stream, command, context);
  if (handled.outcome === 'rejected')
    throw new Error(`update ${update.updateId} of shipment ${update.shipmentId}: ${handled.rejection.type}`);
  return 'applied';
};

const commandOf = (
  orderId: string,
  shipment: Shipment,
  { updateId, happenedAt, change }: ShipmentUpdate,
  { now, giveUpRest }: { readonly now: string; readonly giveUpRest: boolean },
): SalesOrderCommand => {
  const common = { orderId, shipmentId: shipment.shipmentId, now };
  const update = { ...common, updateId, at: happenedAt, lines: [], packages: [], closedShort: false, cancelled: false, giveUpRest };
  switch (change.kind) {
    case 'cancellation-refused':
      return { type: 'RecordCancelRefused', data: { ...common, reason: change.reason } };
    case 'cancelled':
      return { type: 'RecordShipmentUpdate', data: { ...update, cancelled: true } };
    case 'shipped':
      return {
        type: 'RecordShipmentUpdate',
        data: {
          ...update,
          lines: change.lines.map(({ lineNumber, sku, shippedQuantity }) => ({
            lineId: shipment.units[(lineNumber ?? 0) - 1]?.lineId ?? `unknown-${lineNumber ?? sku}`,
            sku,
            shipped: shippedQuantity,
          })),
          packages: change.packages.map(({ packageId, trackingNumber, carrierCode, serviceCode, weightG }) => ({
            packageId,
            tracking: trackingNumber,
            carrier: carrierCode,
            service: serviceCode,
            weightG,
          })),
          closedShort: change.completion === 'closed-short',
        },
      };
  }
};
