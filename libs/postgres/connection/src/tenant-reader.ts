import { escapeLiteral, type Pool } from 'pg';
import type { Statement, Tenant, TenantReader } from '@stockproof/sql';

/**
 * Reads under row-level security. The tenant is set for one read-only transaction, and the three messages – begin with the tenant,
 * the statement, commit – are sent without waiting in between (the pool's pipeline mode), so a read costs one round trip. One
 * message with all parameters as literals would be no faster and would need a parser for `$1` of our own.
 */
export const tenantReaderOf = (pool: Pool): TenantReader => ({
  readAs: async <Row extends object>(tenant: Tenant, { text, values }: Statement) => {
    const begin = beginAs(tenant);
    const client = await pool.connect();
    const begun = client.query(begin);
    const read = client.query<Row>({ text, values: [...values] });
    const ended = client.query('commit');
    const [first, answer, last] = await Promise.allSettled([begun, read, ended]);
    // Whatever went wrong with the frame itself, this connection is not handed to another tenant.
    client.release(first.status === 'rejected' || last.status === 'rejected');
    if (first.status === 'rejected') throw first.reason;
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value.rows;
  },
});

/** Without a tenant of a kind, its rows are not seen: the policies compare with null. */
const beginAs = (tenant: Tenant): string => {
  const account = tenant.kind === 'account' ? uuid(tenant.accountId) : '';
  const organization = tenant.kind === 'organization' ? uuid(tenant.organizationId) : '';
  return `begin read only; select set_config('stockproof.account', ${escapeLiteral(account)}, true), set_config('stockproof.organization', ${escapeLiteral(organization)}, true)`;
};

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const uuid = (id: string): string => {
  if (!uuidShape.test(id)) throw new TypeError('The tenant of a read is not a UUID.');
  return id;
};
