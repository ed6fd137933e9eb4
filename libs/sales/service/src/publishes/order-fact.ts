import type { JsonObject } from '@stockproof/decider';
import type { Fact } from '@stockproof/publishing';

/** A fact of the order's topic; messages of one order stay in its order. */
export const fact = (
  { type, topic }: { readonly type: string; readonly topic: string },
  data: JsonObject & { readonly orderId: string },
): Fact => ({
  type,
  topic,
  subject: data.orderId,
  data,
});
