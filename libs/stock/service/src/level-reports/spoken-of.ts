import type { QuietReport } from '@stockproof/stock-domain';
import { skuKey, type AccountId, type Instant, type Sku, type SkuKey, type WarehouseId } from '@stockproof/vocabulary';

/** A part of a report that is about to be decided: what the warehouse spoke of, whatever it said. */
export type Announced = QuietReport & {
  readonly accountId: AccountId;
  readonly warehouseId: WarehouseId;
  readonly skus: readonly Sku[];
};

/** A report as a whole, by what it says. */
export type BegunReport = Pick<Announced, 'accountId' | 'warehouseId' | 'reportId' | 'takenAt'> & { readonly digest: string };

/** What is known of other reports once a part has been announced. */
export type OtherReports = {
  /** By SKU, the youngest of the reports taken after the announced one that spoke of it. */
  readonly younger: ReadonlyMap<SkuKey, QuietReport>;
  /** An older report of the warehouse is being decided, perhaps by somebody who asked before this one was announced. */
  readonly olderUnderWay: boolean;
};

/** Where and when something happened that is heard of only now. */
export type Happened = { readonly accountId: AccountId; readonly warehouseId: WarehouseId; readonly sku: Sku; readonly at: Instant };

/**
 * Which SKUs each warehouse spoke of and when last. A row that changes nothing on a quiet SKU leaves no event; this is where it is
 * remembered, for as long as an older report would still be taken. SKUs that are reported together are kept together, so a warehouse
 * that reports all it has again and again costs one short write per part and no more room.
 */
export type SpokenOf = {
  /** Before anything of a report is done. False: another one under its id was begun and is not finished. */
  readonly begin: (report: BegunReport) => Promise<boolean>;
  /** Before any row of the part is decided, and again whenever it is: whoever announces later sees it. */
  readonly announce: (part: Announced) => Promise<OtherReports>;
  /** All rows of the report are decided. Forgets what is too old to matter. */
  readonly finish: (report: Pick<Announced, 'accountId' | 'warehouseId' | 'reportId'>) => Promise<void>;
  /** The youngest report taken at or after something that happened; `null` where it is the warehouse's last word. */
  readonly since: (happened: Happened) => Promise<QuietReport | null>;
};

/** How long a report counts as being decided after it was last announced. */
export const underWayMs = 10 * 60_000;

/** With what happened: the quiet report that had counted it, where there is one. */
export const withQuiet = async <
  Data extends { readonly sku: Sku; readonly warehouseId: WarehouseId; readonly at: Instant; readonly now: Instant },
>(
  spokenOf: Pick<SpokenOf, 'since'>,
  accountId: AccountId,
  data: Data,
): Promise<Data & { readonly quiet?: QuietReport }> => {
  if (data.at >= data.now) return data;
  const quiet = await spokenOf.since({ accountId, warehouseId: data.warehouseId, sku: data.sku, at: data.at });
  return quiet === null ? data : { ...data, quiet };
};

/** The SKUs of a part as they are kept: by their keys, each once, in one order. */
export const keysOf = (skus: readonly Sku[]): readonly SkuKey[] => [...new Set(skus.map(skuKey))].sort();
