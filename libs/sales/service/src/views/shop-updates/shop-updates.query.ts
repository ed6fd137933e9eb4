import type { ShopUpdate } from '@stockproof/sales-domain';
import { sql, type Queryable } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';

export type DueShopUpdate = {
  readonly order_id: string;
  readonly telling: number;
  readonly order_number: string;
  readonly update: ShopUpdate;
  readonly due_at: string;
};

/** What a shop has yet to be told, oldest first. */
export const readDueShopUpdates = (
  worker: Queryable,
  accountId: AccountId,
  channelId: string,
  limit: number,
): Promise<readonly DueShopUpdate[]> =>
  worker.query<DueShopUpdate>(
    sql(
      `select order_id, telling, order_number, update, due_at from sales_shop_updates_v1
        where account_id = $1 and channel_id = $2 and outcome = 'due' order by due_at, order_id limit $3`,
      ...[accountId, channelId, limit],
    ),
  );
