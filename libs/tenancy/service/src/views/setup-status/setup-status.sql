-- One row per thing that makes a step done; a step without rows is open.
create table setup_steps_v2 (
  organization_id uuid not null,
  -- The organization's own id for its steps, else the account's.
  account_id uuid not null,
  step text not null,
  item text not null,
  primary key (account_id, step, item)
);
select tenant_table('setup_steps_v2');
