import { inMemoryEventStore, type EventStore } from '@stockproof/event-store';
import { serviceMetrics } from '@stockproof/observability';
import { derivedId } from '@stockproof/vocabulary';
import { measuredStore } from './measured-store';

const meta = {
  ...{ commandId: 'c', correlationId: 'c', causationId: 'c', actor: 'service:stock', organizationId: derivedId('o') },
  ...{ accountId: null, effectiveAt: null, schemaVersion: 1 },
};
const append = (expectedRevision: number, id: string) => ({
  stream: 'stock.item-a-1',
  expectedRevision,
  events: [{ id: derivedId(id), type: 'Counted', data: {}, meta }],
});

it('appends are counted by outcome and timed; a store that fails is counted and heard', async () => {
  const metrics = serviceMetrics('stock');
  const inner = inMemoryEventStore({ clock: { now: () => '2026-03-01T10:00:00.000Z' } });
  const store = measuredStore(inner, metrics);
  await store.append([append(0, 'a')]);
  await store.append([append(0, 'b')]);
  const broken: EventStore = { ...inner, append: () => Promise.reject(new Error('away')) };
  await expect(measuredStore(broken, serviceMetrics('sales')).append([append(1, 'c')])).rejects.toThrow('away');
  expect(await store.readStream('stock.item-a-1')).toHaveLength(1);
  const text = await metrics.registry.metrics();
  expect(text).toContain('stockproof_append_outcomes_total{outcome="appended",service="stock"} 1');
  expect(text).toContain('stockproof_append_outcomes_total{outcome="conflict",service="stock"} 1');
  expect(text).toContain('stockproof_append_seconds_count{service="stock"} 2');
});
