import type { Json } from '@stockproof/decider';

/** Where reading stopped; the channel's own words, opaque to us. */
export type Cursor = string;

/** What was received and could not be read; kept, so that nothing goes away unseen. */
export type Unreadable = { readonly original: Json; readonly problem: string };

/** A part of a feed in the channel's order. `more`: reading on from `nextCursor` at once gives something. */
export type Page<Item> = {
  readonly items: readonly Item[];
  readonly unreadable: readonly Unreadable[];
  readonly nextCursor: Cursor;
  readonly more: boolean;
};

/** Thrown by the reading calls when a channel cannot be read now; the cursor stays where it was. */
export class ChannelUnavailable extends Error {
  constructor(
    message: string,
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'ChannelUnavailable';
  }
}
