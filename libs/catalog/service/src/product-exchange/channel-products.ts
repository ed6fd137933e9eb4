import { sql, type Queryable } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';
import type { ChannelFields } from './channel-variant';

type Place = { readonly accountId: AccountId; readonly placeId: string };

/** What is known at a place, by the key of each SKU. */
export type KnownThere = ReadonlyMap<string, ChannelFields>;

/** What each place knows of our products. */
export type ChannelProducts = {
  readonly knownAt: (place: Place, skuKeys: readonly string[]) => Promise<KnownThere>;
  /** What was not spoken of before is kept beside. */
  readonly learn: (place: Place, known: KnownThere) => Promise<void>;
};

export const learnStatement = ({ accountId, placeId }: Place, known: KnownThere) =>
  sql(
    `insert into channel_products (account_id, place_id, sku_key, fields) select $1, $2, u.* from unnest($3::text[], $4::jsonb[]) u
     on conflict (account_id, place_id, sku_key) do update set fields = channel_products.fields || excluded.fields`,
    accountId,
    placeId,
    [...known.keys()],
    [...known.values()].map((fields) => JSON.stringify(fields)),
  );

export const channelProducts = (database: Queryable): ChannelProducts => ({
  knownAt: async ({ accountId, placeId }, skuKeys) => {
    const rows = await database.query<{ sku_key: string; fields: ChannelFields }>(
      sql(
        'select sku_key, fields from channel_products where account_id = $1 and place_id = $2 and sku_key = any($3::text[])',
        ...[accountId, placeId, skuKeys],
      ),
    );
    return new Map(rows.map(({ sku_key, fields }) => [sku_key, fields]));
  },
  learn: async (place, known) => {
    if (known.size > 0) await database.query(learnStatement(place, known));
  },
});
