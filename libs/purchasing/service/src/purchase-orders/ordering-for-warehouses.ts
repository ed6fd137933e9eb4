import { ProblemException, type Problem } from '@stockproof/http-problems';
import type { AccountId } from '@stockproof/vocabulary';
import type { KnownAccounts } from '../reference/known-account';
import { dependencyMissing, notPhysical, warehouseNotEnabled } from './purchase-orders.problems';

/** Goods are ordered for a physical warehouse that is enabled now: 409 while the account has none at all, 422 for any other. */
export const mustTakeOrders = async (known: KnownAccounts, accountId: AccountId, warehouseId: string): Promise<void> => {
  const warehouses = (await known.warehouses(accountId)).filter(({ enabled }) => enabled);
  if (warehouses.length === 0) throw new ProblemException(nothingEnabled(accountId));
  const named = warehouses.find(({ warehouse_id }) => warehouse_id === warehouseId);
  if (named?.kind !== 'physical') throw new ProblemException(aboutWarehouse(named === undefined ? warehouseNotEnabled : notPhysical));
};

const aboutWarehouse = (problem: Problem): Problem => ({
  ...problem,
  errors: [{ pointer: '/warehouseId', code: problem.code, message: problem.title }],
});

const nothingEnabled = (accountId: AccountId): Problem => {
  const message = `an enabled warehouse – add it with PUT /v1/tenancy/accounts/${accountId}/warehouses/{warehouseId}`;
  return {
    ...dependencyMissing,
    detail: 'Missing: an enabled warehouse.',
    errors: [{ pointer: '', code: dependencyMissing.code, message }],
  };
};

/** Whether the warehouse's channel declares each of its receipts the last. */
export const receiptsAreFinal = async (known: KnownAccounts, accountId: AccountId, warehouseId: string): Promise<boolean> => {
  const warehouses = await known.warehouses(accountId);
  return warehouses.find(({ warehouse_id }) => warehouse_id === warehouseId)?.channel?.finalReceipts ?? false;
};
