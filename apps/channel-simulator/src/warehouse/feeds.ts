import type { Entry } from '../journal/journal';
import type { WarehouseFact } from './warehouse-facts';
import type { Shipment } from './warehouse-state';

type Left = Extract<Entry<WarehouseFact>, { kind: 'shipment-left' }>;
type Received = Extract<Entry<WarehouseFact>, { kind: 'goods-received' }>;

/** An update or a receipt as it stands in the feed; the simulator itself only reads its id. */
export type UpdateItem = { readonly updateId: string; readonly [field: string]: unknown };
export type ReceiptItem = { readonly externalReceiptId: string; readonly [field: string]: unknown };

const packed = (shipment: Shipment, { lines, trackingNumber }: Left) => ({
  packageId: `${shipment.externalId}-${shipment.departures}`,
  trackingNumber,
  carrierCode: shipment.carrierService?.carrierCode ?? 'SIMPOST',
  serviceCode: shipment.carrierService?.serviceCode ?? 'STANDARD',
  weightG: lines.reduce((grams, { quantity }) => grams + 250 * quantity, 0),
  lengthMm: 300,
  widthMm: 200,
  heightMm: 150,
  contents: lines.filter(({ quantity }) => quantity > 0).map((line) => ({ ...line, lot: null, serials: [] })),
});

/** A departure as the wire tells it: totals per line, and all packages so far. */
export const shippedFeedItem = (shipment: Shipment, entry: Left): UpdateItem => {
  if (entry.lines.some(({ quantity }) => quantity > 0)) shipment.packages.push(packed(shipment, entry));
  return {
    updateId: entry.updateId,
    shipmentId: shipment.shipmentId,
    externalShipmentId: shipment.externalId,
    happenedAt: entry.at,
    change: {
      kind: 'shipped',
      completion: entry.completion,
      lines: shipment.lines.map(({ lineNumber, sku }) => ({ lineNumber, sku, shippedQuantity: shipment.left.get(lineNumber) ?? 0 })),
      packages: [...shipment.packages],
      conflicts: [],
      correctedShipTo: null,
    },
  };
};

/** A delivery as the wire tells it. */
export const receiptFeedItem = ({ externalReceiptId, purchaseOrderId, purchaseOrderNumber, at, final, lines }: Received): ReceiptItem => ({
  externalReceiptId,
  purchaseOrderId,
  purchaseOrderNumber,
  receivedAt: at,
  final,
  lines: lines.map((line, index) => ({
    externalLineId: String(index + 1),
    ...line,
    lineNumber: purchaseOrderId === null ? null : line.lineNumber,
  })),
});
