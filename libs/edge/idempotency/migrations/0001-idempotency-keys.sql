-- What was answered under an Idempotency-Key. Losing a row costs nothing but a second run: the stream remembers the command.
create table idempotency_keys (
  scope text not null,
  key text not null,
  request_hash text not null,
  lease uuid not null,
  lease_until timestamptz not null,
  first_received_at timestamptz not null,
  status integer,
  headers json,
  body text,
  primary key (scope, key)
);

create index idempotency_keys_by_age on idempotency_keys (first_received_at);

do $$
begin
  execute format('grant select, insert, update, delete on idempotency_keys to %I', current_schema() || '_writer');
end
$$;
