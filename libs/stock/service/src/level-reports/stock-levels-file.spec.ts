import { commandHandling } from '@stockproof/command-handling';
import { inMemoryEventStore } from '@stockproof/event-store';
import { streamedFileKind, type ImportedFor, type RowOutcome } from '@stockproof/file-imports';
import { NotHeardYet, type Heard } from '@stockproof/hearsay';
import { derivedId, skuKey } from '@stockproof/vocabulary';
import { itemStream, stockStreams } from '../stock.streams';
import { inMemorySpokenOf } from './in-memory-spoken-of';
import type { KnownSkus } from './known-skus';
import { stockLevelsFile, type NamedWarehouse } from './stock-levels-file';

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

const known: ReadonlyMap<string, NamedWarehouse> = new Map([
  ['north', { warehouseId: north, kind: 'physical' }],
  ['both', { warehouseId: both, kind: 'virtual' }],
]);

const bundles: KnownSkus = async (_, skus) => new Set(skus.map(skuKey).filter((key) => key === 'set'));

/** Whether all was heard, and what is known at one look after the other. */
type Hearing = { readonly heard?: Heard; readonly looks?: readonly (typeof known)[] };

/** A file taken so many rows at once; what became of each row, and how much of a SKU there is. */
const taken = async (text: string, atOnce = 500, { heard = async () => true, looks = [known] }: Hearing = {}) => {
  const clock = { now: () => now };
  const store = inMemoryEventStore({ clock });
  const streams = stockStreams(commandHandling({ store, clock }));
  const left = [...looks];
  const warehouses = async () => (left.length > 1 ? left.shift() : left[0]) ?? new Map();
  const kind = streamedFileKind({
    ...stockLevelsFile({ streams, clock, spokenOf: inMemorySpokenOf(clock), bundles, warehouses, heard }),
    atOnce,
  });
  const pieces = async function* () {
    for (let from = 0; from < text.length; from += 7) yield text.slice(from, from + 7);
  };
  const read = await kind.read(pieces);
  if (read.outcome === 'unreadable') return { code: read.code };
  const outcomes: RowOutcome[] = [];
  let sums = {};
  for await (const part of read.parts(0)) {
    const became = await part.apply(imported);
    sums = part.summed(sums, became, imported);
    outcomes.push(...became);
  }
  await kind.finish(imported, sums);
  await kind.finish(imported, sums);
  const records = (await store.readAll('', 10_000)).events.filter(({ type }) => type === 'LevelReportRecorded').map(({ data }) => data);
  const totalOf = async (sku: string) =>
    (await streams.items.load(itemStream(accountId, sku))).state.warehouses.get(north)?.quantities.total;
  return { outcomes: outcomes.map(({ row, outcome, code }) => [row, outcome, code]), totalOf, records };
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
      'SET,north,1',
    ];
    const { outcomes } = await taken(['sku,warehouse,quantity,taken_at', ...rows].join('\n'));
    expect(outcomes).toEqual([
      [2, 'refused', 'sku'],
      [3, 'refused', 'quantity'],
      [4, 'refused', 'quantity'],
      [5, 'refused', 'taken-at'],
      [6, 'refused', 'taken-at'],
      [7, 'refused', 'not-a-physical-warehouse'],
      [8, 'refused', 'warehouse-not-enabled'],
      [9, 'refused', 'is-a-bundle'],
    ]);
  });

  it('waits for a warehouse until all was heard that was said before it came, and looks once more before it refuses', async () => {
    const file = 'sku,warehouse,quantity\nTEA,north,7\nTEA,east,1';
    const asked: (readonly unknown[])[] = [];
    const heard =
      (isHeard: boolean) =>
      async (...about: readonly unknown[]) =>
        asked.push(about) > 0 && isHeard;
    await expect(taken(file, 500, { heard: heard(false), looks: [new Map()] })).rejects.toThrow(NotHeardYet);
    expect(asked).toEqual([[now, accountId]]);
    const { outcomes } = await taken(file, 500, { heard: heard(true), looks: [new Map(), known] });
    expect(outcomes).toEqual([
      [2, 'taken', null],
      [3, 'refused', 'warehouse-not-enabled'],
    ]);
  });

  it('is recorded once for each warehouse, with its counts, in whatever parts it is taken', async () => {
    const rows = ['TEA,north,7', 'CUP,north,0', 'CUP,north,1', 'POT,both,1', 'LID,north,3', 'TEA,north,8,2026-01-01T10:00:00Z'];
    const { records, outcomes } = await taken(['sku,warehouse,quantity,taken_at', ...rows].join('\n'), 2);
    expect(outcomes?.map((each) => each[1])).toEqual(['taken', 'skipped', 'skipped', 'refused', 'taken', 'refused']);
    expect(records).toEqual([
      expect.objectContaining({ warehouseId: north, takenAt: now, applied: 2, unchanged: 1, refused: 1, refusals: [] }),
    ]);
    const again = await taken(['sku,warehouse,quantity,taken_at', ...rows].join('\n'), 2);
    expect(again.records?.[0]?.['digest']).toBe(records?.[0]?.['digest']);
  });

  it('that is cut off in the middle of a cell is none, and nothing of it is taken', async () =>
    expect(await taken('sku,warehouse,quantity\nTEA,north,7\n"CUP,north,1')).toEqual({ code: 'no-stock-levels' }));

  it('is none without its columns, or without rows', async () => {
    expect(await taken('sku,amount\nTEA,1\n')).toEqual({ code: 'no-stock-levels' });
    expect(await taken('sku,warehouse,quantity\n')).toEqual({ code: 'no-stock-levels' });
  });
});
