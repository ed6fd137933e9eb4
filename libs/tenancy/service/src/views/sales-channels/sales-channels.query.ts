import { sql, type TenantReader } from '@stockproof/sql';
import type { SalesChannel } from '@stockproof/tenancy-domain';

export type SalesChannelRow = {
  readonly channel_id: string;
  readonly code: string;
  readonly name: string;
  readonly connector: string;
  readonly endpoint_url: string | null;
  readonly has_credentials: boolean;
  readonly default_order_status: 'draft' | 'approved' | null;
  readonly hold_delay_ms: number | null;
  readonly published_warehouses: readonly string[];
  readonly status: SalesChannel['status'];
  readonly job_periods_ms: SalesChannel['jobPeriodsMs'];
  readonly carrier_mappings: SalesChannel['carrierMappings'];
  readonly warehouse_mappings: SalesChannel['warehouseMappings'];
  readonly stock_publication: SalesChannel['stockPublication'];
};

/** Where the account's orders come from. */
export const accountSalesChannels = (
  reader: TenantReader,
  accountId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<readonly SalesChannelRow[]> =>
  reader.readAs<SalesChannelRow>(
    { kind: 'account', accountId },
    sql(
      `select channel_id, code, name, connector, endpoint_url, has_credentials, default_order_status, hold_delay_ms, published_warehouses,
         status, job_periods_ms, carrier_mappings, warehouse_mappings, stock_publication
       from sales_channels_v2
       where account_id = $1 and channel_id > coalesce($2, '00000000-0000-0000-0000-000000000000')::uuid order by channel_id limit $3`,
      accountId,
      after,
      limit,
    ),
  );
