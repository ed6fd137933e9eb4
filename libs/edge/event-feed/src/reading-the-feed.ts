import type { EventStore, Position, RecordedEvent } from '@stockproof/event-store';
import type { IntegrationMessage } from '@stockproof/integration-bus';
import { messagesOf, sourceOf, type Publication } from '@stockproof/publishing';
import { sql, type ServiceDatabases } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';
import { cloudEventOf, type CloudEvent } from './cloud-event';
import { eventsAt } from './events-at';
import type { FeedPlace } from './feed-places';

export type FeedSource = {
  readonly service: string;
  readonly databases: Pick<ServiceDatabases, 'reader' | 'writer'>;
  readonly store: Pick<EventStore, 'logId' | 'eventAt' | 'readAll'>;
  readonly publication: Publication;
};

export type FeedAsked = {
  readonly accountId: AccountId;
  readonly place: FeedPlace | null;
  readonly limit: number;
  /** `null`: of every type. */
  readonly types: ReadonlySet<string> | null;
};

/** `place`: up to where was looked, whether anything came of it or not; `null` where there was nothing to look at. */
export type FeedPage = { readonly events: readonly CloudEvent[]; readonly place: FeedPlace | null };

/** So many events of the log are looked at in one call, however few of them are told: what one call costs is bounded. */
const lookedAtAtMost = 500;
const atOnce = 100;

/** What an account's part of a log tells others, from a place on: the messages that the publisher makes, made by the same mapping. */
export const readFeed = async (source: FeedSource, asked: FeedAsked): Promise<FeedPage> => {
  const told = await tellerOf(source);
  const page: { events: CloudEvent[]; place: FeedPlace | null } = { events: [], place: asked.place };
  for (let looked = 0; looked < lookedAtAtMost && page.events.length < asked.limit; looked += atOnce) {
    const positions = await positionsAfter(source, asked.accountId, page.place);
    const events = await eventsAt(source.store, positions);
    for (const event of events) {
      take(page, event, told(event), asked);
      if (page.events.length >= asked.limit) break;
    }
    if (positions.length < atOnce) break;
  }
  return page;
};

/** Takes in what an event tells, as far as there is room; the place says how far that was. */
const take = (
  page: { events: CloudEvent[]; place: FeedPlace | null },
  event: RecordedEvent,
  told: readonly CloudEvent[],
  { accountId, limit, types }: FeedAsked,
): void => {
  const begun = page.place?.position === event.position ? Number(page.place.within ?? 0) : 0;
  const mine = event.meta.accountId === accountId ? told : [];
  for (let at = begun; at < mine.length; at++) {
    const one = mine[at]!;
    if (types !== null && !types.has(one.type)) continue;
    if (page.events.length === limit) {
      page.place = { position: event.position, eventId: event.id, within: at };
      return;
    }
    page.events.push(one);
  }
  page.place = { position: event.position, eventId: event.id, within: null };
};

const positionsAfter = async ({ databases }: FeedSource, accountId: AccountId, place: FeedPlace | null): Promise<readonly Position[]> => {
  // An event of which not all was told is looked at again.
  const from = place?.within == null ? '>' : '>=';
  const rows = await databases.reader.readAs<{ position: Position }>(
    { kind: 'account', accountId },
    sql(
      `select position from account_events_v1 where account_id = $1 and position ${from} $2 order by position limit $3`,
      accountId,
      place?.position ?? '',
      atOnce,
    ),
  );
  return rows.map(({ position }) => position);
};

/** Makes the messages of an event as the publisher does: under the same source, less what nobody outside may see. */
const tellerOf = async ({ service, databases, store, publication }: FeedSource) => {
  const logId = await store.logId();
  const [published] = await databases.writer.query<{ generation: number }>(
    sql("select generation from publisher_checkpoint where publisher = 'main' and log_id = $1", logId),
  );
  const source = sourceOf(service, logId, published?.generation ?? 0);
  return (event: RecordedEvent): readonly CloudEvent[] =>
    messagesOf(publication, source, event).flatMap((message) => seenOutside(publication, message));
};

const seenOutside = ({ outside }: Publication, message: IntegrationMessage): readonly CloudEvent[] => {
  const data = outside === undefined ? message.data : outside(message);
  return data === null ? [] : [cloudEventOf(message, data)];
};
