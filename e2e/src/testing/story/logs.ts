import { Client } from 'pg';

type Data = Readonly<Record<string, unknown>>;

/** An event as it lies in the log of the service that decided it. */
export type LoggedEvent = {
  readonly service: string;
  readonly stream: string;
  readonly position: number;
  readonly type: string;
  readonly id: string;
  readonly data: Data;
  readonly commandId: string;
  readonly causationId: string;
  readonly correlationId: string;
  readonly actor: string;
};

/** A message as it lies on its topic, the groups that follow the topic, and those of them that have read it. */
export type LoggedMessage = {
  readonly id: string;
  readonly type: string;
  readonly topic: string;
  readonly causationId: string;
  readonly data: Data;
  readonly groups: readonly string[];
  readonly heardBy: readonly string[];
};

/** What was written by all services, as it lies in the database: answers and views have no say in it. */
export type Logs = {
  readonly events: readonly LoggedEvent[];
  readonly messages: readonly LoggedMessage[];
  /** `<service> <view>` → how far it has read; `<service>` → how far its publisher has told others. */
  readonly positions: ReadonlyMap<string, number>;
};

const services = `select table_schema as service from information_schema.tables where table_name = 'events' order by 1`;

const eventsOf = (service: string): string => `
  select '${service}' as service, s.id as stream, e.position::int as position, e.type, e.event_id as id, e.data,
         e.meta ->> 'commandId' as "commandId", e.meta ->> 'causationId' as "causationId",
         e.meta ->> 'correlationId' as "correlationId", e.meta ->> 'actor' as actor
    from "${service}".events e join "${service}".streams s on s.no = e.stream_no
   order by e.position`;

const positionsOf = (service: string): string => `
  select '${service} ' || view as reader, position from "${service}_views".projection_checkpoints where not building
   union all select '${service}', position from "${service}".publisher_checkpoint`;

const allMessages = `
  select m.message::json as message, coalesce(array_agg(c.consumer_group order by c.consumer_group) filter (where c.consumer_group is not null), '{}') as groups,
         coalesce(array_agg(c.consumer_group order by c.consumer_group) filter (where c.next_offset > m."offset"), '{}') as "heardBy"
    from bus.messages m left join bus.consumers c on c.topic_no = m.topic_no and c.partition = m.partition
   group by m.topic_no, m.partition, m."offset", m.message
   order by m.topic_no, m.partition, m."offset"`;

type MessageRow = Pick<LoggedMessage, 'groups' | 'heardBy'> & { readonly message: Omit<LoggedMessage, 'groups' | 'heardBy'> };

/** Reads the logs of all services, all topics, and how far their readers are, as they stand at one moment. */
export const readLogs = async (databaseUrl: string): Promise<Logs> => {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const events: LoggedEvent[] = [];
    const positions = new Map<string, number>();
    await client.query('begin isolation level repeatable read read only');
    for (const { service } of (await client.query<{ service: string }>(services)).rows) {
      events.push(...(await client.query<LoggedEvent>(eventsOf(service))).rows);
      const readers = (await client.query<{ reader: string; position: string }>(positionsOf(service))).rows;
      for (const { reader, position } of readers) positions.set(reader, Number(position));
    }
    const messages = (await client.query<MessageRow>(allMessages)).rows.map(({ message, ...heard }) => ({ ...message, ...heard }));
    return { events, messages, positions };
  } finally {
    await client.end();
  }
};
