import { brokerWithDoors, setBackGroups } from '@stockproof/integration-bus-kafka/testing';
import { freePorts } from '@stockproof/service-host/testing';
import { pause, until } from '../../clients/until';
import { appOf, cast, type BusKind, type Player } from '../cast';
import type { RunDatabase } from './database';
import type { Address } from './relay';

/** What carries facts between the services of this run. */
export type RunBus = {
  readonly kind: BusKind;
  /** Where the door for this player is; `null`: it finds the bus in its database. */
  readonly doorOf: ((player: Player) => Address) | null;
  /** Starts what must know where players will find it. */
  readonly open: (advertised: (player: Player) => Address) => Promise<void>;
  readonly described: () => string;
  /** `kill -9`, and a start on what it has kept. */
  readonly restart: (awayMs: number) => Promise<void>;
  /** The last messages of each partition are delivered once more; `without` runs while nobody of these players does. */
  readonly setBack: (messages: number, without: Without) => Promise<void>;
  /** Brokers past all relays. */
  readonly brokers: () => readonly string[];
  readonly close: () => Promise<void>;
};

export type Without = (players: readonly Player[], work: () => Promise<void>) => Promise<void>;

/** Another fault may have taken away what is to be changed: it is tried until it is there again. */
const untilDone = async (work: () => Promise<void>, signal: AbortSignal): Promise<void> =>
  void (await until(
    () => work().then(() => null, String),
    (failed) => failed === null || signal.aborted,
  ));

/** In the database: what strikes that strikes the bus. */
export const busInDatabase = (ask: RunDatabase['ask'], signal: AbortSignal): RunBus => ({
  kind: 'postgres',
  doorOf: null,
  open: async () => undefined,
  described: () => 'the bus is in the database',
  restart: async () => undefined,
  // As if every group had lost what it last committed: its owner loses the partition as well, and whoever takes it reads from there.
  setBack: (messages) =>
    untilDone(
      () =>
        ask(async (client) => {
          await client.query(
            'update bus.consumers set next_offset = greatest(0, next_offset - $1), member = null, fence = fence + 1 where next_offset > 0',
            [messages],
          );
        }),
      signal,
    ),
  brokers: () => [],
  close: async () => undefined,
});

/** A real Kafka broker with a listener for each player, so that each link can be cut apart from the others. */
export const busOnKafka = async (signal: AbortSignal): Promise<RunBus> => {
  const ports = await freePorts(cast.length);
  const portOf = (player: Player): number => ports[cast.indexOf(player)] as number;
  let broker: Awaited<ReturnType<typeof brokerWithDoors>> | null = null;
  return {
    kind: 'kafka',
    doorOf: (player) => ({ host: '127.0.0.1', port: portOf(player) }),
    open: async (advertised) => {
      const addressOf = ({ host, port }: Address): string => `${host}:${port}`;
      broker = await brokerWithDoors(cast.map((player) => ({ port: portOf(player), advertised: addressOf(advertised(player)) })));
    },
    described: () => broker?.described ?? 'no broker yet',
    restart: async (awayMs) => {
      await broker?.kill();
      await pause(awayMs);
      await broker?.startAgain();
    },
    // Kafka moves offsets only of a group that nobody is in: one service, without both of its processes.
    setBack: (messages, without) =>
      without(
        cast.filter((player) => appOf(player) === 'stock'),
        () => untilDone(() => setBackGroups([broker?.address ?? ''], 'stock.', messages), signal),
      ),
    brokers: () => (broker === null ? [] : [broker.address]),
    close: async () => broker?.remove(),
  };
};
