import { z } from 'zod';

/** Jobs of a channel run only while it is active. Said before there was a status: active. */
export const channelStatusSchema = z.enum(['being-set-up', 'active', 'paused', 'disabled']).default('active');

/** What a sales channel has jobs for. */
export const salesJobKinds = ['import-orders', 'export-order-updates', 'export-products', 'import-products', 'export-stock'] as const;

/** What a fulfillment channel has jobs for. */
export const fulfillmentJobKinds = [
  'export-shipments',
  'import-shipments',
  'export-purchase-orders',
  'import-receipts',
  'import-stock',
  'export-products',
  'import-products',
] as const;

/** Milliseconds between two runs by kind of job; `null`: only when asked for; absent: as the job has it. */
export const jobPeriodsSchema = z.record(z.string(), z.number().int().min(1_000).nullable()).default({});
