import { readFeed, type CloudEvent, type FeedPage } from '@stockproof/event-feed';
import { startOfLog, type Position } from '@stockproof/event-store';
import type { AccountId } from '@stockproof/vocabulary';
import type { OperatedService } from './operated-service';

export type EventsExported = { readonly events: number; readonly lastPosition: Position | null };

export type ExportWish = {
  readonly accountId: AccountId;
  /** `startOfLog`: everything. */
  readonly after: Position;
  readonly signal: AbortSignal;
  /** Awaited, so that a slow reader is not flooded. */
  readonly take: (events: readonly CloudEvent[]) => Promise<void>;
};

const atOnce = 100;

/**
 * What an account's part of a log tells others, as its event feed tells it. `null`: the log has no event at `after`. What comes while it
 * reads is told too; the index that it reads by may be a moment behind the log.
 */
export const exportEvents = async ({ definition, engines }: OperatedService, wish: ExportWish): Promise<EventsExported | null> => {
  const { accountId, after, signal, take } = wish;
  const begun = after === startOfLog ? null : await engines.store.eventAt(after);
  if (after !== startOfLog && begun === null) return null;
  const { databases, store } = engines;
  const source = { service: definition.name, databases, store, publication: definition.publication };
  let place: FeedPage['place'] = begun && { position: after, eventId: begun.id, within: null };
  let events = 0;
  for (;;) {
    signal.throwIfAborted();
    const page = await readFeed(source, { accountId, place, limit: atOnce, types: null });
    if (page.events.length > 0) await take(page.events);
    events += page.events.length;
    const isOver = isSame(page.place, place);
    place = page.place;
    if (isOver) return { events, lastPosition: place?.position ?? null };
  }
};

/** Nothing more was looked at. */
const isSame = (one: FeedPage['place'], other: FeedPage['place']): boolean =>
  one?.position === other?.position && one?.within === other?.within;
