import type { ChannelProduct } from '@stockproof/channel-exchange';
import type { ChannelOrder } from '@stockproof/sales-channel';
import { z } from 'zod';
import { count, instant, optionalWord, text, word } from './values';

const optionalInstant = instant.nullable().default(null);
const size = count.nullable().exactOptional();

const address = z.object({
  name: optionalWord,
  company: optionalWord,
  street: z.array(text(200)).max(5).default([]),
  postalCode: text(20).nullable().default(null),
  city: optionalWord,
  region: optionalWord,
  countryCode: text(2).nullable().default(null),
  phone: text(50).nullable().default(null),
  email: text(320).nullable().default(null),
});

/** Empty SKUs and quantities of 0 pass: they are for validation to judge, where a person can mend them. */
const line = z.object({
  externalLineId: word,
  sku: text(200).default(''),
  title: text(500).nullable().default(null),
  quantity: z.int().min(-1_000_000).max(1_000_000),
  requiresShipping: z.boolean().default(true),
  unitPrice: z.int().nullable().default(null),
  warehouseCode: optionalWord,
});

/** An order as it stands on the wire. */
export const order: z.ZodType<ChannelOrder> = z.object({
  orderNumber: word,
  state: z.enum(['open', 'cancelled', 'refunded', 'unpaid', 'failed', 'fulfilled']).default('open'),
  placedAt: instant,
  currency: text(3).nullable().default(null),
  shipTo: address.nullable().default(null),
  billTo: address.nullable().default(null),
  carrierService: optionalWord,
  warehouseCode: optionalWord,
  requestedShipDate: optionalInstant,
  cancelAfter: optionalInstant,
  note: text(2000).nullable().default(null),
  tags: z.array(text(100)).max(100).default([]),
  references: z.record(text(100), text(500)).default({}),
  lines: z.array(line).max(5000),
});

const variant = z.object({
  externalVariantId: word,
  sku: text(200),
  title: text(500).nullable().exactOptional(),
  barcode: text(100).nullable().exactOptional(),
  weightG: size,
  lengthMm: size,
  widthMm: size,
  heightMm: size,
  price: z
    .object({ amount: z.int(), currency: text(3) })
    .nullable()
    .exactOptional(),
  components: z
    .array(z.object({ sku: word, quantity: z.int().min(1) }))
    .max(500)
    .exactOptional(),
  references: z.record(text(100), text(500)).exactOptional(),
});

/** A product as it stands on the wire. */
export const product: z.ZodType<ChannelProduct> = z.object({
  externalProductId: word,
  title: text(500).default(''),
  dropped: z.boolean().default(false),
  variants: z.array(variant).max(2000),
});
