import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRight } from '../../checking/check';
import { counted } from '../../checking/counting';
import type { Verdict } from '../../checking/evidence';
import { judged } from '../../checking/judging';
import { keepEvidence } from '../../checking/keeping';
import { startClient, type RunningClient } from '../../clients/running-client';
import { makeWorld, type World } from '../../clients/world';
import type { FaultName } from '../../broken/faults';
import { ended } from '../../processes/ending';
import { appOf } from '../cast';
import type { Planned } from '../fault-schedule';
import type { Size } from '../sizes';
import { busInDatabase, busOnKafka, type RunBus } from './bus';
import { startRunDatabase, type RunDatabase } from './database';
import { openNetwork } from './network';
import { openPlayers, type Players, type PlayersOptions } from './players';
import { strike } from './striking';
import type { Seen } from './watcher';
import { startWatching } from './watching';

export type Twin = FaultName | null;

export type RunOptions = {
  readonly seed: string;
  readonly size: Size;
  readonly plan: readonly Planned[];
  readonly keeps: boolean;
  /** A broken twin of the product is run in its place; it must be caught. */
  readonly twin: Twin;
  readonly say: (line: string) => void;
  /** Ends the run early; everything is cleaned up all the same. */
  readonly signal: AbortSignal;
};

export type FaultsRun = {
  readonly verdicts: readonly Verdict[];
  /** What was wrong while it ran. */
  readonly violations: readonly string[];
  readonly operations: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly faults: number;
  readonly looks: number;
  readonly seconds: number;
  /** Kept where something is wrong. */
  readonly folder: string | null;
};

/** One run: the services as processes, clients that load them, faults as the seed plans them; afterwards the verdicts. Cleans up after itself. */
export const runFaults = async (options: RunOptions): Promise<FaultsRun> => {
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-faults-'));
  // The database runs in another user's name where root runs this, and its data go with the folder.
  chmodSync(folder, 0o755);
  const { say, signal } = options;
  const began = performance.now();
  const closing: (() => Promise<unknown>)[] = [];
  let run: FaultsRun | null = null;
  try {
    const database = await startRunDatabase(folder);
    closing.push(database.stop);
    const bus = options.size.bus === 'kafka' ? await busOnKafka(signal) : busInDatabase(database.ask, signal);
    closing.push(bus.close);
    const network = await openNetwork();
    closing.push(network.close);
    say(network.described);
    const players = await openPlayers({ database, bus, network, folder, say, signal, ...programsOf(options.twin) });
    closing.push(players.end);
    await players.start();
    say(bus.described());
    const world = await Promise.race([makeWorld(players.doors, players.adminPassword, options.size.workload), ended(signal)]);
    say(`ready after ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    const { files, ...struck } = await load(options, { database, bus, players, world, folder });
    const { settlesWithinMs } = options.size;
    const { evidence, findings } = await Promise.race([
      judged({ url: database.url(), world, files, settles: true, settlesWithinMs, say }),
      ended(signal),
    ]);
    const verdicts = [...findings.always, ...findings.settled];
    const isWrong = struck.violations.length > 0 || !verdicts.every(isRight);
    const isKept = options.keeps || (isWrong && options.twin === null);
    if (isKept) keepEvidence(folder, evidence, verdicts);
    const seconds = (performance.now() - began) / 1_000;
    run = { verdicts, ...struck, ...counted(evidence.operations), seconds, folder: isKept ? folder : null };
    return run;
  } finally {
    for (const close of closing.reverse()) await close().catch((error: unknown) => say(String(error)));
    keepOrRemove(folder, run, options);
  }
};

/** What went wrong on the way, and was not judged, is kept as well; what somebody ended, only where that is asked for. */
const keepOrRemove = (folder: string, run: FaultsRun | null, { keeps, signal, say }: RunOptions): void => {
  const isKept = run === null ? keeps || !signal.aborted : run.folder !== null;
  if (isKept) say(`kept: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
};

const programsOf = (twin: Twin): Pick<PlayersOptions, 'program'> =>
  twin === null ? {} : { program: (player) => [join(__dirname, '..', '..', 'broken', 'main.js'), appOf(player), twin] };

type Scene = {
  readonly bus: RunBus;
  readonly database: RunDatabase;
  readonly players: Players;
  readonly world: World;
  readonly folder: string;
};
type Loaded = Pick<FaultsRun, 'violations' | 'faults' | 'looks'> & { readonly files: readonly string[] };

/** Lets the clients work while faults strike, watches all the time, and waits until everybody is back. */
const load = async ({ seed, size, plan, say, signal }: RunOptions, { database, bus, players, world, folder }: Scene): Promise<Loaded> => {
  const done = Array.from({ length: size.clients }, () => 0);
  const until = Date.now() + size.forMs;
  const watching = startWatching({ url: database.url(), accountId: world.accountId, brokers: bus.brokers(), everyMs: 1_000 });
  const striking = strike(plan, { database, bus, players, say, signal });
  const began = performance.now();
  const telling = setInterval(() => {
    const seconds = (performance.now() - began) / 1_000;
    const steps = done.reduce((sum, each) => sum + each, 0);
    const { events, violations } = watching.seen();
    say(
      `${seconds.toFixed(1).padStart(7)} s  ${steps} steps (${(steps / seconds).toFixed(0)}/s), ${striking.struck()} faults, ${lagOf(watching.seen())}, ${violations.length} violations in ${events} events`,
    );
  }, 4_000);
  const clients = done.map((_, client) => {
    const file = join(folder, `client-${client}.jsonl`);
    const { targets } = players;
    const own = { seed, client, size, world, targets, doors: [players.doors('tenancy')], file, until, patienceMs: 8_000 };
    return startClient({ ...own, asksAgain: size.asksAgain }, (now) => (done[client] = now));
  });
  try {
    await Promise.race([Promise.all([striking.over, ...clients.map((client) => client.ended)]), ended(signal)]);
    const { looks, violations } = watching.seen();
    return { files: clients.map(({ file }) => file), violations, looks, faults: striking.struck() };
  } finally {
    clearInterval(telling);
    clients.forEach(({ child }: RunningClient) => child.kill('SIGKILL'));
    await watching.stop();
    // What one of them starts again would outlive us.
    await striking.stop();
  }
};

const lagOf = ({ behind, oldestMs, slowest }: Seen): string => {
  if (behind === null) return 'the database or the bus is away';
  const oldest = oldestMs === null ? '' : `, one for ${(oldestMs / 1_000).toFixed(1)} s (${slowest})`;
  return `${behind} messages wait${oldest}`;
};
