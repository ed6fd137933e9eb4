import { sql, type Queryable } from '@stockproof/sql';
import { fulfillmentChannelSchema, salesChannelCreatedV1 } from '@stockproof/tenancy-contracts';
import type { AccountId } from '@stockproof/vocabulary';
import type { ShopPlace, WarehousePlace } from './channels';

type Row = { readonly account_id: string; readonly organization_id: string; readonly place_id: string; readonly set_up: unknown };

export type Side = 'warehouse' | 'shop';

/** The rows of the directory. */
export type KnownChannels = {
  readonly warehouse: (accountId: AccountId, warehouseId: string) => Promise<WarehousePlace | null>;
  readonly shop: (accountId: AccountId, channelId: string) => Promise<ShopPlace | null>;
  readonly warehouses: (accountId: AccountId | null) => Promise<readonly WarehousePlace[]>;
  /** `null`: of all accounts. */
  readonly shops: (accountId: AccountId | null) => Promise<readonly ShopPlace[]>;
  /** Channels of a disabled account do nothing until it is enabled again. */
  readonly isAccountEnabled: (accountId: AccountId) => Promise<boolean>;
};

// Rows written by an older release lack what its contract did not have: the schema fills it in.
const warehouseOf = ({ account_id, organization_id, place_id, set_up }: Row): WarehousePlace => ({
  accountId: account_id,
  organizationId: organization_id,
  warehouseId: place_id,
  setUp: fulfillmentChannelSchema.parse(set_up),
});

const shopOf = ({ account_id, organization_id, place_id, set_up }: Row): ShopPlace => ({
  accountId: account_id,
  organizationId: organization_id,
  channelId: place_id,
  setUp: salesChannelCreatedV1.schema.parse(set_up),
});

export const knownChannels = (database: Queryable): KnownChannels => {
  const rows = (side: Side, accountId: AccountId | null, placeId: string | null): Promise<readonly Row[]> =>
    database.query<Row>(
      sql(
        `select account_id, organization_id, place_id, set_up from known_channels
          where side = $1 and present and ($2::uuid is null or account_id = $2) and ($3::uuid is null or place_id = $3) order by account_id, place_id`,
        side,
        accountId,
        placeId,
      ),
    );
  return {
    warehouse: async (accountId, warehouseId) => (await rows('warehouse', accountId, warehouseId)).map(warehouseOf)[0] ?? null,
    shop: async (accountId, channelId) => (await rows('shop', accountId, channelId)).map(shopOf)[0] ?? null,
    warehouses: async (accountId) => (await rows('warehouse', accountId, null)).map(warehouseOf),
    shops: async (accountId) => (await rows('shop', accountId, null)).map(shopOf),
    isAccountEnabled: async (accountId) => {
      const found = await database.query<{ enabled: boolean }>(sql('select enabled from access_accounts where account_id = $1', accountId));
      return found[0]?.enabled ?? true;
    },
  };
};
