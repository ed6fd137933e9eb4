import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testPostgres } from '@stockproof/postgres-embedded/testing';
import { Client } from 'pg';
import { check, isRight, type Findings } from '../checking/check';
import type { Evidence, Verdict } from '../checking/evidence';
import { operationsIn, type Operation } from '../record';
import { killsOf, type Size } from '../schedule';
import type { Orders, Progress } from './client';
import { startProduct, type Fault, type Product } from './product';
import { countEvents, readEvents, readViews } from './reading';
import { pause } from './until';
import { makeWorld, type World } from './world';

export type HistoryOptions = {
  readonly seed: string;
  readonly size: Size;
  readonly fault: Fault;
  /** A broken twin never comes to rest as it should: only what must hold at every moment is asked of it. */
  readonly settles: boolean;
  /** Keeps everything, also where nothing is wrong. */
  readonly keeps: boolean;
  readonly say: (line: string) => void;
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
    const world = await makeWorld(product.doors[0] ?? '', product.adminPassword, options.size.workload);
    const files = await load(options, { product, world, folder });
    const { evidence, findings } = await judged(options, { url: postgres.url, world, files });
    const verdicts = [...findings.always, ...(options.settles ? findings.settled : [])];
    const right = verdicts.every(isRight);
    const isKept = options.keeps || (!right && options.fault === null);
    if (isKept) keep(folder, evidence, verdicts);
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

const keep = (folder: string, { events, views }: Evidence, verdicts: readonly Verdict[]): void => {
  writeFileSync(join(folder, 'verdicts.json'), JSON.stringify(verdicts, null, 2));
  writeFileSync(join(folder, 'events.jsonl'), events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  writeFileSync(join(folder, 'views.json'), JSON.stringify(views));
};

const counted = (operations: readonly Operation[]) => ({
  operations: operations.length,
  outcomes: { ...count(operations.map(({ outcome }) => outcome)), ...count(operations.map(({ asked }) => asked.what)) },
});
const count = (names: readonly string[]) =>
  Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));

type Scene = { readonly product: Product; readonly world: World; readonly folder: string };

/** Lets the clients work, kills by the number of steps that are done, and answers the files that the clients wrote. */
const load = async ({ seed, size, say }: HistoryOptions, { product, world, folder }: Scene): Promise<readonly string[]> => {
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
    await Promise.all(clients.map(({ ended }) => ended));
    await Promise.all(comingBack);
    return clients.map(({ file }) => file);
  } finally {
    clearInterval(telling);
    for (const { child } of clients) child.kill('SIGKILL');
  }
};

type RunningClient = { readonly child: ChildProcess; readonly file: string; readonly ended: Promise<void> };

const startClient = (orders: Orders, onSteps: (steps: number) => void): RunningClient => {
  const child = fork(join(__dirname, 'client.js'), { execArgv: ['--enable-source-maps'], env: { PATH: process.env['PATH'] ?? '' } });
  child.send(orders);
  let isDone = false;
  child.on('message', (progress: Progress) => {
    if ('done' in progress) isDone = true;
    else onSteps(progress.steps);
  });
  const ended = new Promise<void>((resolve, reject) =>
    child.once('exit', (code, signal) => (isDone ? resolve() : reject(new Error(`client ${orders.client} ended with ${signal ?? code}`)))),
  );
  return { child, file: orders.file, ended };
};

/** It is quiet when nothing was written for so long. What is asked of a settled product is asked again for a while after the last event. */
const quietMs = 3_000;
const settlesWithinMs = 150_000;
/** A backlog of a slow machine is worked off for as long as events are written; a product that writes for ever is stopped. */
const settlesAtMostMs = 2_700_000;

type Source = { readonly url: string; readonly world: World; readonly files: readonly string[] };

const judged = async (
  { settles, say }: HistoryOptions,
  { url, world, files }: Source,
): Promise<{ evidence: Evidence; findings: Findings }> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const operations = files.flatMap((file) => operationsIn(readFileSync(file, 'utf8').split('\n')));
    const atMost = performance.now() + settlesAtMostMs;
    let [written, deadline] = [0, 0];
    for (;;) {
      if (settles) await untilQuiet(client, performance.now() + settlesWithinMs);
      const { accountId, actor, warehouses } = world;
      const members = [warehouses.NORTH, warehouses.SOUTH];
      const said = { events: await readEvents(client, accountId), views: await readViews(client, accountId) };
      const evidence: Evidence = { accountId, actor, members, virtual: warehouses.BOTH, operations, ...said };
      const findings = check(evidence);
      if (said.events.length > written) [written, deadline] = [said.events.length, performance.now() + settlesWithinMs];
      if (!settles || findings.settled.every(isRight) || performance.now() > Math.min(deadline, atMost)) return { evidence, findings };
      say(
        `not settled yet: ${findings.settled
          .filter((each) => !isRight(each))
          .map(({ name, wrong }) => `${name} (${wrong})`)
          .join('; ')}`,
      );
      await pause(5_000);
    }
  } finally {
    await client.end();
  }
};

const untilQuiet = async (client: Client, deadline: number): Promise<void> => {
  let seen = { count: -1, since: performance.now() };
  while (performance.now() - seen.since < quietMs && performance.now() < deadline) {
    const count = await countEvents(client);
    if (count !== seen.count) seen = { count, since: performance.now() };
    await pause(200);
  }
};
