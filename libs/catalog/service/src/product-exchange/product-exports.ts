import type { ChannelProduct, HandOver } from '@stockproof/channel-exchange';
import { sql, type Database, type Queryable } from '@stockproof/sql';
import type { AccountId, Instant } from '@stockproof/vocabulary';
import { learnStatement } from './channel-products';
import type { ChannelFields } from './channel-variant';

/** What a place is told at once, and what it knows then. */
export type ProductExport = {
  readonly exportId: string;
  readonly products: readonly ChannelProduct[];
  readonly fields: Readonly<Record<string, ChannelFields>>;
  readonly createdAt: Instant;
};

export type ProductExportRow = {
  readonly exportId: string;
  readonly placeId: string;
  readonly variantCount: number;
  readonly skus: readonly string[];
  readonly createdAt: Instant;
  readonly answeredAt: Instant | null;
  readonly outcome: 'accepted' | 'rejected' | null;
  readonly answer: string | null;
};

type Place = { readonly accountId: AccountId; readonly placeId: string };

/** What was written down and not answered yet. */
export const openExport = async (database: Queryable, { accountId, placeId }: Place): Promise<ProductExport | null> => {
  const rows = await database.query<ProductExport>(
    sql(
      `select export_id as "exportId", products, fields, created_at as "createdAt" from product_exports
        where account_id = $1 and place_id = $2 and outcome is null`,
      ...[accountId, placeId],
    ),
  );
  return rows[0] ?? null;
};

export const writeDown = async (database: Queryable, { accountId, placeId }: Place, told: ProductExport): Promise<void> => {
  const { exportId, products, fields, createdAt } = told;
  await database.query(
    sql(
      'insert into product_exports (account_id, place_id, export_id, products, fields, variant_count, created_at) values ($1, $2, $3, $4, $5, $6, $7)',
      ...[accountId, placeId, exportId, JSON.stringify(products), JSON.stringify(fields), Object.keys(fields).length, createdAt],
    ),
  );
};

/** What the place answered. What it refused counts as told: it is not said again before it changes, and the refusal stays visible. */
export const keepAnswer = (
  database: Database,
  place: Place,
  { exportId, fields }: ProductExport,
  { answer, at }: { readonly answer: Exclude<HandOver, { readonly outcome: 'unanswered' }>; readonly at: Instant },
): Promise<void> =>
  database.transaction(async (tx) => {
    const said = answer.outcome === 'accepted' ? answer.externalId : `${answer.refusal.code}: ${answer.refusal.message}`;
    await tx.query(
      sql(
        'update product_exports set outcome = $3, answer = $4, answered_at = $5 where account_id = $1 and export_id = $2',
        ...[place.accountId, exportId, answer.outcome, said, at],
      ),
    );
    await tx.query(learnStatement(place, new Map(Object.entries(fields))));
  });

/** The newest first; one more than asked for. */
export const readExports = (
  database: Queryable,
  accountId: AccountId,
  after: { readonly createdAt: Instant; readonly exportId: string } | null,
  limit: number,
): Promise<readonly ProductExportRow[]> =>
  database.query<ProductExportRow>(
    sql(
      `select export_id as "exportId", place_id as "placeId", variant_count as "variantCount", created_at as "createdAt", answered_at as "answeredAt", outcome, answer,
              jsonb_path_query_array(products, '$[*].variants[*].sku') as skus
         from product_exports
        where account_id = $1 and ($2::timestamptz is null or created_at < $2 or (created_at = $2 and export_id > $3::uuid))
        order by created_at desc, export_id limit $4`,
      ...[accountId, after?.createdAt ?? null, after?.exportId ?? null, limit + 1],
    ),
  );
