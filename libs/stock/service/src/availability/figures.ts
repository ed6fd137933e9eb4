import { sql, type Statement } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';
import type { KnownVariant } from './known-variants';

/** What may be promised of a SKU in a warehouse, and what of that may be published. */
export type FigureRow = {
  readonly skuKey: string;
  readonly warehouseId: string;
  readonly available: number;
  /** Never below 0: an oversold member neither hides nor is covered by the others. */
  readonly publishable: number;
  /** Of the last event that one of the levels behind the figure counts; `null` where there is none. */
  readonly position: string | null;
};

export type WarehouseRow = { readonly warehouseId: string; readonly code: string };

/** All figures of a moment: `position` is the place in the log up to which they are true. */
export type FiguresRow = {
  readonly position: string;
  readonly warehouses: readonly WarehouseRow[];
  /** Those of the SKUs asked for of which stock has heard. */
  readonly heardOf: readonly string[];
  readonly figures: readonly FigureRow[];
};

export type FiguresAsked = {
  readonly accountId: AccountId;
  /** By the keys of their SKUs. A bundle is made of what it consists of, anything else of itself. */
  readonly skus: ReadonlyMap<string, KnownVariant | null>;
  /** Also every other SKU of which there are levels, save these. */
  readonly everyOtherThan: readonly string[] | null;
  /** `null`: all that the account may use. */
  readonly warehouseIds: readonly string[] | null;
  /** Bundles may be packed from several members together. */
  readonly maySplit: boolean;
};

const text = `
  with asked as (
    select * from unnest($2::text[], $3::text[], $4::bigint[], $5::boolean[]) u(sku_key, part_key, quantity, bundle)
    union all
    select distinct l.sku_key, l.sku_key, 1::bigint, false from stock_levels_v1 l where l.account_id = $1 and not l.sku_key = any($6::text[])),
  places as materialized (
    select w.warehouse_id, w.code, coalesce(m.member_id, w.warehouse_id) as member_id
      from stock_warehouses_v1 w
      left join stock_virtual_members_v1 m on m.account_id = w.account_id and m.warehouse_id = w.warehouse_id and w.kind = 'virtual'
     where w.account_id = $1 and ($7::uuid[] is null or w.warehouse_id = any($7))),
  there as materialized (
    select a.*, p.warehouse_id, p.member_id, coalesce(l.available, 0) as available, greatest(0, coalesce(l.available, 0)) as free, l.position
      from asked a cross join places p
      left join stock_levels_v1 l
        on l.account_id = $1 and l.sku_key = a.part_key and l.warehouse_id = p.member_id and l.kind = 'physical'),
  by_member as (
    select sku_key, warehouse_id, bundle, sum(available) as available, min(free / quantity) as packed, max(position) as position
      from there group by sku_key, warehouse_id, bundle, member_id),
  by_part as (
    select sku_key, warehouse_id, div(sum(free), quantity) as packed from there where bundle group by sku_key, warehouse_id, part_key, quantity),
  together as (select sku_key, warehouse_id, min(packed) as packed from by_part group by sku_key, warehouse_id),
  apart as (
    select sku_key, warehouse_id, bundle, sum(available) as available, sum(packed) as packed, max(position) as position
      from by_member group by sku_key, warehouse_id, bundle),
  figures as (
    select a.sku_key, a.warehouse_id, a.position,
           (case when not a.bundle then a.available when $8 then t.packed else a.packed end)::bigint as available,
           (case when a.bundle and $8 then t.packed else a.packed end)::bigint as publishable
      from apart a left join together t using (sku_key, warehouse_id))
  select
    (select coalesce(min(position), '') from projection_checkpoints
      where not building and (view, version) in (('stock-levels', 1), ('level-changes', 1))) as position,
    (select coalesce(json_agg(w), '[]') from (select distinct warehouse_id as "warehouseId", code from places) w) as warehouses,
    (select coalesce(json_agg(a.sku_key), '[]') from (select distinct sku_key from asked) a
      where exists (select from stock_levels_v1 l where l.account_id = $1 and l.sku_key = a.sku_key)) as "heardOf",
    (select coalesce(json_agg(json_build_object('skuKey', sku_key, 'warehouseId', warehouse_id, 'available', available,
        'publishable', publishable, 'position', position)), '[]') from figures) as figures`;

/** The one way in which a figure is made, for whoever asks and for every shop that is told: one statement, however many figures. */
export const figuresStatement = ({ accountId, skus, everyOtherThan, warehouseIds, maySplit }: FiguresAsked): Statement => {
  const parts = [...skus].flatMap(([key, variant]) => partsOf(key, variant));
  return sql(
    text,
    accountId,
    parts.map((part) => part.key),
    parts.map((part) => part.part),
    parts.map((part) => part.quantity),
    parts.map((part) => part.bundle),
    everyOtherThan,
    warehouseIds,
    maySplit,
  );
};

type Part = { readonly key: string; readonly part: string; readonly quantity: number; readonly bundle: boolean };

const partsOf = (key: string, variant: KnownVariant | null): readonly Part[] => {
  if (variant === null || variant.components.length === 0) return [{ key, part: key, quantity: 1, bundle: false }];
  // The same component twice is needed twice over.
  const needs = new Map<string, number>();
  for (const { sku, quantity } of variant.components) needs.set(skuKey(sku), (needs.get(skuKey(sku)) ?? 0) + quantity);
  return [...needs].map(([part, quantity]) => ({ key, part, quantity, bundle: true }));
};
