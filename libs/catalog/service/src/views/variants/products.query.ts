import { sql, type TenantReader } from '@stockproof/sql';
import { skuKey, type AccountId } from '@stockproof/vocabulary';

export type ProductRow = {
  readonly product_id: string;
  readonly title: string;
  readonly refs: Readonly<Record<string, string>>;
  readonly revision: number;
  readonly position: string;
};

const columns = 'product_id, title, refs, revision, position';

/** Products in the order in which they last changed. One more than asked for. */
export const readProducts = (
  reader: TenantReader,
  accountId: AccountId,
  page: { readonly after: string | null; readonly limit: number },
): Promise<readonly ProductRow[]> =>
  reader.readAs<ProductRow>(
    { kind: 'account', accountId },
    sql(
      `select ${columns} from products_v2 where account_id = $1 and ($2::text is null or position > $2) order by position limit $3`,
      ...[accountId, page.after, page.limit + 1],
    ),
  );

/** The product of an id, in whatever spelling; `null` where there is none. */
export const readProduct = async (reader: TenantReader, accountId: AccountId, productId: string): Promise<ProductRow | null> => {
  const rows = await reader.readAs<ProductRow>(
    { kind: 'account', accountId },
    sql(`select ${columns} from products_v2 where account_id = $1 and product_key = $2`, accountId, skuKey(productId)),
  );
  return rows[0] ?? null;
};
