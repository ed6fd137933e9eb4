import { z } from 'zod';
import { stockRequestsTopic } from './stock-requests-topic';

const line = z.object({
  lineId: z.string().min(1),
  sku: z.string().min(1),
  quantity: z.number().int().min(1),
  /** Only from these of the candidates; absent: from any. */
  candidates: z.array(z.string()).optional(),
});

const candidate = z.object({
  warehouseId: z.string().min(1),
  code: z.string(),
  priority: z.number().int(),
  /** False: the warehouse manages its back-orders itself, its stock is not looked at. */
  checked: z.boolean(),
});

/**
 * An order asks for stock: to ship from (`allocate`) or to be kept (`hold`). Bundles are exploded: a line is one component SKU. A
 * later attempt ends the waiting of earlier ones. To have what a shipment has at another warehouse (`move`) neither waits nor ends any
 * waiting: it is granted whole, or not at all.
 */
export const allocationRequestedV1 = {
  type: 'stockproof.sales.allocation-requested.v1',
  topic: stockRequestsTopic,
  schema: z.object({
    orderId: z.string().min(1),
    attempt: z.number().int().min(1),
    wanted: z.object({
      kind: z.enum(['allocate', 'hold', 'move']),
      orderNumber: z.string(),
      orderDate: z.string(),
      arrivedAt: z.string(),
      lines: z.array(line).min(1).max(2_000),
      candidates: z.array(candidate).max(50),
      settings: z.object({
        allowSplitting: z.boolean(),
        maximumShipments: z.number().int().min(1).nullable(),
        allowLineSplit: z.boolean(),
        partial: z.boolean(),
        /** No younger order may take a SKU for which an older one waits; absent: it may. */
        strictOrder: z.boolean().optional(),
      }),
      /** The attempt whose hold this one takes over. */
      holdAttempt: z.number().int().min(1).nullable(),
      /** Of a move: the shipment whose units are to be promised elsewhere, and which keeps them until they are. */
      moves: z.object({ shipmentId: z.string().min(1) }).optional(),
    }),
  }),
} as const;

export type AllocationRequestedV1 = z.infer<typeof allocationRequestedV1.schema>;
