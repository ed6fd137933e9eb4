import { explained, knownProblems, problem, type ProblemMap } from '@stockproof/http-problems';
import type { PurchaseOrderRejection } from '@stockproof/purchasing-domain';

type Of<Type extends PurchaseOrderRejection['type']> = Extract<PurchaseOrderRejection, { readonly type: Type }>;

const says = {
  'no-lines': 'at least one line is needed',
  'line-twice': 'another line has this id',
  'sku-empty': 'a SKU is needed',
  quantity: 'a whole quantity above 0 is needed',
  'serial-quantity': 'a line with a serial has quantity 1',
} as const;

/** Every way a purchase order can say no, and how HTTP says it. */
export const purchaseOrderProblems: ProblemMap<PurchaseOrderRejection> = {
  PurchaseOrderUnknown: knownProblems.notFound,
  PurchaseOrderAlreadyCreated: problem(409, 'purchase-order-already-created', 'The purchase order exists already'),
  PurchaseOrderIncomplete: explained<Of<'PurchaseOrderIncomplete'>>(
    problem(422, 'purchase-order-incomplete', 'Something keeps this from being a purchase order'),
    ({ problems }) => ({
      errors: problems.map(({ field, code }) => ({ pointer: `/${field}`, code, message: says[code] })),
    }),
  ),
  NotInThisStatus: explained<Of<'NotInThisStatus'>>(
    problem(409, 'not-in-this-status', 'The status of the purchase order does not allow this'),
    ({ status, command, allowed }) => ({
      detail: `It is ${status}: ${command} is not possible, ${allowed.join(', ')} would be.`,
    }),
  ),
  GoodsAlreadyReceived: explained<Of<'GoodsAlreadyReceived'>>(
    problem(409, 'goods-already-received', 'Goods have come already; mark the order as received instead'),
    ({ receipts }) => ({
      detail: `Receipts so far: ${receipts}.`,
    }),
  ),
  AlreadyExported: explained<Of<'AlreadyExported'>>(
    problem(409, 'already-exported', 'The warehouse knows of the order, or may know: cancel it instead'),
    ({ export: exported }) => ({
      detail:
        exported === 'begun' ? 'The warehouse is being told; how it answers is not known yet.' : 'The warehouse has accepted the order.',
    }),
  ),
  FromTheFuture: explained<Of<'FromTheFuture'>>(problem(422, 'from-the-future', 'What is reported cannot have happened yet'), ({ at }) => ({
    detail: `${at} has not come yet.`,
  })),
};

/** Goods are ordered for where they are counted. */
export const notPhysical = problem(422, 'not-a-physical-warehouse', 'A purchase order names a physical warehouse');

/** The account has no such warehouse. */
export const warehouseNotEnabled = problem(422, 'warehouse-not-enabled', 'The warehouse is not enabled for the account', { hearsay: true });

/** Nothing can be ordered before there is a place for it. */
export const dependencyMissing = problem(409, 'dependency-missing', 'Something must be set up first', { hearsay: true });
