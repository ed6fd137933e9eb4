import { sql, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';

export type StockMovementRow = {
  readonly position: string;
  readonly ordinal: number;
  readonly event_id: string;
  readonly sku: string;
  readonly warehouse_id: string;
  readonly cause: string;
  readonly effective_at: string;
  readonly recorded_at: string;
  readonly total: number;
  readonly unsellable: number;
  readonly allocated: number;
  readonly held: number;
  readonly incoming: number;
  readonly actor: string;
  readonly order_id: string | null;
  readonly reference: string | null;
  readonly reason: string | null;
};

export type MovementPlace = { readonly position: string; readonly ordinal: number };
export type MovementFilter = { readonly sku: string | null; readonly warehouseId: string | null; readonly orderId: string | null };

/** Changes in the order in which they were recorded. */
export const readMovements = (
  reader: TenantReader,
  accountId: AccountId,
  filter: MovementFilter,
  page: { readonly after: MovementPlace | null; readonly limit: number },
): Promise<readonly StockMovementRow[]> =>
  reader.readAs<StockMovementRow>(
    { kind: 'account', accountId },
    sql(
      `select position, ordinal, event_id, sku, warehouse_id, cause, effective_at, recorded_at, total, unsellable, allocated, held, incoming, actor, order_id, reference, reason
         from stock_movements_v1
        where account_id = $1
          and ($2::text is null or sku_key = $2)
          and ($3::uuid is null or warehouse_id = $3)
          and ($4::text is null or order_id = $4)
          and ($5::text is null or (position, ordinal) > ($5, $6::integer))
        order by position, ordinal
        limit $7`,
      accountId,
      filter.sku === null ? null : skuKey(filter.sku),
      filter.warehouseId,
      filter.orderId,
      page.after?.position ?? null,
      page.after?.ordinal ?? null,
      page.limit + 1,
    ),
  );
