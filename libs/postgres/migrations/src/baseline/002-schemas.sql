-- Source: event tables, jobs, cursors, keys – backed up. Derived: views, which may be dropped at any time.
create schema if not exists {service} authorization {service}_owner;
create schema if not exists {service}_views authorization {service}_owner;
