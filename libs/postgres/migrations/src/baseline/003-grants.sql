-- Run as the owner. The reader has no way into the source schema, and sees of the derived one what tenant_table gives it.
grant usage on schema {service} to {service}_writer, {service}_worker;
grant usage on schema {service}_views to {service}_writer, {service}_worker, {service}_reader;
grant usage on schema {service}_building to {service}_worker;

alter default privileges revoke execute on functions from public;
alter default privileges in schema {service} grant select, insert, update, delete, truncate on tables to {service}_worker;
alter default privileges in schema {service}_views grant select, insert, update, delete, truncate on tables to {service}_worker;
alter default privileges in schema {service}_building grant select, insert, update, delete, truncate on tables to {service}_worker;
alter default privileges in schema {service} grant usage, select on sequences to {service}_worker;
alter default privileges in schema {service}_views grant usage, select on sequences to {service}_worker;
alter default privileges in schema {service}_building grant usage, select on sequences to {service}_worker;
alter default privileges in schema {service} grant execute on functions to {service}_worker;
alter default privileges in schema {service}_views grant execute on functions to {service}_worker;
alter default privileges in schema {service}_building grant execute on functions to {service}_worker;

create table if not exists {service}.migrations (
  name text primary key,
  checksum text not null,
  applied_at timestamptz not null default now()
);
