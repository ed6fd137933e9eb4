import type { FactTaken, WarehousePlace } from '@stockproof/channel-directory';
import type { ShipmentUpdate, ShippedPackage } from '@stockproof/fulfillment-channel';
import type { Package, SalesOrderCommand, Shipment } from '@stockproof/sales-domain';
import type { Queryable } from '@stockproof/sql';
import { derivedId, type AccountId, type Clock } from '@stockproof/vocabulary';
import { salesOrderStream, type SalesOrderHandler } from '../sales.streams';
import { readShipmentOrder } from '../views/sales-orders/sales-orders.query';
import type { KnownAccount } from '../reference/known-account';
import { usedByWarehouse } from './carrier-services';
import type { OpenWarehouse } from './exporting-shipments';
import { shipmentAsItStands } from './shipment-as-it-stands';

export type Importing = {
  readonly orders: SalesOrderHandler;
  readonly database: Queryable;
  readonly known: Pick<KnownAccount, 'settings'>;
  readonly clock: Clock;
};

/** Reads updates from the cursor on. The cursor moves only when all of a page were applied. */
export const importUpdates = async (
  importing: Importing,
  warehouse: OpenWarehouse,
  from: string | null,
): Promise<{ readonly cursor: string | null; readonly applied: number }> => {
  let cursor = from;
  let applied = 0;
  for (let pages = 0; pages < 20; pages++) {
    const page = await warehouse.channel.fetchShipmentUpdates(cursor);
    for (const update of page.items) await applyUpdate(importing, warehouse, update);
    applied += page.items.length;
    cursor = page.nextCursor;
    if (!page.more) break;
  }
  return { cursor, applied };
};

/** Applies one update to its order; the same by push and by poll is one. Throws where it could not be recorded yet. */
export const applyUpdate = async (importing: Importing, warehouse: WarehousePlace, update: ShipmentUpdate): Promise<FactTaken> => {
  const { accountId, organizationId } = warehouse;
  const orderId = await readShipmentOrder(importing.database, accountId, update.shipmentId);
  if (orderId === null) return 'unknown';
  const stream = salesOrderStream(accountId, orderId);
  const standing = await shipmentAsItStands(importing.orders, { stream, shipmentId: update.shipmentId }, () => true);
  if (standing === null) return 'unknown';
  const { shipment } = standing;
  const giveUpRest = await givesUpRest(importing.known, accountId);
  const command = commandOf({ orderId, shipment, warehouse }, update, { now: importing.clock.now(), giveUpRest });
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

/** What the account wants of what a warehouse will never send. */
export const givesUpRest = async (known: Pick<KnownAccount, 'settings'>, accountId: AccountId): Promise<boolean> =>
  (await known.settings(accountId)).shortClose === 'cancel';

type Subject = { readonly orderId: string; readonly shipment: Shipment; readonly warehouse: WarehousePlace };

const lineIdOf = (shipment: Shipment, lineNumber: number | null, sku: string): string =>
  shipment.units[(lineNumber ?? 0) - 1]?.lineId ?? `unknown-${lineNumber ?? sku}`;

const packageOf = ({ shipment, warehouse }: Subject, said: ShippedPackage): Package => ({
  packageId: said.packageId,
  tracking: said.trackingNumber,
  ...usedByWarehouse({ carrier: said.carrierCode, service: said.serviceCode }, warehouse.setUp.carrierMappings),
  weightG: said.weightG,
  lengthMm: said.lengthMm,
  widthMm: said.widthMm,
  heightMm: said.heightMm,
  contents: said.contents.map(({ lineNumber, sku, quantity, lot, serials }) => ({
    lineId: lineIdOf(shipment, lineNumber, sku),
    ...{ sku, quantity, lot, serials },
  })),
});

const commandOf = (
  subject: Subject,
  { updateId, happenedAt, change }: ShipmentUpdate,
  { now, giveUpRest }: { readonly now: string; readonly giveUpRest: boolean },
): SalesOrderCommand => {
  const { orderId, shipment } = subject;
  const common = { orderId, shipmentId: shipment.shipmentId, now };
  const nothing = { lines: [], packages: [], conflicts: [], closedShort: false, cancelled: false };
  const update = { ...common, ...nothing, updateId, at: happenedAt, giveUpRest };
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
            lineId: lineIdOf(shipment, lineNumber, sku),
            sku,
            shipped: shippedQuantity,
          })),
          packages: change.packages.map((each) => packageOf(subject, each)),
          conflicts: change.conflicts.map(({ sku, message }) => ({ sku: sku ?? '', message })),
          closedShort: change.completion === 'closed-short',
        },
      };
  }
};
