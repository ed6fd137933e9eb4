import type { JsonObject } from '@stockproof/decider';
import type { EventMeta, RecordedEvent, StreamName } from '@stockproof/event-store';
import { derivedId, plusMs, type Instant } from '@stockproof/vocabulary';

/** An event as a test writes it down; what it leaves out is filled in by its place in the list. */
export type WrittenDown = {
  readonly type: string;
  readonly data: JsonObject;
  readonly stream?: StreamName;
  readonly recordedAt?: Instant;
  readonly meta?: Partial<EventMeta>;
};

/** The organization and account of events that do not say another. */
export const testOrganization = derivedId('organization of tests');
export const testAccount = derivedId('account of tests');

const firstRecordedAt: Instant = '2026-01-01T00:00:00.000Z';

/** A log of these events: positions and recorded times go up by one and by a second, revisions by stream. */
export const recordedEvents = (events: readonly WrittenDown[], after: readonly RecordedEvent[] = []): readonly RecordedEvent[] => {
  const revisions = new Map(after.map(({ stream, revision }) => [stream, revision]));
  return events.map((event, index) => {
    const { type, data, stream = `test.thing-${testAccount}-1`, recordedAt, meta } = event;
    const number = after.length + index + 1;
    const revision = (revisions.get(stream) ?? 0) + 1;
    revisions.set(stream, revision);
    const id = derivedId('event', number);
    const filled = {
      commandId: id,
      correlationId: id,
      causationId: id,
      actor: 'service:test',
      organizationId: testOrganization,
      accountId: testAccount,
      effectiveAt: null,
      schemaVersion: 1,
    };
    return {
      id,
      type,
      data,
      stream,
      revision,
      position: String(number).padStart(16, '0'),
      recordedAt: recordedAt ?? plusMs(firstRecordedAt, number * 1000),
      meta: { ...filled, ...meta },
    };
  });
};
