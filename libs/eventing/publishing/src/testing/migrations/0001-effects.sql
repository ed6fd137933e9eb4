create table effects (no bigint generated always as identity primary key, effect text not null);
