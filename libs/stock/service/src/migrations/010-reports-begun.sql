-- What a report that is being decided says, so that no other under its id is mixed with it; empty where only parts were announced.
alter table reports_under_way add column digest text not null default '';
