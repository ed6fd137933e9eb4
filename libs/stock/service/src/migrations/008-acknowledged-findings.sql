-- A finding that only a person can judge, and that somebody has looked at: it stays open, and calls nobody any more.
alter table verification_findings add column acknowledged_at timestamptz;
alter table verification_findings add column acknowledged_by text;
alter table verification_findings add column acknowledged_because text;
drop index verification_findings_open_kinds;
create index verification_findings_open_kinds on verification_findings (kind) where healed_at is null and acknowledged_at is null;

grant update (acknowledged_at, acknowledged_by, acknowledged_because) on verification_findings to stock_writer;
