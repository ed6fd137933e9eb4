import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Projection } from '@stockproof/projections';
import { sql } from '@stockproof/sql';
import type { OrganizationEvent } from '@stockproof/tenancy-domain';
import { byEventType } from '../by-event-type';

export const organizationsProjection: Projection = {
  name: 'organizations',
  version: 1,
  ddl: readFileSync(join(__dirname, 'organizations.sql'), 'utf8'),
  ...byEventType<OrganizationEvent>({
    OrganizationCreated: ({ organizationId, name, licenceOwner, defaults }) => [
      sql(
        'insert into organizations_v1 (organization_id, name, licence_owner, defaults) values ($1, $2, $3, $4)',
        organizationId,
        name,
        licenceOwner,
        JSON.stringify(defaults),
      ),
    ],
    OrganizationRenamed: ({ name }, { meta }) => [
      sql('update organizations_v1 set name = $2 where organization_id = $1', meta.organizationId, name),
    ],
    DefaultsChanged: ({ organizationId, defaults }) => [
      sql('update organizations_v1 set defaults = $2 where organization_id = $1', organizationId, JSON.stringify(defaults)),
    ],
  }),
};
