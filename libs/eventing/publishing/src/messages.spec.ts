import type { RecordedEvent } from '@stockproof/event-store';
import { derivedId } from '@stockproof/vocabulary';
import { someMessage } from '@stockproof/integration-bus/testing';
import { inPieces, messagesOf } from './messages';
import type { Publication } from './publication';

const event: RecordedEvent = {
  id: 'event-1',
  type: 'OrderApproved',
  data: { order: 'o-1' },
  stream: 'sales.salesOrder-a-1-o-1',
  revision: 7,
  position: '0000000000000042',
  recordedAt: '2026-01-31T12:00:00.000Z',
  meta: {
    commandId: 'c',
    correlationId: 'correlation-1',
    causationId: 'c',
    actor: 'user:u',
    organizationId: 'org-1',
    accountId: 'a-1',
    effectiveAt: null,
    schemaVersion: 1,
    traceparent: '00-t-s-01',
  },
};
const source = 'stockproof/sales/log-1';
const facts: Publication['facts'] = () => [
  { type: 'stockproof.sales.sales-order-approved.v1', topic: 'stockproof.sales.sales-order-events.v1', subject: 'o-1', data: { total: 3 } },
  {
    type: 'stockproof.sales.allocation-requested.v1',
    topic: 'stockproof.sales.stock-requests.v1',
    subject: 'o-1',
    partitionKey: 'a-1',
    data: {},
  },
];

describe('the messages of an event', () => {
  it('are CloudEvents whose fields follow from the event', () => {
    const [message] = messagesOf({ handles: ['OrderApproved'], facts }, source, event);
    expect(message).toEqual({
      id: derivedId('event-1', 0),
      type: 'stockproof.sales.sales-order-approved.v1',
      source,
      subject: 'o-1',
      time: '2026-01-31T12:00:00.000Z',
      topic: 'stockproof.sales.sales-order-events.v1',
      partitionKey: 'a-1/o-1',
      orderingKey: 'a-1/o-1',
      organizationId: 'org-1',
      accountId: 'a-1',
      sequence: 7,
      sourcePosition: '0000000000000042',
      ordinal: 0,
      correlationId: 'correlation-1',
      causationId: 'event-1',
      traceparent: '00-t-s-01',
      data: { total: 3 },
    });
  });

  it('are numbered, each with an id of its own that a replay gives again', () => {
    const messages = messagesOf({ handles: ['OrderApproved'], facts }, source, event);
    expect(messages.map(({ ordinal }) => ordinal)).toEqual([0, 1]);
    expect(new Set(messages.map(({ id }) => id)).size).toBe(2);
    expect(JSON.stringify(messagesOf({ handles: ['OrderApproved'], facts }, source, event))).toBe(JSON.stringify(messages));
    expect(messages[1]).toMatchObject({ partitionKey: 'a-1', orderingKey: 'a-1/o-1' });
  });

  it("take the organization's key where no account has the event", () => {
    const [message] = messagesOf({ handles: ['OrderApproved'], facts }, source, { ...event, meta: { ...event.meta, accountId: null } });
    expect(message).toMatchObject({ accountId: null, orderingKey: 'org-1/o-1' });
  });

  it('are none for an event that the publication does not look at', () => {
    expect(messagesOf({ handles: ['OrderCancelled'], facts }, source, event)).toEqual([]);
  });
});

describe('pieces', () => {
  const messages = [1, 2, 3, 4, 5].map((n) => someMessage('topic', 'order-1', n, { data: { text: 'x'.repeat(1_000) } }));
  it('hold what fits, in order', () => {
    expect(inPieces(messages, 3_300).map((piece) => piece.map(({ sequence }) => sequence))).toEqual([[1, 2], [3, 4], [5]]);
    expect(inPieces(messages, 1_000_000, 3).map((piece) => piece.length)).toEqual([3, 2]);
  });
  it('let a message that fills one alone have its own', () => {
    expect(inPieces(messages, 10).map((piece) => piece.length)).toEqual([1, 1, 1, 1, 1]);
  });
  it('are none for nothing', () => expect(inPieces([])).toEqual([]));
});
