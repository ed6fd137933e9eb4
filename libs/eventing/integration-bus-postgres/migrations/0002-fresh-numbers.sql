-- Running processes know topics by number. Where the log is made anew, its numbers must mean nothing to them, or what one of them
-- publishes would land in another topic: numbers begin at a random place.
do $$
begin
  execute format('alter table topics alter column no restart with %s', 1000000 + floor(random() * 2000000000)::int);
end $$;
