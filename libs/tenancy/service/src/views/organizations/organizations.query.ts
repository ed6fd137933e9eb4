import { sql, type TenantReader } from '@stockproof/sql';
import type { InheritableSettings } from '@stockproof/tenancy-domain';

export type OrganizationRow = {
  readonly organization_id: string;
  readonly name: string;
  readonly licence_owner: string | null;
  readonly defaults: InheritableSettings;
};

/** The organization as its own people see it; `undefined` where there is none for this tenant. */
export const findOrganization = async (reader: TenantReader, organizationId: string): Promise<OrganizationRow | undefined> => {
  const rows = await reader.readAs<OrganizationRow>(
    { kind: 'organization', organizationId },
    sql('select organization_id, name, licence_owner, defaults from organizations_v1 where organization_id = $1', organizationId),
  );
  return rows[0];
};
