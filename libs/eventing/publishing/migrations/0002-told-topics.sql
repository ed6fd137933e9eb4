-- The last position told on each topic, of the present log and generation: a topic that ends before it has lost what it held.
alter table publisher_checkpoint add column told jsonb not null default '{}';
