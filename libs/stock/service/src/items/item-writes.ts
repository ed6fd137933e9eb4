import { ProblemException } from '@stockproof/http-problems';
import type { TenantReader } from '@stockproof/sql';
import type { AccountId, Sku } from '@stockproof/vocabulary';
import type { KnownSkus } from '../level-reports/known-skus';
import { readWarehouse } from '../views/stock-levels/stock-levels.query';
import { isABundle, notPhysical, warehouseNotEnabled } from './items.problems';

/** Stock is written on physical warehouses that the account may use, and nowhere else: 422 otherwise. */
export const mustBePhysical = async (reader: TenantReader, accountId: AccountId, warehouseId: string): Promise<void> => {
  const warehouse = await readWarehouse(reader, accountId, warehouseId);
  if (warehouse === null)
    throw new ProblemException({
      ...warehouseNotEnabled,
      errors: [{ pointer: '/warehouseId', code: warehouseNotEnabled.code, message: warehouseNotEnabled.title }],
    });
  if (warehouse.kind === 'virtual')
    throw new ProblemException({
      ...notPhysical,
      errors: [{ pointer: '/warehouseId', code: notPhysical.code, message: notPhysical.title }],
    });
};

/** What catalog calls a bundle is never written: 422. */
export const mustBeNoBundle = async (bundles: KnownSkus, accountId: AccountId, sku: Sku): Promise<void> => {
  if ((await bundles(accountId, [sku])).size === 0) return;
  throw new ProblemException({ ...isABundle, errors: [{ pointer: '/sku', code: isABundle.code, message: isABundle.title }] });
};
