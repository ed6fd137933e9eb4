-- Run at every start, before the service's own migrations: everything here may stand already, or be made by another
-- process at this moment. Roles belong to the whole server, so a lock within one database does not keep others away.
do $$
declare
  wanted text;
begin
  foreach wanted in array array['{service}_owner', '{service}_writer', '{service}_worker', '{service}_reader'] loop
    if not exists (select from pg_roles where rolname = wanted) then
      begin
        execute format('create role %I nologin', wanted);
      exception when duplicate_object or unique_violation then
        null;
      end;
    end if;
    if not pg_has_role(current_user, wanted, 'member') then
      begin
        execute format('grant %I to %I', wanted, current_user);
      exception when unique_violation then
        null;
      end;
    end if;
  end loop;
end
$$;
