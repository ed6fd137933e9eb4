import type { Problem, Sealed } from '@stockproof/sales-domain';
import { sql, type TenantReader } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';

export type IncomingOrderRow = {
  readonly order_id: string;
  readonly channel_id: string | null;
  readonly order_number: string | null;
  readonly way: string;
  readonly state: string;
  readonly shop_state: string;
  readonly placed_at: string | null;
  readonly received_at: string;
  readonly effect: string | null;
  readonly reason: string | null;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
  readonly content: Sealed;
  readonly revision: number;
  readonly position: string;
};

const columns =
  'order_id, channel_id, order_number, way, state, shop_state, placed_at, received_at, effect, reason, problems, warnings, content, revision, position';

export type IncomingFilter = { readonly state: string | null; readonly channelId: string | null; readonly code: string | null };

/** Orders as they came in, in the order in which something last happened to them. */
export const readIncomingOrders = (
  reader: TenantReader,
  accountId: AccountId,
  { state, channelId, code }: IncomingFilter,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly IncomingOrderRow[]> =>
  reader.readAs<IncomingOrderRow>(
    { kind: 'account', accountId },
    sql(
      `select ${columns} from incoming_orders_v1
        where account_id = $1 and ($2::text is null or state = $2) and ($3::uuid is null or channel_id = $3)
          and ($4::text is null or problems @> jsonb_build_array(jsonb_build_object('code', $4::text)) or warnings @> jsonb_build_array(jsonb_build_object('code', $4::text))
            or (state = 'recorded' and reason = $4))
          and ($5::text is null or position > $5) order by position limit $6`,
      ...[accountId, state, channelId, code, page.after, page.limit + 1],
    ),
  );

export const readIncomingOrder = async (reader: TenantReader, accountId: AccountId, orderId: string): Promise<IncomingOrderRow | null> => {
  const rows = await reader.readAs<IncomingOrderRow>(
    { kind: 'account', accountId },
    sql(`select ${columns} from incoming_orders_v1 where account_id = $1 and order_id = $2`, accountId, orderId),
  );
  return rows[0] ?? null;
};
