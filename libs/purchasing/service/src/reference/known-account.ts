import { NotHeardYet } from '@stockproof/hearsay';
import { sql, type Queryable } from '@stockproof/sql';
import type { FulfillmentChannelV1 } from '@stockproof/tenancy-contracts';
import type { AccountId } from '@stockproof/vocabulary';

/** A warehouse as the account has it. */
export type KnownWarehouse = {
  readonly warehouse_id: string;
  readonly code: string;
  readonly kind: 'physical' | 'virtual';
  readonly channel: FulfillmentChannelV1 | null;
  readonly enabled: boolean;
};

/** What purchasing has heard of accounts: looked up, never decided with, except for what is then written into an event. */
export type KnownAccounts = {
  /** Whether a purchase order is approved when it is created. Throws `NotHeardYet`: every account says it from its first moment on. */
  readonly worksAutomatically: (accountId: AccountId) => Promise<boolean>;
  /** Every warehouse that is or once was enabled. */
  readonly warehouses: (accountId: AccountId) => Promise<readonly KnownWarehouse[]>;
};

export const knownAccounts = (database: Queryable): KnownAccounts => ({
  worksAutomatically: async (accountId) => {
    const rows = await database.query<{ automatic: boolean }>(
      sql(`select (settings ->> 'automaticPurchaseWorkflow')::boolean as automatic from known_settings where account_id = $1`, accountId),
    );
    if (rows[0] === undefined) throw new NotHeardYet(`the settings of account ${accountId}`);
    return rows[0].automatic;
  },
  warehouses: (accountId) =>
    database.query<KnownWarehouse>(
      sql('select warehouse_id, code, kind, channel, enabled from known_warehouses where account_id = $1 order by code', accountId),
    ),
});
