import { join } from 'node:path';
import { inMemoryEventStore } from '@stockproof/event-store';
import { serviceMetrics } from '@stockproof/observability';
import { openDatabases, type OpenDatabases } from '@stockproof/postgres-connection';
import { testPostgres, type TestPostgres } from '@stockproof/postgres-embedded/testing';
import { migrate } from '@stockproof/postgres-migrations';
import { projectionRunner } from '@stockproof/projections';
import { sql } from '@stockproof/sql';
import { stockService } from '../stock.module';
import { measuredAllocator, measureStanding } from './allocation-metrics';
import { account, request, scene, wants, withdrawal } from './allocation-scene';

describe('what is left of allocation in the database', () => {
  const clock = { now: () => '2026-03-01T10:10:00.000Z' };
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  let postgres: TestPostgres;
  let databases: OpenDatabases;
  beforeAll(async () => {
    postgres = await testPostgres();
    await migrate({ url: postgres.url, service: 'stock', folders: [{ name: 'stock', dir: join(__dirname, '../migrations') }] });
    databases = openDatabases({ url: postgres.url, service: 'stock', log });
    const { owner, worker } = databases;
    const store = inMemoryEventStore({ clock });
    await projectionRunner({ service: 'stock', store, owner, worker, projections: stockService.projections, log }).prepare();
  });
  afterAll(async () => {
    await databases.close();
    await postgres.stop();
  });

  it('is counted, with the age of the oldest', async () => {
    const metrics = serviceMetrics('stock');
    measureStanding(metrics, databases.worker, clock);
    expect(await metrics.registry.metrics()).toContain('stockproof_oldest_plan_without_outcome_seconds{service="stock"} 0');
    await databases.worker.query(
      sql(
        `insert into waiting_orders (account_id, order_id, attempt, order_date, arrived_at, skus)
         select $1::uuid, 'o' || n, 1, '2026-02-01T00:00:00Z', '2026-03-01T09:10:00Z'::timestamptz + n * interval '10 minutes', array['tea'] from generate_series(0, 2) n`,
        account,
      ),
    );
    await databases.worker.query(
      sql(
        `insert into stock_allocations_v2 (account_id, order_id, attempt, organization_id, status, plan, units, missing, reasons, plan_open_since, revision, decided_at, position)
         select $1::uuid, 'o' || n, 1, $1::uuid, 'requested', 1, '[]', '[]', '[]', case n when 0 then null else '2026-03-01T10:09:00Z'::timestamptz end, 1, now(), '1' from generate_series(0, 2) n`,
        account,
      ),
    );
    const text = await metrics.registry.metrics();
    expect(text).toContain('stockproof_waiting_orders{service="stock"} 3');
    expect(text).toContain('stockproof_oldest_waiting_order_seconds{service="stock"} 3600');
    expect(text).toContain('stockproof_plans_without_outcome{service="stock"} 2');
    expect(text).toContain('stockproof_oldest_plan_without_outcome_seconds{service="stock"} 60');
    expect(text).not.toContain('unreadable_metrics_total{');
  });
});

describe('what the allocator does', () => {
  it('is counted by outcome, and batches by their size', async () => {
    const metrics = serviceMetrics('stock');
    const { owner, adjust } = scene();
    await adjust('tea', 2);
    const measured = measuredAllocator(owner().allocator, metrics);
    await measured.work(account, [
      request('first', wants({ tea: 1 })),
      request('kept', { ...wants({ tea: 1 }), kind: 'hold' }),
      request('late', wants({ tea: 1 })),
    ]);
    await measured.work(account, [withdrawal('first')]);
    const text = await metrics.registry.metrics();
    for (const outcome of ['granted', 'held', 'waiting', 'withdrawn'])
      expect(text).toContain(`stockproof_allocation_decisions_total{outcome="${outcome}",service="stock"} 1`);
    expect(text).toContain('stockproof_allocation_batch_requests_sum{service="stock"} 4');
    expect(text).toContain('stockproof_allocation_batch_requests_bucket{le="1",service="stock"} 1');
  });
});
