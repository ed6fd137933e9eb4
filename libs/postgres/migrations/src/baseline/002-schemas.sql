-- Source: event tables, jobs, cursors, keys – backed up. Derived: views, which may be dropped at any time.
create schema if not exists {service} authorization {service}_owner;
create schema if not exists {service}_views authorization {service}_owner;
-- Views that are built beside the ones that serve, until they take their places.
create schema if not exists {service}_building authorization {service}_owner;
