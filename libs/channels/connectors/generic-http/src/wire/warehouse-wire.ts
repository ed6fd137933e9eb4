import type { ShipmentUpdate, StockLevelReport, WarehouseReceipt } from '@stockproof/fulfillment-channel';
import { z } from 'zod';
import { count, instant, optionalWord, text, word } from './values';

const lineNumber = z.int().min(1).nullable().default(null);
const size = count.nullable().default(null);

const content = z.object({
  lineNumber,
  sku: word,
  quantity: count,
  lot: optionalWord,
  serials: z.array(word).max(10_000).default([]),
});

const shippedPackage = z.object({
  packageId: word,
  trackingNumber: optionalWord,
  carrierCode: optionalWord,
  serviceCode: optionalWord,
  weightG: size,
  lengthMm: size,
  widthMm: size,
  heightMm: size,
  contents: z.array(content).max(5000).default([]),
});

const correctedShipTo = z.object({
  name: word.exactOptional(),
  company: text(200).nullable().exactOptional(),
  street: z.array(text(200)).max(5).exactOptional(),
  postalCode: text(20).exactOptional(),
  city: text(200).exactOptional(),
  region: text(200).nullable().exactOptional(),
  countryCode: text(2).exactOptional(),
  phone: text(50).nullable().exactOptional(),
  email: text(320).nullable().exactOptional(),
});

const shipped = z.object({
  kind: z.literal('shipped'),
  completion: z.enum(['more-expected', 'complete', 'closed-short']),
  lines: z.array(z.object({ lineNumber, sku: word, shippedQuantity: count })).max(5000),
  packages: z.array(shippedPackage).max(1000).default([]),
  conflicts: z
    .array(z.object({ lineNumber, sku: optionalWord, message: text(500) }))
    .max(100)
    .default([]),
  correctedShipTo: correctedShipTo.nullable().default(null),
});

const reason = text(500).default('');

/** An update of a shipment as it stands on the wire. */
export const shipmentUpdate: z.ZodType<ShipmentUpdate> = z.object({
  updateId: word,
  shipmentId: word,
  externalShipmentId: word,
  happenedAt: instant,
  change: z.discriminatedUnion('kind', [
    shipped,
    z.object({ kind: z.literal('cancelled'), reason }),
    z.object({ kind: z.literal('cancellation-refused'), reason }),
  ]),
});

/** A receipt as it stands on the wire. */
export const receipt: z.ZodType<WarehouseReceipt> = z.object({
  externalReceiptId: word,
  purchaseOrderId: optionalWord,
  purchaseOrderNumber: optionalWord,
  receivedAt: instant,
  final: z.boolean().default(false),
  lines: z
    .array(z.object({ externalLineId: word, lineNumber, sku: word, quantity: count, lot: optionalWord, serial: optionalWord }))
    .min(1)
    .max(5000),
});

/** A level report as it stands on the wire. */
export const stockLevels: z.ZodType<StockLevelReport> = z.object({
  takenAt: instant,
  meaning: z.enum(['on-hand', 'available']).nullable().default(null),
  rows: z.array(z.object({ sku: word, quantity: count })).max(200_000),
});
