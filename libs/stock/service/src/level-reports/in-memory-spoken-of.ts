import type { QuietReport } from '@stockproof/stock-domain';
import { plusMs, skuKey, type Clock, type Instant } from '@stockproof/vocabulary';
import { keysOf, underWayMs, type Announced, type SpokenOf } from './spoken-of';

type Spoken = { readonly place: string; readonly key: string; readonly report: QuietReport };

type UnderWay = { readonly place: string; readonly takenAt: Instant; readonly seenAt: Instant; readonly digest: string };

/** For tests: forgets nothing. */
export const inMemorySpokenOf = (clock: Clock): SpokenOf => {
  const spoken: Spoken[] = [];
  const underWay = new Map<string, UnderWay>();
  const placeOf = ({ accountId, warehouseId }: Pick<Announced, 'accountId' | 'warehouseId'>) => `${accountId} ${warehouseId}`;
  const youngest = (place: string, key: string, wanted: (takenAt: Instant) => boolean): QuietReport | undefined =>
    spoken
      .filter((each) => each.place === place && each.key === key && wanted(each.report.takenAt))
      .map(({ report }) => report)
      .toSorted((one, other) => (one.takenAt < other.takenAt ? 1 : -1))[0];
  return {
    begin: async ({ reportId, takenAt, digest, ...where }) => {
      const place = placeOf(where);
      const known = underWay.get(`${place} ${reportId}`);
      if (known !== undefined && !['', digest].includes(known.digest)) return false;
      underWay.set(`${place} ${reportId}`, { place, takenAt: known?.takenAt ?? takenAt, seenAt: clock.now(), digest });
      return true;
    },
    announce: async ({ skus, reportId, source, takenAt, meaning, ...where }) => {
      const place = placeOf(where);
      for (const key of keysOf(skus)) spoken.push({ place, key, report: { reportId, source, takenAt, meaning } });
      const { takenAt: begun, digest } = underWay.get(`${place} ${reportId}`) ?? { takenAt, digest: '' };
      underWay.set(`${place} ${reportId}`, { place, takenAt: begun < takenAt ? begun : takenAt, seenAt: clock.now(), digest });
      const recently = plusMs(clock.now(), -underWayMs);
      const younger = keysOf(skus).flatMap((key) => {
        const found = youngest(place, key, (each) => each > takenAt);
        return found === undefined ? [] : [[key, found] as const];
      });
      return {
        younger: new Map(younger),
        olderUnderWay: [...underWay.values()].some((each) => each.place === place && each.takenAt < takenAt && each.seenAt > recently),
      };
    },
    finish: async ({ reportId, ...where }) => void underWay.delete(`${placeOf(where)} ${reportId}`),
    since: async ({ sku, at, ...where }) => youngest(placeOf(where), skuKey(sku), (each) => each >= at) ?? null,
  };
};
