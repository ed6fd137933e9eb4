import { sql, type Queryable } from '@stockproof/sql';
import type { AccountSettingsV1, FulfillmentChannelV1, SalesChannelCreatedV1 } from '@stockproof/tenancy-contracts';
import { skuKey, type AccountId, type Sku } from '@stockproof/vocabulary';

/** A warehouse as the account has it. */
export type KnownWarehouse = {
  readonly warehouse_id: string;
  readonly code: string;
  readonly kind: 'physical' | 'virtual';
  readonly priority: number;
  readonly members: readonly string[];
  readonly channel: FulfillmentChannelV1 | null;
};

export type KnownVariant = {
  readonly sku_key: string;
  readonly sku: Sku;
  readonly components: readonly { readonly sku: Sku; readonly quantity: number }[];
  readonly archived: boolean;
};

/** What sales has heard of an account: looked up, never decided with, except for what is then written into an event. */
export type KnownAccount = {
  readonly settings: (accountId: AccountId) => Promise<AccountSettingsV1 | null>;
  readonly organizationOf: (accountId: AccountId) => Promise<string | null>;
  readonly warehouses: (accountId: AccountId) => Promise<readonly KnownWarehouse[]>;
  readonly variants: (accountId: AccountId, skus: readonly Sku[]) => Promise<ReadonlyMap<string, KnownVariant>>;
  /** Of those names that the channel has a mapping for, by the key of its name. */
  readonly skuMappings: (accountId: AccountId, channelId: string, theirs: readonly Sku[]) => Promise<ReadonlyMap<string, Sku>>;
  readonly salesChannel: (accountId: AccountId, channelId: string) => Promise<SalesChannelCreatedV1 | null>;
};

export const knownAccount = (database: Queryable): KnownAccount => ({
  settings: async (accountId) => {
    const rows = await database.query<{ settings: AccountSettingsV1 }>(
      sql('select settings from known_settings where account_id = $1', accountId),
    );
    return rows[0]?.settings ?? null;
  },
  organizationOf: async (accountId) => {
    const rows = await database.query<{ organization_id: string }>(
      sql('select organization_id from known_settings where account_id = $1', accountId),
    );
    return rows[0]?.organization_id ?? null;
  },
  warehouses: (accountId) =>
    database.query<KnownWarehouse>(
      sql(
        'select warehouse_id, code, kind, priority, members, channel from known_warehouses where account_id = $1 and enabled order by priority, code',
        accountId,
      ),
    ),
  variants: async (accountId, skus) => {
    const rows = await database.query<KnownVariant>(
      sql(
        'select sku_key, sku, components, archived from known_variants where account_id = $1 and sku_key = any($2::text[])',
        accountId,
        skus.map(skuKey),
      ),
    );
    return new Map(rows.map((row) => [row.sku_key, row]));
  },
  skuMappings: async (accountId, channelId, theirs) => {
    const rows = await database.query<{ theirs_key: string; sku: string }>(
      sql(
        'select theirs_key, sku from known_sku_mappings where account_id = $1 and channel_id = $2 and theirs_key = any($3::text[]) and sku is not null',
        ...[accountId, channelId, theirs.map(skuKey)],
      ),
    );
    return new Map(rows.map((row) => [row.theirs_key, row.sku]));
  },
  salesChannel: async (accountId, channelId) => {
    const rows = await database.query<{ channel: SalesChannelCreatedV1 }>(
      sql('select channel from known_sales_channels where account_id = $1 and channel_id = $2', accountId, channelId),
    );
    return rows[0]?.channel ?? null;
  },
});
