import type { ShopPlace } from '@stockproof/channel-directory';
import { sql, type Queryable } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';
import { availableBundles, published, type Bundle } from './publishable';

/** A figure as the shop is told it: under its own name of the SKU; no code for the shop as a whole. */
export type ToldFigure = {
  readonly sku: string;
  readonly warehouseCode: string | null;
  readonly quantity: number;
  /** What it was made of, before the rule of the channel; `null`: it is no longer offered at all. */
  readonly available: number | null;
};

type Level = {
  readonly sku_key: string;
  readonly sku: string;
  readonly warehouse_id: string;
  readonly available: number;
  readonly publishable: number;
};
type Warehouse = { readonly warehouse_id: string; readonly code: string; readonly members: readonly string[] };

const levelsOf = (database: Queryable, accountId: AccountId): Promise<readonly Level[]> =>
  database.query<Level>(
    sql('select sku_key, sku, warehouse_id, available, publishable from stock_levels_v1 where account_id = $1', accountId),
  );

/** Each warehouse of the account with the physical ones that it stands for. */
const warehousesOf = (database: Queryable, accountId: AccountId): Promise<readonly Warehouse[]> =>
  database.query<Warehouse>(
    sql(
      `select w.warehouse_id, w.code, coalesce((select array_agg(m.member_id::text) from stock_members_v1 m where m.warehouse_id = w.warehouse_id), array[w.warehouse_id::text]) as members
         from stock_warehouses_v1 w where w.account_id = $1`,
      accountId,
    ),
  );

/** A SKU as catalog has it; a plain one has no components. */
type Variant = Bundle & { readonly sku_key: string; readonly archived: boolean };

const variantsOf = (database: Queryable, accountId: AccountId): Promise<readonly Variant[]> =>
  database.query<Variant>(
    sql('select sku_key, sku, components, archived from known_variants where account_id = $1 order by sku_key', accountId),
  );

const namesOf = async (database: Queryable, accountId: AccountId, channelId: string): Promise<ReadonlyMap<string, string>> => {
  const rows = await database.query<{ sku_key: string; theirs: string }>(
    sql(
      'select sku_key, min(theirs) as theirs from known_sku_mappings where account_id = $1 and channel_id = $2 and not removed group by sku_key',
      accountId,
      channelId,
    ),
  );
  return new Map(rows.map(({ sku_key, theirs }) => [sku_key, theirs]));
};

const maySplitIn = async (database: Queryable, accountId: AccountId): Promise<boolean> => {
  const rows = await database.query<{ allow_splitting: boolean }>(
    sql('select allow_splitting from known_splitting where account_id = $1', accountId),
  );
  return rows[0]?.allow_splitting ?? true;
};

/** Every figure that the shop is to know now. */
export const figuresFor = async (database: Queryable, { accountId, channelId, setUp }: ShopPlace): Promise<readonly ToldFigure[]> => {
  const [levels, warehouses, variants, names, maySplit] = await Promise.all([
    levelsOf(database, accountId),
    warehousesOf(database, accountId),
    variantsOf(database, accountId),
    namesOf(database, accountId, channelId),
    maySplitIn(database, accountId),
  ]);
  const at = new Map(levels.map((level) => [`${level.sku_key} ${level.warehouse_id}`, level]));
  const available = (key: string, warehouseId: string) => at.get(`${key} ${warehouseId}`)?.available ?? 0;
  const told = warehouses.filter(({ warehouse_id }) => setUp.publishedWarehouses.includes(warehouse_id));
  const bundles = variants.filter(({ components, archived }) => components.length > 0 && !archived);
  // A bundle has no stock of its own, and what is archived is not sold, whatever lies there.
  const untold = new Set(variants.filter(({ components, archived }) => components.length > 0 || archived).map(({ sku_key }) => sku_key));
  return told.flatMap(({ warehouse_id, code, members }) => {
    const { rules } = setUp.stockPublication;
    const rule = rules.find((each) => each.warehouseId === warehouse_id) ?? null;
    const theirs = setUp.warehouseMappings.find((each) => each.warehouseId === warehouse_id)?.theirs ?? code;
    const figure = (sku: string, there: number): ToldFigure => ({
      sku: names.get(skuKey(sku)) ?? sku,
      warehouseCode: told.length === 1 ? null : theirs,
      quantity: published(there, sku, rule),
      available: there,
    });
    const here = levels.filter((level) => level.warehouse_id === warehouse_id && !untold.has(level.sku_key));
    return [
      ...here.map(({ sku, publishable }) => figure(sku, publishable)),
      ...bundles.map((bundle) => figure(bundle.sku, availableBundles(bundle, members, available, maySplit))),
    ];
  });
};
