import type { EventMeta, NewEvent, StreamAppend, StreamName } from '../event-store';

/** An event that no reader takes for anything; each with its own id. */
export const anEvent = (more: Partial<NewEvent> = {}): NewEvent => ({
  id: crypto.randomUUID(),
  type: 'StockCounted',
  data: { quantity: 1 },
  meta: aMeta(),
  ...more,
});

export const aMeta = (more: Partial<EventMeta> = {}): EventMeta => ({
  commandId: crypto.randomUUID(),
  correlationId: crypto.randomUUID(),
  causationId: crypto.randomUUID(),
  actor: 'service:suite',
  organizationId: crypto.randomUUID(),
  accountId: crypto.randomUUID(),
  effectiveAt: null,
  schemaVersion: 1,
  ...more,
});

export const someEvents = (count: number): readonly NewEvent[] => Array.from({ length: count }, (_, index) => anEvent({ data: { index } }));

export const appendOf = (stream: StreamName, expectedRevision: number, events: number | readonly NewEvent[] = 1): StreamAppend => ({
  stream,
  expectedRevision,
  events: typeof events === 'number' ? someEvents(events) : events,
});
