-- The channels of all accounts, as tenancy last said it: a copy, rebuilt by reading the topic again.
create table known_channels (
  account_id uuid not null,
  -- 'warehouse': what stands behind a physical warehouse; 'shop': a sales channel.
  side text not null,
  -- The warehouse, or the sales channel.
  place_id uuid not null,
  organization_id uuid not null,
  set_up jsonb not null,
  -- False: a warehouse that the account no longer uses.
  present boolean not null default true,
  sequence bigint not null,
  primary key (account_id, side, place_id)
);

do $$
begin
  execute format('grant select on known_channels to %I', current_schema() || '_writer');
end
$$;
