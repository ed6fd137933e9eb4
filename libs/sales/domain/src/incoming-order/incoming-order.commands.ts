import type { Command, JsonObject } from '@stockproof/decider';
import type { Instant, SkuKey } from '@stockproof/vocabulary';
import type { Sealed } from '../sales-order/sales-order.events';
import type { Effect, Problem, Way } from './incoming-order.events';
import type { ShopState } from './offered-order';

type Of<Data extends JsonObject> = Data & { readonly orderId: string; readonly now: Instant };

export type ReceiveIncomingOrder = Command<
  'ReceiveIncomingOrder',
  Of<{
    channelId: string | null;
    orderNumber: string | null;
    way: Way;
    digest: string;
    shopState: ShopState;
    placedAt: Instant | null;
    content: Sealed;
    /** Why it cannot even be read; then it waits at once. */
    unreadable: string | null;
  }>
>;
export type CorrectIncomingOrder = Command<'CorrectIncomingOrder', Of<{ content: Sealed }>>;
export type RetryIncomingOrder = Command<'RetryIncomingOrder', Of<{ because: string }>>;
export type IgnoreIncomingOrder = Command<'IgnoreIncomingOrder', Of<{ reason: string }>>;

/** What became of one round of looking at it; what was heard since has a round of its own. */
export type SettleIncomingOrder = Command<'SettleIncomingOrder', Of<{ round: number; outcome: Outcome }>>;

export type Outcome =
  | { readonly is: 'wanting'; readonly problems: readonly Problem[]; readonly missingSkus: readonly SkuKey[] }
  | { readonly is: 'taken'; readonly effect: Effect; readonly warnings: readonly Problem[] }
  | { readonly is: 'recorded'; readonly shopState: ShopState };

export type IncomingOrderCommand =
  ReceiveIncomingOrder | CorrectIncomingOrder | RetryIncomingOrder | IgnoreIncomingOrder | SettleIncomingOrder;
