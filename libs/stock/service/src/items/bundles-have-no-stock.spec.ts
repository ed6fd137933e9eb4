import type { Caller } from '@stockproof/access';
import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import { ProblemException } from '@stockproof/http-problems';
import { derivedId, skuKey } from '@stockproof/vocabulary';
import { inMemorySpokenOf } from '../level-reports/in-memory-spoken-of';
import { LevelReportsController } from '../level-reports/level-reports.controller';
import type { Reporting } from '../level-reports/reporting-levels';
import { stockStreams } from '../stock.streams';
import { ItemsController } from './items.controller';

const clock = { now: () => '2026-01-10T12:00:00.000Z' };
const [accountId, warehouseId] = [derivedId('account'), derivedId('north')];
const ids = { commandId: derivedId('c'), correlationId: derivedId('c'), causationId: derivedId('c') };
const caller = {
  accountId,
  context: () => ({ ...ids, actor: 'user:1', organizationId: derivedId('organization'), accountId }),
} as unknown as Caller;
const reply = { header: () => undefined, server: { stockproofService: 'stock' } } as never;

/** SET is a bundle. */
const open = () => {
  const store = inMemoryEventStore({ clock });
  const bundles: Reporting['bundles'] = async (_, skus) => new Set(skus.map(skuKey).filter((key) => key === 'set'));
  const reporting = { streams: stockStreams(commandHandling({ store, clock })), clock, spokenOf: inMemorySpokenOf(clock), bundles };
  const reader = { readAs: async () => [{ kind: 'physical', code: 'NORTH' }] as never };
  const items = new ItemsController(reporting, reader);
  const reports = new LevelReportsController(reporting, reader);
  return {
    adjust: (sku: string) => items.adjust(caller, { sku, warehouseId, by: 10, reason: 'found' }, reply),
    setAside: (sku: string) => items.setAside(caller, { sku, warehouseId, by: 1, reason: 'damaged' }, reply),
    report: (rows: readonly string[]) =>
      reports.report(caller, { warehouseId, takenAt: clock.now(), rows: rows.map((sku) => ({ sku, quantity: 5 })) }, reply),
    streamsWritten: async () => (await store.readAll('', 100)).events.map(({ stream }) => stream.split('-').at(-1)),
  };
};

describe('a bundle', () => {
  it.each(['adjust', 'setAside'] as const)('is given no stock of its own: %s', async (write) => {
    const stock = open();
    const refusal = await stock[write]('Set').catch((error: unknown) => error);
    if (!(refusal instanceof ProblemException)) throw new Error(`taken: ${JSON.stringify(refusal)}`);
    const { status, code, hearsay, errors } = refusal.problem;
    expect([status, code, hearsay, errors?.map((each) => each.pointer)]).toEqual([422, 'is-a-bundle', undefined, ['/sku']]);
    expect(await stock.streamsWritten()).toEqual([]);
    expect((await stock.adjust('TEA')).events).toEqual(['StockAdjusted']);
  });

  it('is refused as a row of a report, and the other rows go on', async () => {
    const stock = open();
    const { rows } = await stock.report(['SET', 'TEA']);
    expect(rows).toEqual([
      { sku: 'SET', outcome: 'refused', code: 'is-a-bundle' },
      { sku: 'TEA', outcome: 'applied', code: null },
    ]);
    expect(await stock.streamsWritten()).not.toContain('set');
  });
});
