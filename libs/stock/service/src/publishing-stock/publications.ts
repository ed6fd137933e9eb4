import type { HandOver } from '@stockproof/channel-exchange';
import type { JsonObject } from '@stockproof/decider';
import { sql, type Database, type Queryable } from '@stockproof/sql';
import type { AccountId, Instant } from '@stockproof/vocabulary';
import type { ToldFigure } from './figures';

/** What a shop is told at once. */
export type StockNotice = {
  readonly publicationId: string;
  readonly mode: 'full' | 'changes';
  /** What was published and how, as the channel was set up then. */
  readonly rules: JsonObject;
  readonly rows: readonly ToldFigure[];
  readonly createdAt: Instant;
};

export type PublicationRow = Omit<StockNotice, 'rows' | 'rules'> & {
  readonly channelId: string;
  readonly rowCount: number;
  readonly answeredAt: Instant | null;
  readonly outcome: 'accepted' | 'rejected' | null;
  readonly answer: string | null;
};

type To = { readonly accountId: AccountId; readonly channelId: string };

/** What was written down and not answered yet. */
export const openPublication = async (database: Queryable, { accountId, channelId }: To): Promise<StockNotice | null> => {
  const rows = await database.query<StockNotice>(
    sql(
      `select publication_id as "publicationId", mode, rules, rows, created_at as "createdAt" from stock_publications
        where account_id = $1 and channel_id = $2 and outcome is null`,
      accountId,
      channelId,
    ),
  );
  return rows[0] ?? null;
};

export const writeDown = async (database: Queryable, { accountId, channelId }: To, publication: StockNotice): Promise<void> => {
  const { publicationId, mode, rules, rows, createdAt } = publication;
  await database.query(
    sql(
      `insert into stock_publications (account_id, channel_id, publication_id, mode, rows, row_count, created_at, rules) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
      ...[accountId, channelId, publicationId, mode, JSON.stringify(rows), rows.length, createdAt, JSON.stringify(rules)],
    ),
  );
};

/** What was last said of each figure, by `[sku, code]`. */
export const lastTold = async (database: Queryable, { accountId, channelId }: To): Promise<ReadonlyMap<string, number>> => {
  const rows = await database.query<{ sku: string; warehouse_code: string; quantity: number }>(
    sql('select sku, warehouse_code, quantity from stock_told where account_id = $1 and channel_id = $2', accountId, channelId),
  );
  return new Map(rows.map(({ sku, warehouse_code, quantity }) => [figureName(sku, warehouse_code), quantity]));
};

export const figureName = (sku: string, warehouseCode: string | null): string => JSON.stringify([sku, warehouseCode ?? '']);

export const figureNamed = (name: string): { readonly sku: string; readonly warehouseCode: string | null } => {
  const [sku, code] = JSON.parse(name) as [string, string];
  return { sku, warehouseCode: code === '' ? null : code };
};

/** What the shop answered. Refused figures count as told: they are not said again before they change, and the refusal stays visible. */
export const keepAnswer = (
  database: Database,
  { accountId, channelId }: To,
  { publicationId, rows }: StockNotice,
  { answer, at }: { readonly answer: Exclude<HandOver, { readonly outcome: 'unanswered' }>; readonly at: Instant },
): Promise<void> =>
  database.transaction(async (tx) => {
    const said = answer.outcome === 'accepted' ? answer.externalId : `${answer.refusal.code}: ${answer.refusal.message}`;
    await tx.query(
      sql(
        'update stock_publications set outcome = $3, answer = $4, answered_at = $5 where account_id = $1 and publication_id = $2',
        ...[accountId, publicationId, answer.outcome, said, at],
      ),
    );
    await tx.query(
      sql(
        `insert into stock_told (account_id, channel_id, sku, warehouse_code, quantity)
         select $1, $2, u.* from unnest($3::text[], $4::text[], $5::bigint[]) u
         on conflict (account_id, channel_id, sku, warehouse_code) do update set quantity = excluded.quantity`,
        accountId,
        channelId,
        rows.map(({ sku }) => sku),
        rows.map(({ warehouseCode }) => warehouseCode ?? ''),
        rows.map(({ quantity }) => quantity),
      ),
    );
  });

const summary = `channel_id as "channelId", publication_id as "publicationId", mode, row_count as "rowCount", created_at as "createdAt",
  answered_at as "answeredAt", outcome, answer`;

/** The newest first; one more than asked for. */
export const readPublications = (
  database: Queryable,
  accountId: AccountId,
  after: { readonly createdAt: Instant; readonly publicationId: string } | null,
  limit: number,
): Promise<readonly PublicationRow[]> =>
  database.query<PublicationRow>(
    sql(
      `select ${summary} from stock_publications
        where account_id = $1 and ($2::timestamptz is null or created_at < $2 or (created_at = $2 and publication_id > $3::uuid))
        order by created_at desc, publication_id limit $4`,
      ...[accountId, after?.createdAt ?? null, after?.publicationId ?? null, limit + 1],
    ),
  );

/** One with all of its figures; `null`: the account has no such publication. */
export const readPublication = async (
  database: Queryable,
  accountId: AccountId,
  publicationId: string,
): Promise<(PublicationRow & Pick<StockNotice, 'rows' | 'rules'>) | null> => {
  const rows = await database.query<PublicationRow & Pick<StockNotice, 'rows' | 'rules'>>(
    sql(
      `select ${summary}, rows, coalesce(rules, '{}') as rules from stock_publications where account_id = $1 and publication_id = $2`,
      ...[accountId, publicationId],
    ),
  );
  return rows[0] ?? null;
};
