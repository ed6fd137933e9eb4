import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '@stockproof/projections';
import { sql } from '@stockproof/sql';
import type { OrganizationEvent } from '@stockproof/tenancy-domain';
import { byEventType } from '../by-event-type';

export const warehousesProjection: Projection = {
  name: 'warehouses',
  version: 1,
  ddl: readFileSync(join(__dirname, 'warehouses.sql'), 'utf8'),
  ...byEventType<OrganizationEvent>({
    WarehouseCreated: ({ warehouseId, organizationId, code, name, kind, priority, timeZone, address, members }) => [
      sql(
        `insert into warehouses_v1 (warehouse_id, organization_id, code, name, kind, priority, time_zone, address, members)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        ...[warehouseId, organizationId, code, name, kind, priority, timeZone, address && JSON.stringify(address), members],
      ),
    ],
    WarehouseEdited: ({ warehouseId, name, priority, timeZone, address }) => [
      sql(
        'update warehouses_v1 set name = $2, priority = $3, time_zone = $4, address = $5 where warehouse_id = $1',
        ...[warehouseId, name, priority, timeZone, address && JSON.stringify(address)],
      ),
    ],
    MembersChanged: ({ warehouseId, members }) => [
      sql('update warehouses_v1 set members = $2 where warehouse_id = $1', warehouseId, members),
    ],
    WarehouseArchived: ({ warehouseId }) => [sql('update warehouses_v1 set archived = true where warehouse_id = $1', warehouseId)],
  }),
};
