-- The feed over HTTP says the same source as the topics: whoever answers it reads which history of the log is published.
do $$
begin
  if exists (select from pg_roles where rolname = current_schema() || '_writer') then
    execute format('grant select on publisher_checkpoint to %I', current_schema() || '_writer');
  end if;
end $$;
