import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Targets } from '../../clients/asking';
import { pause } from '../../clients/until';
import type { Doors } from '../../clients/world';
import { end, freePorts, programOf, startApp, type AppProcess } from '../../processes/app-process';
import { appOf, cast, linkOf, type Link, type Player } from '../cast';
import type { RunDatabase } from './database';
import { startRelay, type Relay } from './relay';

/** The services of the product as processes, with a relay on each of their links. */
export type Players = {
  readonly targets: Targets;
  readonly doors: Doors;
  readonly adminPassword: string;
  readonly relay: (link: Link) => Relay;
  /** Ends it by this signal and starts it again after a while; resolves once it is ready. */
  readonly startAgain: (player: Player, signal: 'SIGKILL' | 'SIGTERM', awayMs: number) => Promise<void>;
  /** It stands still for so long. */
  readonly stop: (player: Player, forMs: number) => Promise<void>;
  readonly end: () => Promise<void>;
};

export type PlayersOptions = {
  readonly database: RunDatabase;
  readonly folder: string;
  /** What a player runs. */
  readonly program?: (player: Player) => readonly string[];
  readonly say: (line: string) => void;
};

const triesToStart = 20;
const betweenTriesMs = 1_000;

export const startPlayers = async ({ database, folder, program, say }: PlayersOptions): Promise<Players> => {
  const secrets = { STOCKPROOF_KEY: randomBytes(32).toString('hex'), STOCKPROOF_ADMIN_PASSWORD: randomBytes(18).toString('base64url') };
  const ports = await freePorts(cast.length * 2);
  const portOf = (player: Player): number => ports[cast.indexOf(player) * 2] as number;
  const relays = await relaysOf(database, portOf);
  const relay = (link: Link): Relay => relays.get(link) as Relay;
  const running = new Map<Player, AppProcess>();
  let ending = false;

  const start = async (player: Player, isFirst: boolean): Promise<void> => {
    const environment = {
      ...secrets,
      DATABASE_URL: database.urlBy(relay(linkOf(player, 'database'))),
      STOCKPROOF_DATA_DIR: folder,
      STOCKPROOF_HOST: '127.0.0.1',
      STOCKPROOF_PORT: String(portOf(player)),
      STOCKPROOF_ADMIN_PORT: String(ports[cast.indexOf(player) * 2 + 1]),
      STOCKPROOF_MIGRATE: String(isFirst),
    };
    const log = join(folder, `${player}.log`);
    running.set(player, await startApp({ program: program?.(player) ?? programOf(appOf(player)), log, environment }));
  };
  /** Where its database cannot be reached a service does not start: whoever runs it tries again. */
  const startStubbornly = async (player: Player): Promise<void> => {
    for (let tries = 1; !ending; tries++) {
      const failed = await start(player, false).then(
        () => null,
        (error: unknown) => error,
      );
      if (failed === null) return;
      if (tries === triesToStart) throw failed;
      say(`${player} could not start, tried again`);
      await pause(betweenTriesMs);
    }
  };

  await Promise.all(cast.map((player) => start(player, true)));
  return {
    targets: targetsOver(relay),
    doors: (service) => addressOf(relay(linkOf(cast.find((player) => appOf(player) === service) ?? 'tenancy', 'clients'))),
    adminPassword: secrets.STOCKPROOF_ADMIN_PASSWORD,
    relay,
    startAgain: async (player, signal, awayMs) => {
      await end(running.get(player) ?? null, signal);
      await pause(awayMs);
      await startStubbornly(player);
    },
    stop: async (player, forMs) => {
      const { child } = running.get(player) as AppProcess;
      child.kill('SIGSTOP');
      await pause(forMs);
      child.kill('SIGCONT');
    },
    end: async () => {
      ending = true;
      await Promise.all([...running.values()].map((each) => end(each, 'SIGKILL')));
      await Promise.all([...relays.values()].map((each) => each.close()));
    },
  };
};

const addressOf = ({ host, port }: Relay): string => `http://${host}:${port}`;

const relaysOf = async (database: RunDatabase, portOf: (player: Player) => number): Promise<ReadonlyMap<Link, Relay>> => {
  const relays = new Map<Link, Relay>();
  for (const player of cast) {
    relays.set(linkOf(player, 'database'), await startRelay(database.address));
    relays.set(linkOf(player, 'clients'), await startRelay(() => ({ host: '127.0.0.1', port: portOf(player) })));
  }
  return relays;
};

/** Clients reach each process of a service by its number in the cast. */
const targetsOver = (relay: (link: Link) => Relay): Targets => {
  const having = (app: string) =>
    cast.flatMap((player, of) => (appOf(player) === app ? [{ of, base: addressOf(relay(linkOf(player, 'clients'))) }] : []));
  return { sales: having('sales'), stock: having('stock'), purchasing: having('purchasing') };
};
