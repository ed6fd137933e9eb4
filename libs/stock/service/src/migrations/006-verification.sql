-- What the verifier found. A finding is never removed: it is seen again, or has healed.
create table verification_findings (
  account_id uuid not null,
  finding_id uuid not null,
  -- The stream that was checked when it was found, by what it is about.
  subject_kind text not null,
  subject_key text collate "C" not null,
  kind text not null,
  about text not null,
  sku text,
  warehouse_id text,
  order_id text,
  attempt bigint,
  says text not null,
  evidence jsonb not null,
  repair text,
  first_seen timestamptz not null,
  last_seen timestamptz not null,
  healed_at timestamptz,
  repair_outcome text,
  primary key (account_id, finding_id)
);
create unique index verification_findings_open on verification_findings (account_id, subject_kind, subject_key, about) where healed_at is null;
create index verification_findings_by_time on verification_findings (account_id, first_seen desc, finding_id);
create index verification_findings_open_kinds on verification_findings (kind) where healed_at is null;

-- Verifications that somebody asked for, with how far each has come.
create table verifications (
  account_id uuid not null,
  verification_id uuid not null,
  asked_by text not null,
  asked_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz,
  after_kind text,
  after_key text,
  done bigint not null default 0,
  streams bigint,
  -- What was found in the streams looked at so far.
  findings bigint not null default 0,
  primary key (account_id, verification_id)
);
create unique index verifications_open on verifications (account_id) where finished_at is null;
create index verifications_by_time on verifications (account_id, asked_at desc, verification_id);

grant select on verification_findings to stock_writer;
grant select, insert on verifications to stock_writer;
