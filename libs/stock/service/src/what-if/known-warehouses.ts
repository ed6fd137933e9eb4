import { ProblemException } from '@stockproof/http-problems';
import { sql, type Queryable } from '@stockproof/sql';
import type { AccountId, WarehouseId } from '@stockproof/vocabulary';
import { notPhysical, warehouseNotEnabled } from '../items/items.problems';

/** A warehouse as an order of the account would have it. `enabled` false: the account used it once. */
export type KnownWarehouse = {
  readonly warehouseId: WarehouseId;
  readonly code: string;
  readonly kind: 'physical' | 'virtual';
  readonly priority: number;
  readonly checked: boolean;
  readonly enabled: boolean;
};

/** All that the account uses or has used, as tenancy last told of them. */
export const knownWarehouses = async (database: Queryable, accountId: AccountId): Promise<ReadonlyMap<WarehouseId, KnownWarehouse>> => {
  const rows = await database.query<KnownWarehouse>(
    sql(
      `select warehouse_id as "warehouseId", code, kind, priority, checked, enabled from known_warehouses
        where account_id = $1 order by priority, code`,
      accountId,
    ),
  );
  return new Map(rows.map((row) => [row.warehouseId, row]));
};

/** Refuses with all of those named that are not known, or are virtual. */
export const mustAllBePhysical = (
  named: readonly { readonly warehouseId: WarehouseId }[],
  known: ReadonlyMap<WarehouseId, KnownWarehouse>,
): void => {
  const refused = named.flatMap(({ warehouseId }, index) => {
    const kind = known.get(warehouseId)?.kind;
    return kind === 'physical' ? [] : [{ index, problem: kind === 'virtual' ? notPhysical : warehouseNotEnabled }];
  });
  // What was not heard of comes first: it may be heard of yet.
  const first = refused.find(({ problem }) => problem.hearsay) ?? refused[0];
  if (first === undefined) return;
  throw new ProblemException({
    ...first.problem,
    errors: refused.map(({ index, problem }) => ({
      pointer: `/warehouses/${index}/warehouseId`,
      code: problem.code,
      message: problem.title,
    })),
  });
};
