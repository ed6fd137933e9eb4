-- A key per person, itself encrypted with the installation's master key. Deleting the row forgets the person.
create table personal_keys (
  subject_id uuid primary key,
  wrapped_key bytea not null,
  created_at timestamptz not null
);

-- Who was forgotten. Copied outside the backups and replayed after a restore, so that a restored key is deleted again.
create table erasure_ledger (
  subject_id uuid primary key,
  forgotten_at timestamptz not null
);

-- Requests seal what they were told and open what they show; the reader of views sees ciphertext only.
do $$
declare
  name text := current_schema() || '_writer';
begin
  if exists (select from pg_roles where rolname = name) then
    execute format('grant select, insert, delete on personal_keys to %I', name);
    execute format('grant select, insert on erasure_ledger to %I', name);
  end if;
end
$$;
