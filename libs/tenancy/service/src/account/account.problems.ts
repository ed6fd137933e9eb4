import { explained, problem, type ProblemMap } from '@stockproof/http-problems';
import type { AccountRejection } from '@stockproof/tenancy-domain';
import { dependencyMissing, roleAboveOwn } from '../organization/organization.problems';

type Of<Type extends AccountRejection['type']> = Extract<AccountRejection, { readonly type: Type }>;

const blocker = (code: string, message: string) => ({ pointer: '', code, message });

export const accountProblems: ProblemMap<AccountRejection> = {
  DependencyMissing: dependencyMissing,
  AccountIsDisabled: problem(409, 'account-is-disabled', 'The account is disabled; enable it first'),
  WarehousesNotEnabled: explained<Of<'WarehousesNotEnabled'>>(
    problem(422, 'warehouses-not-enabled', 'Warehouses are named that the account has not enabled'),
    ({ warehouseIds }) => ({
      errors: warehouseIds.map((id) => blocker('warehouse-not-enabled', `not enabled: ${id}`)),
    }),
  ),
  WarehousesNotPublished: explained<Of<'WarehousesNotPublished'>>(
    problem(422, 'warehouses-not-published', 'Rules are given for warehouses that are not published to the sales channel'),
    ({ warehouseIds }) => ({
      errors: warehouseIds.map((id) => ({
        pointer: '/stockPublication/rules',
        code: 'warehouse-not-published',
        message: `not published: ${id}`,
      })),
    }),
  ),
  MasterProductSourceUnknown: explained<Of<'MasterProductSourceUnknown'>>(
    problem(422, 'master-product-source-unknown', 'The account has no such channel for products to come from'),
    ({ source }) => ({
      errors: [
        { pointer: '/masterProductSource/id', code: 'unknown', message: `no such ${source.kind}${'id' in source ? `: ${source.id}` : ''}` },
      ],
    }),
  ),
  VirtualWarehouseHasNoChannel: problem(422, 'virtual-warehouse-has-no-channel', 'A virtual warehouse has no fulfillment channel'),
  FulfillmentChannelMissing: problem(422, 'fulfillment-channel-missing', 'A physical warehouse needs a fulfillment channel'),
  WarehouseStillNeeded: explained<Of<'WarehouseStillNeeded'>>(
    problem(409, 'warehouse-still-needed', 'The account still needs the warehouse'),
    ({ memberOf, isDefault, isMasterProductSource, publishedTo, mappedBy, uses }) => ({
      errors: [
        ...memberOf.map((id) => blocker('member', `member of the enabled virtual warehouse ${id}`)),
        ...(isDefault ? [blocker('default-warehouse', 'it is the default warehouse')] : []),
        ...(isMasterProductSource ? [blocker('master-product-source', 'products come from it')] : []),
        ...publishedTo.map((id) => blocker('published', `published to the sales channel ${id}`)),
        ...mappedBy.map((id) => blocker('mapped', `the sales channel ${id} has a code for it`)),
        ...uses.map(({ what, count }) => blocker(what, `${count} × ${what}`)),
      ],
    }),
  ),
  AccountUserUnknown: problem(404, 'not-found', 'There is nothing here'),
  AccountUserAlreadyThere: problem(409, 'user-already-there', 'The user belongs to it already'),
  RoleAboveOwn: roleAboveOwn,
  OwnRole: problem(409, 'own-role', 'Nobody changes or ends their own role'),
  LastAdministrator: problem(409, 'last-administrator', 'The last administrator cannot go'),
  SalesChannelCodeTaken: explained<Of<'SalesChannelCodeTaken'>>(
    problem(409, 'sales-channel-code-taken', 'Another sales channel has this code'),
    ({ code, takenBy }) => ({
      detail: `${code} belongs to ${takenBy}.`,
    }),
  ),
  SalesChannelUnknown: problem(404, 'not-found', 'There is nothing here'),
};
