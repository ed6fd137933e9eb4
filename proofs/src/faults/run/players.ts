import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { freePorts } from '@stockproof/service-host/testing';
import type { Targets } from '../../clients/asking';
import { pause } from '../../clients/until';
import type { Doors } from '../../clients/world';
import { end, launchApp, programOf, type AppProcess } from '../../processes/app-process';
import { appOf, cast, linkOf, type Link, type Player } from '../cast';
import type { RunBus, Without } from './bus';
import type { RunDatabase } from './database';
import type { Network } from './network';
import { startRelay, type Relay } from './relay';

/** The services of the product as processes, with a relay on each of their links. */
export type Players = {
  /** The bus first, then all at once; resolves once they are ready. */
  readonly start: () => Promise<void>;
  readonly targets: Targets;
  readonly doors: Doors;
  readonly adminPassword: string;
  /** Nothing gets through on this link any more, and nobody is told. */
  readonly cut: (link: Link) => Promise<void>;
  /** Each piece on this link is late by so much; 0: no more. */
  readonly slow: (link: Link, delayMs: number) => void;
  readonly heal: (link: Link) => Promise<void>;
  /** Ends it by this signal and starts it again after a while; resolves once it is ready. */
  readonly startAgain: (player: Player, by: 'SIGKILL' | 'SIGTERM', awayMs: number) => Promise<void>;
  /** It stands still for so long. */
  readonly stop: (player: Player, forMs: number) => Promise<void>;
  /** Kills these, does the work, and starts them again. */
  readonly without: Without;
  readonly end: () => Promise<void>;
};

export type PlayersOptions = {
  readonly database: RunDatabase;
  readonly bus: RunBus;
  readonly network: Network;
  readonly folder: string;
  /** What a player runs. */
  readonly program?: (player: Player) => readonly string[];
  readonly say: (line: string) => void;
  /** Ends them all at once, also those that are just starting; none is started any more. */
  readonly signal: AbortSignal;
};

const triesToStart = 20;
const betweenTriesMs = 1_000;

export const openPlayers = async (options: PlayersOptions): Promise<Players> => {
  const { database, bus, network } = options;
  const adminPassword = randomBytes(18).toString('base64url');
  const ports = await freePorts(cast.length * 2);
  const portOf = (player: Player): number => ports[cast.indexOf(player) * 2] as number;
  const relays = await relaysOf({ database, bus, network, portOf });
  const relay = (link: Link): Relay => relays.get(link) as Relay;
  const processes = processesOf(options, (player) => ({
    ...(bus.doorOf === null ? {} : { KAFKA_BROKERS: addressOf(relay(linkOf(player, 'bus'))) }),
    DATABASE_URL: database.urlBy(relay(linkOf(player, 'database'))),
    STOCKPROOF_ADMIN_PASSWORD: adminPassword,
    STOCKPROOF_HOST: network.addresses(linkOf(player, 'clients')).inside,
    STOCKPROOF_PORT: String(portOf(player)),
    STOCKPROOF_ADMIN_PORT: String(ports[cast.indexOf(player) * 2 + 1]),
  }));
  return {
    ...processes,
    start: async () => {
      await bus.open((player) => relay(linkOf(player, 'bus')));
      await processes.startAll();
    },
    targets: targetsOver(relay),
    doors: (service) => baseOf(relay(linkOf(cast.find((player) => appOf(player) === service) ?? 'tenancy', 'clients'))),
    adminPassword,
    cut: (link) => network.cut?.(link) ?? Promise.resolve(relay(link).cut()),
    slow: (link, delayMs) => relay(link).slow(delayMs),
    heal: async (link) => {
      await network.heal(link);
      relay(link).heal();
    },
    end: async () => {
      await processes.end();
      await Promise.all([...relays.values()].map((each) => each.close()));
    },
  };
};

type Processes = Pick<Players, 'startAgain' | 'stop' | 'without' | 'end'> & { readonly startAll: () => Promise<void> };
type EnvironmentOf = (player: Player) => Readonly<Record<string, string>>;

const processesOf = ({ network, folder, program, say, signal }: PlayersOptions, environmentOf: EnvironmentOf): Processes => {
  const running = new Map<Player, AppProcess>();
  const key = randomBytes(32).toString('hex');
  const inTurn = turns();
  const kill = (player: Player, by: NodeJS.Signals): Promise<void> => end(running.get(player) ?? null, by);
  signal.addEventListener('abort', () => running.forEach(({ child }) => child.kill('SIGKILL')));
  const start = async (player: Player, isFirst: boolean): Promise<void> => {
    signal.throwIfAborted();
    const own = { STOCKPROOF_KEY: key, STOCKPROOF_DATA_DIR: folder, STOCKPROOF_MIGRATE: String(isFirst) };
    const launched = launchApp({
      program: program?.(player) ?? programOf(appOf(player)),
      environment: { ...environmentOf(player), ...own },
      log: join(folder, `${player}.log`),
      inside: network.inside(player),
    });
    running.set(player, launched);
    await launched.ready;
  };
  /** Where its database cannot be reached a service does not start: whoever runs it tries again. */
  const startStubbornly = async (player: Player): Promise<void> => {
    for (let tries = 1; !signal.aborted; tries++) {
      const failed = await start(player, false).then(
        () => null,
        (error: unknown) => error,
      );
      if (failed === null) return;
      if (tries === triesToStart) throw failed;
      say(`${player} could not start, tried again`);
      await pause(betweenTriesMs, signal);
    }
  };
  return {
    startAll: async () => void (await Promise.all(cast.map((player) => start(player, true)))),
    startAgain: (player, by, awayMs) =>
      inTurn([player], async () => {
        await kill(player, by);
        await pause(awayMs, signal);
        await startStubbornly(player);
      }),
    stop: (player, forMs) =>
      inTurn([player], async () => {
        running.get(player)?.child.kill('SIGSTOP');
        await pause(forMs, signal);
        running.get(player)?.child.kill('SIGCONT');
      }),
    without: (players, work) =>
      inTurn(players, async () => {
        await Promise.all(players.map((player) => kill(player, 'SIGKILL')));
        await work().finally(() => Promise.all(players.map(startStubbornly)));
      }),
    end: async () => void (await Promise.all([...running.keys()].map((player) => kill(player, 'SIGKILL')))),
  };
};

/** What is done to a player waits until what was done to it before is over. */
const turns = () => {
  const last = new Map<Player, Promise<unknown>>();
  return (players: readonly Player[], work: () => Promise<void>): Promise<void> => {
    const turn = Promise.all(players.map((player) => last.get(player))).then(work);
    // Whoever asked for it is told; the next one begins all the same.
    for (const player of players)
      last.set(
        player,
        turn.catch(() => undefined),
      );
    return turn;
  };
};

const addressOf = ({ host, port }: Relay): string => `${host}:${port}`;
const baseOf = (relay: Relay): string => `http://${addressOf(relay)}`;

type Surroundings = Pick<PlayersOptions, 'database' | 'bus' | 'network'> & { readonly portOf: (player: Player) => number };

/** Outside of each link: players connect to those of their database and their bus, clients to the one of a player. */
const relaysOf = async ({ database, bus, network, portOf }: Surroundings): Promise<ReadonlyMap<Link, Relay>> => {
  const relays = new Map<Link, Relay>();
  for (const player of cast) {
    const [toDatabase, toBus, toClients] = [linkOf(player, 'database'), linkOf(player, 'bus'), linkOf(player, 'clients')];
    const { doorOf } = bus;
    relays.set(toDatabase, await startRelay(database.address, network.addresses(toDatabase).outside));
    if (doorOf !== null) relays.set(toBus, await startRelay(() => doorOf(player), network.addresses(toBus).outside));
    relays.set(toClients, await startRelay(() => ({ host: network.addresses(toClients).inside, port: portOf(player) })));
  }
  return relays;
};

/** Clients reach each process of a service by its number in the cast. */
const targetsOver = (relay: (link: Link) => Relay): Targets => {
  const having = (app: string) =>
    cast.flatMap((player, of) => (appOf(player) === app ? [{ of, base: baseOf(relay(linkOf(player, 'clients'))) }] : []));
  return { sales: having('sales'), stock: having('stock'), purchasing: having('purchasing') };
};
