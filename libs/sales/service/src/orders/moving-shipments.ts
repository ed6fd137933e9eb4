import { problem, ProblemException } from '@stockproof/http-problems';
import type { Candidate } from '@stockproof/sales-domain';
import type { AccountId } from '@stockproof/vocabulary';
import { candidateOf } from '../reference/allocation-terms';
import type { KnownAccount } from '../reference/known-account';

export const warehouseNotEnabled = problem(422, 'warehouse-not-enabled', 'The account may not use this warehouse', { hearsay: true });
export const notPhysical = problem(422, 'not-physical', 'A virtual warehouse ships nothing itself: name one of its members');

/** The warehouse that a shipment is to move to, as the account has it now: enabled and physical, 422 otherwise. */
export const placeToMoveTo = async (known: KnownAccount, accountId: AccountId, warehouseId: string): Promise<Candidate> => {
  const warehouse = (await known.warehouses(accountId)).find((each) => each.warehouse_id === warehouseId);
  if (warehouse?.kind === 'physical') return candidateOf(warehouse);
  const refusal = warehouse === undefined ? warehouseNotEnabled : notPhysical;
  throw new ProblemException({ ...refusal, errors: [{ pointer: '/toWarehouseId', code: refusal.code, message: refusal.title }] });
};
