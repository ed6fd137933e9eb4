import { startOfLog, type EventStore, type RecordedEvent } from '@stockproof/event-store';
import { gathered, upTo } from '@stockproof/sql';
import type { Pool } from 'pg';
import { untilConnected, type PostgresEventStoreOptions } from './connections';
import { positionNumber, positionText } from './positions';

type Row = Omit<RecordedEvent, 'position'> & { readonly position: number };

const columns = 'e.event_id as id, e.type, e.data, e.meta, e.revision, e.position, e.recorded as "recordedAt"';
/** A scalar subquery is one index look-up per row, whatever the planner thinks of the tables' sizes. */
const named = `${columns}, (select s.id from streams s where s.no = e.stream_no) as stream`;

const statements = {
  forward: `select ${columns}, $1::text as stream from events e
    where e.stream_no = (select no from streams where id = $1) and e.revision > $2 order by e.revision limit $3`,
  backward: `select ${columns}, $1::text as stream from events e
    where e.stream_no = (select no from streams where id = $1) and e.revision <= $2 order by e.revision desc limit $3`,
  many: `select ${columns}, u.id as stream, u.place from unnest($1::text[], $2::bigint[]) with ordinality u(id, after, place)
    join streams s on s.id = u.id join events e on e.stream_no = s.no and e.revision > u.after order by u.place, e.revision`,
  log: `select ${named} from events e where e.position > $1 order by e.position limit $2`,
  at: `select ${named} from events e where e.position = $1`,
  head: 'select position, event_id as id from events order by position desc limit 1',
  logId: 'select id from log_identity',
};

/** More in one answer makes its neighbours wait longer than it saves. */
const streamsAtOnce = 200;

const endless = Number.MAX_SAFE_INTEGER;

type StreamRead = Parameters<EventStore['readStreams']>[0][number];
type Reading = Pick<EventStore, 'logId' | 'readStream' | 'readStreams' | 'readAll' | 'head' | 'eventAt'>;

/** What is read of a service's log. */
export const reading = (pool: Pool, options: PostgresEventStoreOptions): Reading => {
  const rowsOf = async <R extends object>(name: keyof typeof statements, ...values: readonly unknown[]): Promise<readonly R[]> => {
    const { rows } = await untilConnected(() => pool.query<R>({ name, text: statements[name], values: [...values] }), options);
    return rows;
  };
  let logId: string | undefined;

  const readMany = async (reads: readonly StreamRead[]): Promise<readonly (readonly RecordedEvent[])[]> => {
    const found: RecordedEvent[][] = reads.map(() => []);
    const [streams, froms] = [reads.map(({ stream }) => stream), reads.map(({ from }) => from ?? 0)];
    for (const row of await rowsOf<Row & { readonly place: number }>('many', streams, froms)) found[row.place - 1]?.push(recorded(row));
    return found;
  };
  /** Commands of many new streams load them in the same moment. */
  const together = gathered<readonly StreamRead[], readonly (readonly RecordedEvent[])[]>({
    run: async (calls) => {
      const all = await readMany(calls.flat());
      let from = 0;
      return calls.map((call) => all.slice(from, (from += call.length)));
    },
    fits: upTo(streamsAtOnce, (call) => call.length),
    repeatable: true,
  });

  return {
    logId: async () => (logId ??= (await rowsOf<{ id: string }>('logId'))[0]?.id ?? missingIdentity()),
    readStream: async (stream, { direction = 'forward', from = direction === 'forward' ? 0 : endless, limit = endless } = {}) =>
      (await rowsOf<Row>(direction, stream, from, limit)).map(recorded),
    readStreams: async (reads) => (reads.length === 0 ? [] : together.add(reads)),
    readAll: async (after, limit) => {
      const number = positionNumber(after);
      if (number === null) throw new Error(`"${after}" is no position of this log.`);
      const events = (await rowsOf<Row>('log', number, limit)).map(recorded);
      return { events, scannedTo: events.at(-1)?.position ?? after };
    },
    head: async () => {
      const [last] = await rowsOf<{ position: number; id: string }>('head');
      return last ? { position: positionText(last.position), eventId: last.id } : { position: startOfLog, eventId: null };
    },
    eventAt: async (position) => {
      const number = positionNumber(position);
      const [row] = number === null ? [] : await rowsOf<Row>('at', number);
      return row ? recorded(row) : null;
    },
  };
};

const missingIdentity = (): never => {
  throw new Error('The log has no identity: its migrations did not run to their end.');
};

const recorded = ({ id, type, data, meta, stream, revision, position, recordedAt }: Row): RecordedEvent => ({
  id,
  type,
  data,
  meta,
  stream,
  revision,
  position: positionText(position),
  recordedAt,
});
