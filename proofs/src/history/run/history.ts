import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import { isRight } from '../../checking/check';
import { counted } from '../../checking/counting';
import type { Verdict } from '../../checking/evidence';
import { judged } from '../../checking/judging';
import { keepEvidence } from '../../checking/keeping';
import type { Orders } from '../../clients/client';
import { startClient } from '../../clients/running-client';
import { makeWorld, type World } from '../../clients/world';
import { ended } from '../../processes/ending';
import { killsOf, type Size } from '../kills';
import { startProduct, type Fault, type Product } from './product';

export type HistoryOptions = {
  readonly seed: string;
  readonly size: Size;
  readonly fault: Fault;
  /** A broken twin never comes to rest as it should: only what must hold at every moment is asked of it. */
  readonly settles: boolean;
  /** Keeps everything, also where nothing is wrong. */
  readonly keeps: boolean;
  readonly say: (line: string) => void;
  /** Ends the run, and all that it has started, before its time. */
  readonly signal: AbortSignal;
};

export type History = {
  readonly verdicts: readonly Verdict[];
  readonly operations: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly kills: number;
  readonly seconds: number;
  /** Kept where something is wrong. */
  readonly folder: string | null;
};

/** One run: the product as several processes, clients that load it, kills in between; afterwards the verdicts. Cleans up after itself. */
export const runHistory = async (options: HistoryOptions): Promise<History> => {
  const folder = mkdtempSync(join(tmpdir(), 'stockproof-history-'));
  const began = performance.now();
  const postgres = await testPostgres();
  let product: Product | null = null;
  let history: History | null = null;
  try {
    product = await startProduct({ databaseUrl: postgres.url, folder, fault: options.fault });
    const [door = ''] = product.doors;
    const world = await makeWorld(() => door, product.adminPassword, options.size.workload);
    const files = await load(options, { product, world, folder });
    const { evidence, findings } = await Promise.race([
      judged({ url: postgres.url, world, files, settles: options.settles, say: options.say }),
      ended(options.signal),
    ]);
    const verdicts = [...findings.always, ...(options.settles ? findings.settled : [])];
    const right = verdicts.every(isRight);
    const isKept = options.keeps || (!right && options.fault === null);
    if (isKept) keepEvidence(folder, evidence, verdicts);
    history = {
      verdicts,
      ...counted(evidence.operations),
      kills: product.kills(),
      seconds: (performance.now() - began) / 1_000,
      folder: isKept ? folder : null,
    };
    return history;
  } finally {
    await product?.stop();
    await postgres.stop();
    // What went wrong on the way, and was not judged, is kept as well.
    if (history?.folder === null) rmSync(folder, { recursive: true, force: true });
    else options.say(`kept: ${folder}`);
  }
};

type Scene = { readonly product: Product; readonly world: World; readonly folder: string };

/** Lets the clients work, kills by the number of steps that are done, and answers the files that the clients wrote. */
const load = async ({ seed, size, say, signal }: HistoryOptions, { product, world, folder }: Scene): Promise<readonly string[]> => {
  const steps = size.clients * size.lanes * size.stepsPerLane;
  const done = Array.from({ length: size.clients }, () => 0);
  const kills = [...killsOf(seed, size)];
  const comingBack: Promise<void>[] = [];
  const total = (): number => done.reduce((sum, each) => sum + each, 0);
  const began = performance.now();
  const telling = setInterval(() => {
    const seconds = (performance.now() - began) / 1_000;
    say(
      `${seconds.toFixed(0).padStart(5)} s  ${total()} of ${steps} steps, ${(total() / seconds).toFixed(0)}/s, ${product.kills()} killed`,
    );
  }, 5_000);
  const clients = done.map((_, client) => {
    const orders: Orders = {
      seed,
      client,
      size,
      world,
      targets: product.targets,
      doors: product.doors,
      file: join(folder, `client-${client}.jsonl`),
      until: null,
      patienceMs: 20_000,
      asksAgain: true,
    };
    return startClient(orders, (now) => {
      done[client] = now;
      while (kills[0] && kills[0].afterSteps <= total()) {
        const { processes, awayMs } = kills.shift() as (typeof kills)[number];
        for (const process of processes) comingBack.push(product.kill(process, awayMs));
        // Whether it came back is asked at the end.
        comingBack.forEach((coming) => coming.catch(() => undefined));
      }
    });
  });
  try {
    await Promise.race([Promise.all(clients.map((client) => client.ended)), ended(signal)]);
    await Promise.all(comingBack);
    return clients.map(({ file }) => file);
  } finally {
    clearInterval(telling);
    for (const { child } of clients) child.kill('SIGKILL');
  }
};
