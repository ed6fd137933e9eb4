import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import { ProblemException } from '@stockproof/http-problems';
import { derivedId } from '@stockproof/vocabulary';
import { itemStream, stockStreams, type StockStreams } from '../stock.streams';
import { inMemorySpokenOf } from './in-memory-spoken-of';
import { reportLevels, type LevelReport } from './reporting-levels';

const [accountId, warehouseId, reportId] = [derivedId('account'), derivedId('north'), derivedId('report')];
const clock = { now: () => '2026-01-10T12:00:00.000Z' };

const open = () => {
  const store = inMemoryEventStore({ clock });
  const streams = stockStreams(commandHandling({ store, clock }));
  const spokenOf = inMemorySpokenOf(clock);
  let calls = 0;
  /** What a caller is told: what became of each row, or the code of the refusal. */
  const report = async (counted: Readonly<Record<string, number>>, more: Partial<LevelReport> & { through?: StockStreams } = {}) => {
    const { through = streams, ...said } = more;
    const commandId = derivedId('call', ++calls);
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    const rows = Object.entries(counted).map(([sku, quantity]) => ({ sku, quantity }));
    return reportLevels(
      { streams: through, clock, spokenOf, bundles: async () => new Set() },
      accountId,
      { ...{ reportId, source: 'user:1', warehouseId, takenAt: '2026-01-10T11:00:00.000Z', meaning: 'on-hand', rows }, ...said },
      { context: { ...ids, actor: 'user:1', organizationId: derivedId('organization'), accountId } },
    ).then(
      ({ digest, outcomes }) => ({ digest, outcomes: outcomes.map(({ sku, outcome }) => `${sku} ${outcome}`) }),
      (error: unknown) => {
        if (error instanceof ProblemException) return error.problem.code;
        throw error;
      },
    );
  };
  const events = async () => (await store.readAll('', 1_000)).events.map(({ type }) => type);
  const total = async (sku: string) =>
    (await streams.items.load(itemStream(accountId, sku))).state.warehouses.get(warehouseId)?.quantities.total ?? 0;
  return { report, events, total, streams };
};

describe('a report under an id that was used', () => {
  it('is the same one where it says the same, whoever says it', async () => {
    const { report, events } = open();
    const first = await report({ TEA: 20 });
    expect(first).toEqual({ digest: expect.any(String), outcomes: ['TEA applied'] });
    expect(await report({ TEA: 20 }, { source: 'user:2' })).toEqual(first);
    expect(await events()).toEqual(['StockLevelReported', 'LevelReportRecorded']);
  });

  it.each<[string, Partial<LevelReport>]>([
    ['other rows', {}],
    ['another moment', { takenAt: '2026-01-10T11:30:00.000Z', rows: [{ sku: 'TEA', quantity: 20 }] }],
    ['another meaning', { meaning: 'available', rows: [{ sku: 'TEA', quantity: 20 }] }],
  ])('is refused where it says %s, and changes nothing', async (_, said) => {
    const { report, events, total } = open();
    await report({ TEA: 20 });
    const before = await events();
    expect(await report({ TEA: 44, POT: 7 }, said)).toBe('report-id-reused');
    expect([await events(), await total('TEA'), await total('POT')]).toEqual([before, 20, 0]);
  });

  it('goes on where the first time broke off, and lets no other in between', async () => {
    const { report, events, total, streams } = open();
    const breaksOff: StockStreams = {
      ...streams,
      levelReports: { ...streams.levelReports, handle: () => Promise.reject(new Error('the process ended')) },
    };
    await expect(report({ TEA: 20, CUP: 3 }, { through: breaksOff })).rejects.toThrow('the process ended');
    expect(await report({ TEA: 44, POT: 7 })).toBe('report-id-reused');
    expect([await total('TEA'), await total('POT')]).toEqual([20, 0]);
    expect(await report({ TEA: 20, CUP: 3 })).toMatchObject({ outcomes: ['TEA applied', 'CUP applied'] });
    expect((await events()).filter((type) => type === 'LevelReportRecorded')).toHaveLength(1);
    expect(await report({ TEA: 44, POT: 7 })).toBe('report-id-reused');
  });

  it('at the same time as another is one of both', async () => {
    const { report, total } = open();
    const answers = await Promise.all([report({ TEA: 20 }), report({ TEA: 44, POT: 7 })]);
    expect(answers.filter((answer) => answer === 'report-id-reused')).toHaveLength(1);
    expect([20, 0, 44, 7].join()).toContain([await total('TEA'), await total('POT')].join());
  });
});
