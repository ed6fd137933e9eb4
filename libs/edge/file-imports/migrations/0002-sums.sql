-- What a kind of file keeps from part to part, beside how far it is.
alter table file_imports add column sums jsonb not null default '{}';
