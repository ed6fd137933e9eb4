-- Files as they were received, until they have been taken, and what became of them.
create table file_imports (
  account_id uuid not null,
  -- Derived from account, kind, options and content: the same file again is the same import.
  file_id uuid not null,
  organization_id uuid not null,
  kind text not null,
  name text not null,
  options jsonb not null,
  actor text not null,
  bytes integer not null,
  -- Encrypted: files hold names and addresses. Gone once the import has ended.
  content jsonb,
  status text not null default 'waiting',
  done integer not null default 0,
  "of" integer,
  taken integer not null default 0,
  skipped integer not null default 0,
  refused integer not null default 0,
  error text,
  received_at timestamptz not null,
  ended_at timestamptz,
  primary key (account_id, file_id)
);
create index file_imports_by_time on file_imports (account_id, received_at desc, file_id);

-- Rows that were not simply taken.
create table file_import_rows (
  account_id uuid not null,
  file_id uuid not null,
  row integer not null,
  outcome text not null,
  code text,
  message text,
  primary key (account_id, file_id, row)
);

-- Requests receive files and show how far they are; only workers take them.
do $$
begin
  execute format('grant select, insert on file_imports to %I', current_schema() || '_writer');
  execute format('grant select on file_import_rows to %I', current_schema() || '_writer');
end
$$;
