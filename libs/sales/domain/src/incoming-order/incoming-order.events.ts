import type { Event, JsonObject } from '@stockproof/decider';
import type { Instant, SkuKey } from '@stockproof/vocabulary';
import type { Sealed } from '../sales-order/sales-order.events';
import type { ShopState } from './offered-order';

/** How an order came to us. */
export type Way = 'push' | 'poll' | 'by-hand' | 'file' | 'api';

/** One thing wrong with an order; `field` is a pointer into it. */
export type Problem = { readonly field: string; readonly code: string; readonly message: string };

/** What the order in our books became of it. `kept`: it stands as it was, the warnings say why. */
export type Effect = 'created' | 'revised' | 'cancelled' | 'kept';

type Of<Data extends JsonObject> = Data & { readonly orderId: string; readonly decidedAt: Instant };

/** Kept as it came, before anybody judges it. `content` is the original beside what was read from it. */
export type IncomingOrderReceived = Event<
  'IncomingOrderReceived',
  Of<{
    channelId: string | null;
    /** `null`: it could not be read so far. */
    orderNumber: string | null;
    way: Way;
    digest: string;
    shopState: ShopState;
    placedAt: Instant | null;
    content: Sealed;
  }>
>;
/** A person set right what was wrong. */
export type IncomingOrderCorrected = Event<'IncomingOrderCorrected', Of<{ content: Sealed }>>;
/** Looked at once more, as it is. */
export type IncomingOrderTriedAgain = Event<'IncomingOrderTriedAgain', Of<{ because: string }>>;
/** It cannot be taken as it is, and waits. */
export type IncomingOrderFoundWanting = Event<
  'IncomingOrderFoundWanting',
  Of<{ round: number; problems: readonly Problem[]; missingSkus: readonly SkuKey[] }>
>;
export type IncomingOrderTaken = Event<'IncomingOrderTaken', Of<{ round: number; effect: Effect; warnings: readonly Problem[] }>>;
/** It is known and nothing follows from it: the shop's own state says so. */
export type IncomingOrderRecorded = Event<'IncomingOrderRecorded', Of<{ round: number; shopState: ShopState }>>;
export type IncomingOrderIgnored = Event<'IncomingOrderIgnored', Of<{ reason: string }>>;

export type IncomingOrderEvent =
  | IncomingOrderReceived
  | IncomingOrderCorrected
  | IncomingOrderTriedAgain
  | IncomingOrderFoundWanting
  | IncomingOrderTaken
  | IncomingOrderRecorded
  | IncomingOrderIgnored;
