import type { Projection } from '@stockproof/projections';
import { accountWarehousesProjection } from './account-warehouses/account-warehouses.projection';
import { accountsProjection } from './accounts/accounts.projection';
import { apiKeysProjection } from './api-keys/api-keys.projection';
import { organizationsProjection } from './organizations/organizations.projection';
import { salesChannelsProjection } from './sales-channels/sales-channels.projection';
import { setupStatusProjection } from './setup-status/setup-status.projection';
import { usersProjection } from './users/users.projection';
import { warehousesProjection } from './warehouses/warehouses.projection';

export const tenancyProjections: readonly Projection[] = [
  organizationsProjection,
  usersProjection,
  warehousesProjection,
  accountsProjection,
  accountWarehousesProjection,
  salesChannelsProjection,
  apiKeysProjection,
  setupStatusProjection,
];
