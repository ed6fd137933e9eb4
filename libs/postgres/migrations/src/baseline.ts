import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { MigrationError } from './migration-error';

const oldestServer = 150_000;

/** Two databases of one server may make the same roles at the same moment; whoever loses finds them made. */
const triesForRoles = 5;

/** Roles, schemas and grants of a service. May run any number of times, also by several processes at once. */
export const applyBaseline = async (client: Client, service: string): Promise<void> => {
  if (!/^[a-z][a-z_]*$/.test(service)) throw new MigrationError(`"${service}" cannot be the name of a schema.`);
  await checkServer(client, service);
  await makeRoles(client, service);
  await client.query(baselineSql('002-schemas.sql', service));
  await client.query(
    `begin; set local role ${service}_owner; ${baselineSql('003-grants.sql', service)}; ${baselineSql('004-tenant-table.sql', service)}; commit`,
  );
};

const baselineSql = (file: string, service: string): string =>
  readFileSync(join(__dirname, 'baseline', file), 'utf8').replaceAll('{service}', service);

const makeRoles = async (client: Client, service: string, attempt = 1): Promise<void> => {
  try {
    await client.query(baselineSql('001-roles.sql', service));
  } catch (error) {
    if (attempt === triesForRoles || !/concurrently|duplicate key/.test(String(error))) throw error;
    await makeRoles(client, service, attempt + 1);
  }
};

type ServerFacts = {
  version: number;
  user: string;
  database: string;
  may_create_roles: boolean;
  may_create_schemas: boolean;
  missing: readonly string[];
  schemas: number;
};

const checkServer = async (client: Client, service: string): Promise<void> => {
  const roles = ['owner', 'writer', 'worker', 'reader'].map((role) => `${service}_${role}`);
  const { rows } = await client.query<ServerFacts>(
    `select current_setting('server_version_num')::int as version, current_user::text as "user", current_database()::text as database,
       (select rolsuper or rolcreaterole from pg_roles where rolname = current_user) as may_create_roles,
       has_database_privilege(current_database(), 'create') as may_create_schemas,
       (select count(*)::int from pg_namespace where nspname = any($2)) as schemas,
       (select coalesce(array_agg(wanted), '{}') from unnest($1::text[]) wanted
         where not exists (select from pg_roles where rolname = wanted and pg_has_role(current_user, oid, 'member'))) as missing`,
    [roles, [service, `${service}_views`, `${service}_building`]],
  );
  const facts = rows[0] as ServerFacts;
  if (facts.version < oldestServer)
    throw new MigrationError(`Stockproof needs Postgres 15 or later; this server's version is ${Math.floor(facts.version / 10_000)}.`);
  if (facts.missing.length > 0 && !facts.may_create_roles) throw new MigrationError(rolesSentence(facts));
  if (facts.schemas < 3 && !facts.may_create_schemas) {
    throw new MigrationError(
      `The database user "${facts.user}" may not create schemas in "${facts.database}". Let an administrator run: grant create on database "${facts.database}" to "${facts.user}";`,
    );
  }
};

const rolesSentence = ({ user, missing }: ServerFacts): string => {
  const statements = missing.map((role) => `create role ${role} nologin; grant ${role} to "${user}";`).join(' ');
  return `The database user "${user}" may not create roles, and Stockproof keeps commands, projections and reads apart by the roles ${missing.join(', ')}. Let an administrator run (leaving out what exists): ${statements} Or migrate once with a user who has CREATEROLE.`;
};
