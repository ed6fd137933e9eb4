import { z } from 'zod';

/** Stock to itself, on the topic of requests: this plan has had no outcome for too long, so finish it. */
export const planOverdueV1 = {
  type: 'stockproof.stock.plan-overdue.v1',
  schema: z.object({ orderId: z.string().min(1), attempt: z.number().int().min(1), revision: z.number().int().min(1) }),
} as const;

export type PlanOverdueV1 = z.infer<typeof planOverdueV1.schema>;
