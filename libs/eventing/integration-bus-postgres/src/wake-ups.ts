import type { Client } from 'pg';
import type { Connections } from './connections';

/** A partition now reaches to this offset. */
export type Advance = { readonly topicNo: number; readonly partition: number; readonly next: number };

/** What clients tell each other; losing one costs the time of a poll, nothing else. */
type Signal = { readonly from: string; readonly advances?: readonly (readonly [number, number, number])[]; readonly group?: string };

export type WakeUpListeners = { readonly onAdvances: (advances: readonly Advance[]) => void; readonly onMembers: (group: string) => void };

export type WakeUps = {
  /** Resolves when it listens, or when the first try failed: it goes on trying. */
  readonly start: () => Promise<void>;
  readonly tellAdvances: (advances: readonly Advance[]) => void;
  readonly tellMembers: (group: string) => void;
  readonly stop: () => Promise<void>;
};

const channel = 'stockproof_bus';
/** Postgres takes payloads below 8,000 bytes; an advance has at most 40. */
const advancesPerSignal = 150;
const reconnectMs = 1_000;

/** What others of the bus say; what this client says itself it need not hear. */
const hearing =
  (client: string, listeners: WakeUpListeners) =>
  (payload: string | undefined): void => {
    const signal = JSON.parse(payload ?? '{}') as Signal;
    if (signal.from === client) return;
    if (signal.advances) listeners.onAdvances(signal.advances.map(([topicNo, partition, next]) => ({ topicNo, partition, next })));
    if (signal.group !== undefined) listeners.onMembers(signal.group);
  };

const signalsOf = (advances: readonly Advance[]): readonly Pick<Signal, 'advances'>[] =>
  Array.from({ length: Math.ceil(advances.length / advancesPerSignal) }, (_, index) => ({
    advances: advances
      .slice(index * advancesPerSignal, (index + 1) * advancesPerSignal)
      .map(({ topicNo, partition, next }) => [topicNo, partition, next] as const),
  }));

/** A connection that does not answer hears nothing either. */
const tell = async (by: Client | null, signal: Signal, lost: (by: Client | null) => void): Promise<void> => {
  const values = [channel, JSON.stringify(signal)];
  await by?.query({ name: 'bus_notify', text: 'select pg_notify($1, $2)', values }).catch((error: unknown) => {
    lost(by);
    void by.end().catch(() => undefined); // it is lost already
    throw error;
  });
};

/** Signals between the clients of a bus, sent after commits on a connection of its own: inside, `NOTIFY` would lock the whole cluster. */
export const wakeUps = (
  client: string,
  { connectListener }: Connections,
  listeners: WakeUpListeners,
  onError: (error: unknown) => void,
): WakeUps => {
  let connection: Client | null = null;
  let reconnect: NodeJS.Timeout | null = null;
  let connecting: Promise<void> | null = null;
  let sending: Promise<unknown> = Promise.resolve();
  let stopped = false;
  const hear = hearing(client, listeners);

  const connect = async (): Promise<void> => {
    try {
      const fresh = await connectListener();
      fresh.on('end', () => lost(fresh));
      fresh.on('notification', ({ payload }) => hear(payload));
      await fresh.query(`listen ${channel}`);
      connection = fresh;
    } catch (error) {
      onError(error);
      lost(null);
    }
  };
  const lost = (which: Client | null) => {
    if (which !== null && which !== connection) return;
    connection = null;
    if (stopped) return;
    reconnect = setTimeout(() => (connecting = connect()), reconnectMs);
    reconnect.unref();
  };
  const send = (signal: Omit<Signal, 'from'>) => {
    sending = sending
      .then(() => connecting)
      .then(() => tell(connection, { from: client, ...signal }, lost))
      .catch(onError);
  };
  return {
    start: () => {
      connecting ??= connect();
      return connecting;
    },
    tellAdvances: (advances) => signalsOf(advances).forEach(send),
    tellMembers: (group) => send({ group }),
    stop: async () => {
      stopped = true;
      if (reconnect) clearTimeout(reconnect);
      await connecting;
      await sending;
      await connection?.end().catch(() => undefined);
    },
  };
};
