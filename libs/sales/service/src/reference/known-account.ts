import { NotHeardYet } from '@stockproof/hearsay';
import { gathered, sql, type GatheringOptions, type Queryable } from '@stockproof/sql';
import {
  accountSettingsChangedV1,
  type AccountSettingsV1,
  type FulfillmentChannelV1,
  type SalesChannelCreatedV1,
} from '@stockproof/tenancy-contracts';
import { skuKey, type AccountId, type Sku, type SkuKey } from '@stockproof/vocabulary';

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
  /** Throws `NotHeardYet`: every account has settings from its first moment on. */
  readonly settings: (accountId: AccountId) => Promise<AccountSettingsV1>;
  readonly organizationOf: (accountId: AccountId) => Promise<string | null>;
  readonly warehouses: (accountId: AccountId) => Promise<readonly KnownWarehouse[]>;
  readonly variants: (accountId: AccountId, skus: readonly Sku[]) => Promise<ReadonlyMap<string, KnownVariant>>;
  /** Of those names that the channel has a mapping for, by the key of its name. */
  readonly skuMappings: (accountId: AccountId, channelId: string, theirs: readonly Sku[]) => Promise<ReadonlyMap<string, Sku>>;
  readonly salesChannel: (accountId: AccountId, channelId: string) => Promise<SalesChannelCreatedV1 | null>;
};

/** Every order asks the same few things: what many ask in the same moment goes in one round trip. */
const askedAtOnce = 100;
const askedTogether = <I, O>(run: GatheringOptions<I, O>['run']): ((item: I) => Promise<O>) =>
  gathered({ run, fits: () => askedAtOnce, repeatable: true }).add;

const settingsOf = (database: Queryable) =>
  askedTogether<AccountId, AccountSettingsV1 | null>(async (accountIds) => {
    const rows = await database.query<{ account_id: string; settings: unknown }>(
      sql('select account_id, settings from known_settings where account_id = any($1::uuid[])', [...new Set(accountIds)]),
    );
    // A row that an older version wrote lacks what that did not know.
    const byAccount = new Map(rows.map((row) => [row.account_id, accountSettingsChangedV1.schema.shape.settings.parse(row.settings)]));
    return accountIds.map((accountId) => byAccount.get(accountId) ?? null);
  });

const heardSettings =
  (settings: ReturnType<typeof settingsOf>): KnownAccount['settings'] =>
  async (accountId) => {
    const found = await settings(accountId);
    if (found === null) throw new NotHeardYet(`the settings of account ${accountId}`);
    return found;
  };

const warehousesOf = (database: Queryable) =>
  askedTogether<AccountId, readonly KnownWarehouse[]>(async (accountIds) => {
    const rows = await database.query<KnownWarehouse & { readonly account_id: string }>(
      sql(
        `select account_id, warehouse_id, code, kind, priority, members, channel from known_warehouses
          where account_id = any($1::uuid[]) and enabled order by priority, code`,
        [...new Set(accountIds)],
      ),
    );
    const byAccount = Map.groupBy(rows, (row) => row.account_id);
    return accountIds.map((accountId) => byAccount.get(accountId) ?? []);
  });

type AskedVariants = { readonly accountId: AccountId; readonly keys: readonly SkuKey[] };

const variantsOf = (database: Queryable) =>
  askedTogether<AskedVariants, ReadonlyMap<string, KnownVariant>>(async (asked) => {
    const pairs = asked.flatMap(({ accountId, keys }) => keys.map((key) => ({ accountId, key })));
    const rows = await database.query<KnownVariant & { readonly account_id: string }>(
      sql(
        `select account_id, sku_key, sku, components, archived from known_variants
          where (account_id, sku_key) in (select * from unnest($1::uuid[], $2::text[]))`,
        pairs.map(({ accountId }) => accountId),
        pairs.map(({ key }) => key),
      ),
    );
    const found = new Map(rows.map((row) => [`${row.account_id} ${row.sku_key}`, row]));
    return asked.map(
      ({ accountId, keys }) =>
        new Map(
          keys.flatMap((key) => {
            const variant = found.get(`${accountId} ${key}`);
            return variant ? [[key, variant] as const] : [];
          }),
        ),
    );
  });

const variantsBySku =
  (ask: (asked: AskedVariants) => Promise<ReadonlyMap<string, KnownVariant>>): KnownAccount['variants'] =>
  (accountId, skus) =>
    ask({ accountId, keys: skus.map(skuKey) });

export const knownAccount = (database: Queryable): KnownAccount => ({
  settings: heardSettings(settingsOf(database)),
  organizationOf: async (accountId) => {
    const rows = await database.query<{ organization_id: string }>(
      sql('select organization_id from known_settings where account_id = $1', accountId),
    );
    return rows[0]?.organization_id ?? null;
  },
  warehouses: warehousesOf(database),
  variants: variantsBySku(variantsOf(database)),
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
