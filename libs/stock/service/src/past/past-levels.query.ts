import { sql, type Statement, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';
import type { LevelFilter, LevelPlace, StockLevelRow } from '../views/stock-levels/stock-levels.query';
import { latenessMax, stretchBegin } from '../views/stock-movements/lateness';
import type { Counted } from './moments';

const names = ['total', 'unsellable', 'allocated', 'held', 'incoming'] as const;
const each = (of: (name: (typeof names)[number]) => string): string => names.map(of).join(', ');
const available = 'p.total - p.unsellable - p.allocated - p.held';

/**
 * One SKU in one warehouse: the running balance at the place, found by one seek, and the rows behind it that took effect before all the
 * same. They are looked for class by class, each a short stretch of the index.
 */
const standing = `
  select ${each((name) => `coalesce(balance.${name}_after, 0) + coalesce(late.${name}, 0) as ${name}`)},
         greatest(balance.position, late.position) as position
    from (select) nothing
    left join lateral (
      select m.position, ${each((name) => `m.${name}_after`)}
        from stock_movements_v2 m
       where m.account_id = $1 and m.sku_key = b.sku_key and m.warehouse_id = b.warehouse_id and m.position <= $2
       order by m.position desc, m.ordinal desc limit 1) balance on true
    left join lateral (
      select max(one.position) as position, ${each((name) => `sum(one.${name})::bigint as ${name}`)}
        from generate_series(0, ${latenessMax}) n
        cross join lateral (
          select max(l.position) as position, ${each((name) => `sum(l.${name}) as ${name}`)}
            from stock_movements_v2 l
           where l.account_id = $1 and l.sku_key = b.sku_key and l.warehouse_id = b.warehouse_id and l.lateness = n::smallint
             and l.effective_at <= $3::timestamptz and l.effective_at > ${stretchBegin('$3::timestamptz', 'n')}
             and l.recorded_at > $3::timestamptz and l.position <= $4) one
       where b.lateness_seen & (1 << n) <> 0) late on $4 > $2`;

/** Physical rows of so many SKUs, and what follows for virtual ones from the members that they had then. */
const pastLevels = `
  with spells as materialized (
    select s.warehouse_id, s.member_id from stock_member_spells_v2 s
     where s.account_id = $1 and s.from_position <= $2 and (s.until_position is null or s.until_position > $2)),
  chosen as materialized (
    select distinct b.sku_key from stock_balances_v2 b
     where b.account_id = $1 and b.first_position <= $4 and b.first_effective_at <= $3::timestamptz
       and ($5::text[] is null or b.sku_key = any($5))
       and ($6::uuid is null or b.warehouse_id = $6 or b.warehouse_id in (select s.member_id from spells s where s.warehouse_id = $6))
       and ($8::text is null or b.sku_key >= $8)
     order by b.sku_key limit $11),
  physical as materialized (
    select b.sku_key, b.sku, b.warehouse_id, stood.*
      from chosen c
      join stock_balances_v2 b on b.account_id = $1 and b.sku_key = c.sku_key
      cross join lateral (${standing}) stood
     where stood.position is not null),
  levels as (
    select p.sku_key, p.sku, p.warehouse_id, 'physical' as kind, ${each((name) => `p.${name}`)}, ${available} as available,
           greatest(0, ${available}) as publishable, p.position
      from physical p
    union all
    select p.sku_key, min(p.sku), s.warehouse_id, 'virtual', ${each((name) => `sum(p.${name})::bigint`)}, sum(${available})::bigint,
           sum(greatest(0, ${available}))::bigint, max(p.position)
      from physical p join spells s on s.member_id = p.warehouse_id
     group by p.sku_key, s.warehouse_id)
  select scope.skus, scope.last_sku, page.*
    from (select count(*) as skus, max(sku_key) as last_sku from chosen) scope
    left join lateral (
      select l.*, w.code as warehouse_code
        from levels l left join stock_ledger_warehouses_v2 w on w.account_id = $1 and w.warehouse_id = l.warehouse_id
       where ($6::uuid is null or l.warehouse_id = $6) and ($7::text is null or l.kind = $7)
         and ($8::text is null or (l.sku_key, l.warehouse_id) > ($8, $9::uuid))
       order by l.sku_key, l.warehouse_id limit $10) page on true
   order by page.sku_key, page.warehouse_id`;

type Found = { readonly skus: number; readonly last_sku: string | null };
type FoundRow = Found & (StockLevelRow | { readonly sku_key: null });

/** Sorts behind every warehouse of a SKU. */
const lastWarehouse = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

type Asked = { readonly accountId: AccountId; readonly counted: Counted };

/** Levels of an account as they were; the same rows as the live read had at that place. One more than asked. */
export const readPastLevels = async (
  reader: TenantReader,
  asked: Asked,
  filter: LevelFilter,
  page: { readonly after: LevelPlace | null; readonly limit: number },
): Promise<readonly StockLevelRow[]> => {
  const wanted = page.limit + 1;
  const found: StockLevelRow[] = [];
  let { after } = page;
  for (;;) {
    const rows = await reader.readAs<FoundRow>(
      { kind: 'account', accountId: asked.accountId },
      statementOf(asked, filter, { after, rows: wanted - found.length, skus: wanted }),
    );
    found.push(...rows.flatMap(levelIn));
    const next = nextSkus(rows, wanted);
    if (found.length >= wanted || next === null) return found;
    after = next;
  }
};

type Stretch = { readonly after: LevelPlace | null; readonly rows: number; readonly skus: number };

const statementOf = ({ accountId, counted }: Asked, { skus, warehouseId, kind }: LevelFilter, stretch: Stretch): Statement => {
  const keys = skus === null ? null : skus.map(skuKey);
  const { skuKey: sku = null, warehouseId: warehouse = null } = stretch.after ?? {};
  const { balanceAt, happenedBy, knownUntil } = counted;
  return sql(
    pastLevels,
    ...[accountId, balanceAt, happenedBy, knownUntil, keys, warehouseId, kind, sku, warehouse, stretch.rows, stretch.skus],
  );
};

const levelIn = ({ skus: _, last_sku: __, ...row }: FoundRow): readonly StockLevelRow[] => (row.sku_key === null ? [] : [row]);

/** Where a page goes on whose SKUs had less then than it has room for; `null` where there are no more. */
const nextSkus = ([scope]: readonly FoundRow[], wanted: number): LevelPlace | null =>
  scope && scope.last_sku !== null && scope.skus >= wanted ? { skuKey: scope.last_sku, warehouseId: lastWarehouse } : null;
