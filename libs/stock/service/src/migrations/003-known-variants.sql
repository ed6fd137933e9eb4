-- Reports are checked against all that an account sells, not only against its bundles: a plain SKU has no components. A copy of what
-- catalog said, so the names follow what is in it.
alter table known_bundles rename to known_variants;
grant select on known_variants to stock_writer;

-- Why a figure was told: what was available, before the rule of the channel.
alter table stock_publications add column rules jsonb;
