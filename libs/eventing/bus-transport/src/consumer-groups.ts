import { sql, type Queryable } from '@stockproof/sql';

export type HeardTopic = { readonly group: string; readonly topic: string };

/** The topics that each consumer group of a service has heard anything of, by group and topic. `database`: the service's worker. */
export const heardTopics = (database: Queryable): Promise<readonly HeardTopic[]> =>
  database.query<HeardTopic>(
    sql('select distinct consumer_group as "group", topic from consumer_checkpoints order by consumer_group, topic'),
  );
