-- Keeps the keys of new persons, many in one round trip, and answers the keys that stand: none where the person was forgotten.
-- Each statement of the function sees what was committed before it began, so the look into the ledger follows the lock.
create function keep_personal_keys(ids uuid[], keys bytea[], times timestamptz[]) returns table (subject uuid, kept bytea)
language plpgsql set search_path from current as $$
begin
  -- Who creates a key and who forgets the person take turns: a key created beside the erasure would outlive it.
  perform pg_advisory_xact_lock(hashtextextended('personal_keys/' || new.id, 0))
     from (select distinct t.id::text as id from unnest(ids) as t(id) order by 1) as new;
  insert into personal_keys (subject_id, wrapped_key, created_at)
  select t.id, t.key, t.at from unnest(ids, keys, times) as t(id, key, at)
   where not exists (select from erasure_ledger e where e.subject_id = t.id)
  on conflict (subject_id) do nothing;
  return query select p.subject_id, p.wrapped_key from personal_keys p where p.subject_id = any (ids);
end
$$;

do $$
declare
  name text := current_schema() || '_writer';
begin
  if exists (select from pg_roles where rolname = name) then
    execute format('grant execute on function keep_personal_keys to %I', name);
  end if;
end
$$;
