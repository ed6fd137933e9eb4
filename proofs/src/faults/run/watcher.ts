import { Client } from 'pg';
import type { Logged, Verdict } from '../../checking/evidence';
import { readEvents, type Places } from '../../checking/reading';
import { stockChecks } from '../../checking/stock-checks';
import { streamsOf } from '../../checking/timelines';
import { pause } from '../../clients/until';
import { lagInDatabase, lagOnKafka } from './lag';

export type WatchOrders = {
  readonly url: string;
  readonly accountId: string;
  /** Of Kafka; none: the bus is in the database. */
  readonly brokers: readonly string[];
  readonly everyMs: number;
};

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
const watch = async ({ url, accountId, brokers, everyMs }: WatchOrders): Promise<void> => {
  const events: Logged[] = [];
  const places: Places = new Map();
  for (let looks = 1; ; looks++) {
    const began = performance.now();
    const lag = await look(url, async (client) => {
      events.push(...(await readEvents(client, accountId, places)));
      return brokers.length === 0 ? lagInDatabase(client) : lagOnKafka(brokers);
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

/** Who started it is gone: nobody reads what it says. */
process.once('disconnect', () => process.exit());
process.once('message', (orders: WatchOrders) => void watch(orders));
