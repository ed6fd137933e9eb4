import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import type { ImportedFor } from '@stockproof/file-imports';
import { derivedId } from '@stockproof/vocabulary';
import { itemStream, stockStreams } from '../stock.streams';
import { inMemorySpokenOf } from './in-memory-spoken-of';
import { stockLevelsFile } from './stock-levels-file';

const accountId = derivedId('account');
const [north, both] = [derivedId('north'), derivedId('both')];
const now = '2026-01-10T12:00:00.000Z';

const imported: ImportedFor = {
  ...{ accountId, organizationId: derivedId('organization'), actor: 'user:u', fileId: derivedId('file'), receivedAt: now, options: {} },
  contextOf: (row, ...step) => {
    const commandId = derivedId('file', row, ...step);
    return { commandId, correlationId: commandId, causationId: commandId, actor: 'user:u', organizationId: accountId, accountId };
  },
};

/** A file taken so many rows at once; what became of each row, and how much of a SKU there is. */
const taken = async (text: string, atOnce = 500) => {
  const clock = { now: () => now };
  const streams = stockStreams(commandHandling({ store: inMemoryEventStore({ clock }), clock }));
  const warehouses = new Map([
    ['north', { warehouseId: north, kind: 'physical' as const }],
    ['both', { warehouseId: both, kind: 'virtual' as const }],
  ]);
  const kind = stockLevelsFile({ streams, clock, spokenOf: inMemorySpokenOf(clock), warehouses: async () => warehouses });
  const read = kind.parse(text);
  if (read.outcome === 'unreadable') return { code: read.code };
  const outcomes = [];
  for (let from = 0; from < read.rows.length; from += atOnce)
    outcomes.push(...(await kind.apply(read.rows.slice(from, from + atOnce), imported)));
  const totalOf = async (sku: string) =>
    (await streams.items.load(itemStream(accountId, sku))).state.warehouses.get(north)?.quantities.total;
  return { faults: read.faults, outcomes: outcomes.map(({ row, outcome, code }) => [row, outcome, code]), totalOf };
};

describe('a file of stock levels', () => {
  it('counts by its first word where it speaks of a SKU twice, however far apart', async () => {
    const rows = ['TEA,north,7', ...Array.from({ length: 8 }, (_, index) => `SKU-${index},north,1`), 'tea ,NORTH,9'];
    const { outcomes, totalOf } = await taken(['sku,warehouse,quantity', ...rows].join('\n'), 3);
    expect(outcomes?.at(-1)).toEqual([11, 'skipped', 'sku-twice']);
    expect(await totalOf?.('TEA')).toBe(7);
  });

  it('may speak of a SKU once for each moment: the youngest holds', async () => {
    const rows = ['TEA,north,7,2026-01-10T10:00:00Z', 'TEA,north,9,2026-01-10T11:00:00+01:00', 'TEA,north,8,2026-01-10T09:00:00Z'];
    const { outcomes, totalOf } = await taken(['sku,warehouse,quantity,taken_at', ...rows].join('\n'));
    expect(outcomes).toEqual([
      [2, 'taken', null],
      [3, 'skipped', 'sku-twice'],
      [4, 'refused', 'report-outdated'],
    ]);
    expect(await totalOf?.('TEA')).toBe(7);
  });

  it('says of each row that cannot be meant why', async () => {
    const rows = [
      ',north,1',
      'TEA,north,-1',
      'TEA,north,1.5',
      'TEA,north,1,yesterday',
      'TEA,north,1,2026-02-30T10:00:00Z',
      'TEA,both,1',
      'TEA,east,1',
    ];
    const { faults, outcomes } = await taken(['sku,warehouse,quantity,taken_at', ...rows].join('\n'));
    expect(faults?.map(({ row, code }) => [row, code])).toEqual([
      [2, 'sku'],
      [3, 'quantity'],
      [4, 'quantity'],
      [5, 'taken-at'],
      [6, 'taken-at'],
    ]);
    expect(outcomes).toEqual([
      [7, 'refused', 'not-a-physical-warehouse'],
      [8, 'refused', 'warehouse-not-enabled'],
    ]);
  });

  it('is none without its columns', async () => expect(await taken('sku,amount\nTEA,1\n')).toEqual({ code: 'no-stock-levels' }));
});
