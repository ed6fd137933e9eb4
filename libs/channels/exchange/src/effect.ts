/**
 * The name of one thing that the channel is asked to do. Asking again under the same name is how a lost answer is made good:
 * a channel that did it the first time answers the same and does nothing.
 */
export type Effect = { readonly effectId: string };

/** Why a channel says no for good; `code` is the channel's own word where it has one. */
export type ChannelRefusal = { readonly code: string; readonly message: string };

/** Nothing is known: it may have been done. Ask again under the same effect id, not before `retryAfterMs` where given. */
export type Unanswered = { readonly outcome: 'unanswered'; readonly reason: string; readonly retryAfterMs: number | null };

/** What came of handing something over. */
export type HandOver =
  | { readonly outcome: 'accepted'; readonly externalId: string }
  | { readonly outcome: 'rejected'; readonly refusal: ChannelRefusal }
  | Unanswered;

/** What came of asking for something back. `requested`: the answer follows as an update. */
export type TakeBack =
  | { readonly outcome: 'cancelled' }
  | { readonly outcome: 'requested' }
  | { readonly outcome: 'refused'; readonly refusal: ChannelRefusal }
  | Unanswered;
