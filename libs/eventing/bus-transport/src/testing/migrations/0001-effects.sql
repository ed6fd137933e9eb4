create table effects (no bigint generated always as identity primary key, consumer_group text not null, effect text not null);
