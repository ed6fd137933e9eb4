import { derivedId, plusMs, type Clock } from '@stockproof/vocabulary';
import type { Announced, SpokenOf } from './spoken-of';

const start = '2026-01-10T12:00:00.000Z';
const minute = (at: number): string => plusMs('2026-01-10T06:00:00.000Z', at * 60_000);

/** What every adapter must do. */
export const spokenOfSuite = (name: string, open: (clock: Clock) => Promise<SpokenOf>): void => {
  describe(`what warehouses spoke of, ${name}`, () => {
    let now = start;
    let spokenOf: SpokenOf;
    let accountId = '';
    let accounts = 0;
    beforeEach(async () => {
      now = start;
      spokenOf = await open({ now: () => now });
      accountId = derivedId('account', name, ++accounts);
    });
    const [north, south] = [derivedId('north'), derivedId('south')];
    const report = (at: number) =>
      ({ reportId: derivedId('report', at), source: 'channel:c', takenAt: minute(at), meaning: 'on-hand' }) as const;
    const announce = (at: number, skus: readonly string[], more: Partial<Announced> = {}) =>
      spokenOf.announce({ accountId, warehouseId: north, ...report(at), skus, ...more });
    const since = (at: number, sku = 'TEA', warehouseId = north) => spokenOf.since({ accountId, warehouseId, sku, at: minute(at) });

    it('names the youngest report taken since, of that SKU and that warehouse', async () => {
      await announce(1, ['TEA', 'CUP']);
      await announce(5, ['tea ', 'CUP']);
      await announce(3, ['TEA']);
      expect(await since(1)).toEqual(report(5));
      expect(await since(5)).toEqual(report(5));
      expect(await since(6)).toBeNull();
      expect(await since(1, 'POT')).toBeNull();
      expect(await since(1, 'TEA', south)).toBeNull();
      expect(await spokenOf.since({ accountId: derivedId('another'), warehouseId: north, sku: 'TEA', at: minute(1) })).toBeNull();
    });

    it('tells an older report of what younger ones spoke of, and of nothing else', async () => {
      await announce(5, ['TEA', 'CUP']);
      await announce(7, ['CUP', 'POT']);
      expect([...(await announce(3, ['TEA', 'CUP', 'LID'])).younger].toSorted()).toEqual([
        ['cup', report(7)],
        ['tea', report(5)],
      ]);
      expect((await announce(7, ['CUP'])).younger.size).toBe(0);
      expect((await announce(3, ['TEA'], { warehouseId: south })).younger.size).toBe(0);
    });

    it('keeps the youngest when the same SKUs are spoken of again by an older one', async () => {
      await announce(5, ['TEA']);
      await announce(3, ['TEA']);
      expect(await since(4)).toEqual(report(5));
    });

    it('tells a younger report that an older one is being decided, until it is not', async () => {
      await announce(3, ['TEA']);
      expect((await announce(5, ['CUP'])).olderUnderWay).toBe(true);
      expect((await announce(2, ['CUP'])).olderUnderWay).toBe(false);
      expect((await announce(5, ['CUP'], { warehouseId: south })).olderUnderWay).toBe(false);
      for (const at of [2, 3]) await spokenOf.finish({ accountId, warehouseId: north, ...report(at) });
      expect((await announce(5, ['CUP'])).olderUnderWay).toBe(false);
    });

    it('counts a report that speaks of several moments as old as its oldest', async () => {
      await announce(6, ['TEA']);
      await announce(4, ['CUP'], { reportId: report(6).reportId });
      expect((await announce(5, ['POT'])).olderUnderWay).toBe(true);
    });

    it('begins a report again, but no other under its id until it is finished', async () => {
      const begin = (digest: string, at = 3) => spokenOf.begin({ accountId, warehouseId: north, ...report(at), digest });
      expect([await begin('one'), await begin('other'), await begin('one'), await begin('other', 4)]).toEqual([true, false, true, true]);
      await announce(3, ['TEA']);
      expect(await begin('other')).toBe(false);
      await spokenOf.finish({ accountId, warehouseId: north, ...report(3) });
      expect(await begin('other')).toBe(true);
    });

    it('does not wait for one that was never finished', async () => {
      await announce(3, ['TEA']);
      now = plusMs(start, 11 * 60_000);
      expect((await announce(5, ['TEA'])).olderUnderWay).toBe(false);
    });
  });
};
