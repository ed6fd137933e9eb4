-- How far each group has read a partition, as this database knows it. Written before the bus is told, so a bus that knows of more shows
-- that the database was restored: then the group hears everything again.
create table heard_places (
  consumer_group text not null,
  topic text not null,
  partition int not null,
  next_offset bigint not null,
  primary key (consumer_group, topic, partition)
) with (fillfactor = 50);

-- What was handled before this table was made.
insert into heard_places (consumer_group, topic, partition, next_offset)
select consumer_group, topic, partition, 9223372036854775807 from consumer_checkpoints group by 1, 2, 3;
