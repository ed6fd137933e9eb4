import { sql, type TenantReader } from '@stockproof/sql';
import type { AccountId } from '@stockproof/vocabulary';

export type ExceptionRow = {
  readonly exception_id: string;
  readonly name: string;
  readonly kind: string;
  readonly order_id: string;
  readonly shipment_id: string | null;
  readonly message: string;
  readonly raised_at: string;
  readonly settled_at: string | null;
  readonly settled_by: string | null;
  readonly reason: string | null;
  readonly position: string;
};

/** One event may end several exceptions: the position alone is no place. */
export type ExceptionPlace = { readonly position: string; readonly exceptionId: string };

export type ExceptionFilter = { readonly open: boolean | null; readonly kind: string | null; readonly orderId: string | null };

const columns = 'exception_id, name, kind, order_id, shipment_id, message, raised_at, settled_at, settled_by, reason, position';

/** Exceptions in the order in which they last changed. */
export const readExceptions = (
  reader: TenantReader,
  accountId: AccountId,
  filter: ExceptionFilter,
  page: { readonly after: ExceptionPlace | null; readonly limit: number },
): Promise<readonly ExceptionRow[]> =>
  reader.readAs<ExceptionRow>(
    { kind: 'account', accountId },
    sql(
      `select ${columns} from sales_exceptions_v1
        where account_id = $1 and ($2::boolean is null or (settled_at is null) = $2) and ($3::text is null or kind = $3) and ($4::uuid is null or order_id = $4)
          and ($5::text is null or (position, exception_id) > ($5, $6::uuid))
        order by position, exception_id limit $7`,
      ...[
        accountId,
        filter.open,
        filter.kind,
        filter.orderId,
        page.after?.position ?? null,
        page.after?.exceptionId ?? null,
        page.limit + 1,
      ],
    ),
  );

/** One exception of the account; `null`: there is none. */
export const readException = async (reader: TenantReader, accountId: AccountId, exceptionId: string): Promise<ExceptionRow | null> => {
  const rows = await reader.readAs<ExceptionRow>(
    { kind: 'account', accountId },
    sql(`select ${columns} from sales_exceptions_v1 where account_id = $1 and exception_id = $2`, accountId, exceptionId),
  );
  return rows[0] ?? null;
};
