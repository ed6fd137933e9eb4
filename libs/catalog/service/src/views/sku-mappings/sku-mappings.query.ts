import { sql, type Queryable, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';

export type SkuMappingRow = {
  readonly theirs: string;
  readonly sku: string | null;
  readonly revision: number;
  readonly position: string;
};

type OfChannel = { readonly accountId: AccountId; readonly channelId: string };

/** The names of a channel in the order in which they last changed. One more than asked for. */
export const readSkuMappings = (
  reader: TenantReader,
  { accountId, channelId }: OfChannel,
  removed: boolean | null,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly SkuMappingRow[]> =>
  reader.readAs<SkuMappingRow>(
    { kind: 'account', accountId },
    sql(
      `select theirs, sku, revision, position from sku_mappings_v1
        where account_id = $1 and channel_id = $2 and ($3::boolean is null or (sku is null) = $3) and ($4::text is null or position > $4)
        order by position limit $5`,
      ...[accountId, channelId, removed, page.after, page.limit + 1],
    ),
  );

/** What a name of a channel stands for; `null` where it stands for itself. */
export const readSkuMapping = async (
  reader: TenantReader,
  { accountId, channelId }: OfChannel,
  theirs: string,
): Promise<SkuMappingRow | null> => {
  const rows = await reader.readAs<SkuMappingRow>(
    { kind: 'account', accountId },
    sql(
      'select theirs, sku, revision, position from sku_mappings_v1 where account_id = $1 and channel_id = $2 and theirs_key = $3 and sku is not null',
      ...[accountId, channelId, skuKey(theirs)],
    ),
  );
  return rows[0] ?? null;
};

/** What a channel calls these SKUs, where it has a name of its own; the first in the alphabet where it has several. */
export const readNamesThere = async (
  worker: Queryable,
  { accountId, channelId }: OfChannel,
  skus: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  const rows = await worker.query<{ sku: string; theirs: string }>(
    sql(
      'select sku, min(theirs) as theirs from sku_mappings_v1 where account_id = $1 and channel_id = $2 and sku = any($3::text[]) group by sku',
      ...[accountId, channelId, skus],
    ),
  );
  return new Map(rows.map(({ sku, theirs }) => [sku, theirs]));
};
