import { Client } from 'pg';
import type { Logged, Verdict } from '../../checking/evidence';
import { readEvents, type Places } from '../../checking/reading';
import { stockChecks } from '../../checking/stock-checks';
import { streamsOf } from '../../checking/timelines';
import { pause } from '../../clients/until';

export type WatchOrders = { readonly url: string; readonly accountId: string; readonly everyMs: number };

/** What a look at the logs has shown. `behind`: messages that consumers have not taken yet; `oldestMs`: for how long the oldest waits. */
export type Seen = {
  readonly events: number;
  readonly looks: number;
  readonly violations: readonly string[];
  readonly behind: number | null;
  readonly oldestMs: number | null;
  /** Whose message waits longest. */
  readonly slowest: string | null;
};

/** What must hold at every moment is asked of all events so far, again and again; where the database is away, after it is back. */
const watch = async ({ url, accountId, everyMs }: WatchOrders): Promise<void> => {
  const events: Logged[] = [];
  const places: Places = new Map();
  for (let looks = 1; ; looks++) {
    const began = performance.now();
    const lag = await look(url, async (client) => {
      events.push(...(await readEvents(client, accountId, places)));
      return lagOf(client);
    });
    const violations = stockChecks(streamsOf({ accountId, events })).flatMap(wrongIn);
    process.send?.({ events: events.length, looks, violations, behind: null, oldestMs: null, slowest: null, ...lag } satisfies Seen);
    // Looking takes a fifth of the time at most.
    await pause(Math.max(everyMs, 4 * (performance.now() - began)));
  }
};

const wrongIn = ({ name, examples }: Verdict): readonly string[] => examples.map((example) => `${name}: ${example}`);

const look = async <T>(url: string, work: (client: Client) => Promise<T>): Promise<T | null> => {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3_000 });
  // It is told by what fails.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client);
  } catch {
    return null;
  } finally {
    await client.end().catch(() => undefined);
  }
};

const lagOf = async (client: Client): Promise<Pick<Seen, 'behind' | 'oldestMs' | 'slowest'>> => {
  const { rows } = await client.query<{ behind: string; oldest: number | null; slowest: string }>(
    `select sum(h.next_offset - c.next_offset) over () as behind, c.consumer_group || ' ' || t.name as slowest,
            (extract(epoch from clock_timestamp() - m.published_at) * 1000)::float8 as oldest
       from bus.consumers c
       join bus.partitions h using (topic_no, partition)
       join bus.topics t on t.no = c.topic_no
       join bus.messages m on m.topic_no = c.topic_no and m.partition = c.partition and m."offset" = c.next_offset
      order by m.published_at limit 1`,
  );
  const [row] = rows;
  return { behind: Number(row?.behind ?? 0), oldestMs: row?.oldest ?? null, slowest: row?.slowest ?? null };
};

/** Who started it is gone: nobody reads what it says. */
process.once('disconnect', () => process.exit());
process.once('message', (orders: WatchOrders) => void watch(orders));
