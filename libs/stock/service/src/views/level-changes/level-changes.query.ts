import type { Position } from '@stockproof/event-store';
import { sql, type TenantReader } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';

/** Where a page begins: behind this SKU's change at this position, or (`within` null) behind all changes there. */
export type ChangesPlace = { readonly position: Position; readonly within: string | null };

export type Figure = {
  readonly warehouseId: string;
  readonly kind: 'physical' | 'virtual';
  readonly total: number;
  readonly unsellable: number;
  readonly allocated: number;
  readonly held: number;
  readonly incoming: number;
  readonly available: number;
  readonly publishable: number;
};

export type SkuChange = {
  readonly sku: string;
  readonly previousSequence: number;
  readonly sequence: number;
  readonly position: Position;
  readonly figures: readonly Figure[];
};

/** `place`: of the last change that the page has taken in; `null` where there was none. */
export type ChangesPage = { readonly changes: readonly SkuChange[]; readonly place: ChangesPlace | null };

/** A page looks at so many changes at most, however few SKUs they are of. */
const changesAtOnce = 1_000;
/** Sorts behind every SKU. */
const behindAll = '\u{10FFFF}';

/**
 * The next changes, folded by SKU: as many as fit into so many SKUs. The figures are those of now, which may know of later changes, and
 * of no fewer: what the view of levels has not read yet is not told.
 */
const page = `
  with reach as (
    select min(position) as position from projection_checkpoints
     where not building and (view, version) in (('stock-levels', 1), ('level-changes', 1))),
  ahead as (
    select c.position, c.sku_key, c.sequence, row_number() over (partition by c.sku_key order by c.position) as nth
      from (select * from stock_level_changes_v1
             where account_id = $1 and (position, sku_key) > ($2, $3) and position <= (select position from reach)
             order by position, sku_key limit ${changesAtOnce}) c),
  taken as (
    select * from (
      select a.*, count(*) filter (where nth = 1) over (order by position, sku_key) as skus from ahead a) n
     where skus <= $4),
  folded as (
    select sku_key, min(sequence) - 1 as previous, max(sequence) as sequence, max(position) as position from taken group by sku_key),
  place as (select position, sku_key from taken order by position desc, sku_key desc limit 1)
  select f.sku_key as "skuKey", f.previous as "previousSequence", f.sequence, f.position,
         p.position as "placePosition", p.sku_key as "placeWithin", min(l.sku) as sku,
         json_agg(json_build_object('warehouseId', l.warehouse_id, 'kind', l.kind, 'total', l.total, 'unsellable', l.unsellable,
           'allocated', l.allocated, 'held', l.held, 'incoming', l.incoming, 'available', l.available, 'publishable', l.publishable)
           order by l.warehouse_id) filter (where l.sku_key is not null) as figures
    from folded f cross join place p
    left join stock_levels_v1 l on l.account_id = $1 and l.sku_key = f.sku_key
   group by f.sku_key, f.previous, f.sequence, f.position, p.position, p.sku_key
   order by f.position, f.sku_key`;

type Row = Omit<SkuChange, 'figures' | 'sku'> & {
  readonly skuKey: string;
  readonly sku: string | null;
  readonly figures: readonly Figure[] | null;
  readonly placePosition: Position;
  readonly placeWithin: string;
};

/** What changed behind a place (`null`: since the beginning), of at most `limit` SKUs, in the order of their last change taken in. */
export const readChanges = async (
  reader: TenantReader,
  accountId: AccountId,
  after: ChangesPlace | null,
  limit: number,
): Promise<ChangesPage> => {
  const from = after === null ? ['', ''] : [after.position, after.within ?? behindAll];
  const rows = await reader.readAs<Row>({ kind: 'account', accountId }, sql(page, accountId, ...from, limit));
  const [first] = rows;
  return {
    changes: rows.map(({ skuKey, sku, figures, previousSequence, sequence, position }) => ({
      ...{ sku: sku ?? skuKey, previousSequence, sequence, position },
      figures: figures ?? [],
    })),
    place: first === undefined ? null : { position: first.placePosition, within: first.placeWithin },
  };
};
