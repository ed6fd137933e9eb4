-- Lets the reader see a view's table, each read only the rows of its tenant, whatever the statement says. Called by the
-- owner for every table that HTTP reads: one with account_id, organization_id (for lists of an organization), or both.
create or replace function {service}_views.tenant_table(tenant_rows regclass) returns void
language plpgsql as $$
declare
  tenant_column record;
  found_one boolean := false;
begin
  execute format('alter table %s enable row level security', tenant_rows);
  -- Forced: the owner's rights, which functions may run with, are no way around it.
  execute format('alter table %s force row level security', tenant_rows);
  for tenant_column in
    select attname as name, format_type(atttypid, atttypmod) as type, substr(attname, 1, length(attname) - 3) as setting
    from pg_attribute
    where attrelid = tenant_rows and attname in ('account_id', 'organization_id') and not attisdropped
  loop
    found_one := true;
    execute format('drop policy if exists %I on %s', 'reader_' || tenant_column.setting, tenant_rows);
    -- A sub-select is evaluated once per statement, not once per row. Without a tenant it is null, and no row is equal to that.
    execute format('create policy %I on %s for select to {service}_reader using (%I = (select nullif(current_setting(%L, true), '''')::%s))',
      'reader_' || tenant_column.setting, tenant_rows, tenant_column.name, 'stockproof.' || tenant_column.setting, tenant_column.type);
  end loop;
  if not found_one then
    raise exception 'tenant_table(%): it has neither account_id nor organization_id', tenant_rows;
  end if;
  execute format('drop policy if exists worker_all on %s', tenant_rows);
  execute format('create policy worker_all on %s for all to {service}_worker, {service}_owner using (true) with check (true)', tenant_rows);
  execute format('grant select on %s to {service}_reader', tenant_rows);
  execute format('grant all on %s to {service}_worker', tenant_rows);
end
$$;
