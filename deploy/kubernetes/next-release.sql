-- What check.sh takes for the migration of a next release: it changes a table that every order writes to, while orders come in, and the
-- release before, which knows nothing of it, must work on it after a rollback.
alter table idempotency_keys add column taken_by text;
create index idempotency_keys_by_taker on idempotency_keys (taken_by) where taken_by is not null;
