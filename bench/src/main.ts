import { startEmbeddedPostgres, type EmbeddedPostgres } from '@stockproof/postgres-embedded';
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Client } from 'pg';
import type { Effort } from './bench-case';
import { runCase } from './case-process';
import { benchCases } from './cases/all';
import { machineOf } from './machine';
import { isRight, markdownOf, type CaseReport, type Report } from './report';

const efforts = {
  whole: { rounds: 5, warmSeconds: 1, seconds: 4 },
  short: { rounds: 3, warmSeconds: 0.5, seconds: 1.5 },
} satisfies Record<string, Effort>;

const tell = (progress: string): void => void process.stderr.write(`${progress}\n`);

/** A server with its usual, durable settings; data from an earlier run would make ours look slow. */
const withPostgres = async <T>(work: (url: string) => Promise<T>): Promise<T> => {
  const given = process.env['DATABASE_URL'];
  if (given) return inFreshDatabase(given, work);
  const dataDir = join(process.cwd(), '.stockproof', 'bench');
  await loadStatementCounts(await startEmbeddedPostgres({ dataDir, log: tell }));
  const postgres = await startEmbeddedPostgres({ dataDir, log: tell });
  try {
    return await inFreshDatabase(postgres.url, work);
  } finally {
    await postgres.stop();
    rmSync(postgres.location, { recursive: true, force: true });
  }
};

/** The server counts statements from its next start on, in databases that ask for it. */
const loadStatementCounts = async ({ url, stop }: EmbeddedPostgres): Promise<void> => {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  await admin.query("alter system set shared_preload_libraries = 'pg_stat_statements'");
  await admin.query("alter system set pg_stat_statements.track = 'none'");
  await admin.end();
  await stop();
};

const inFreshDatabase = async <T>(url: string, work: (url: string) => Promise<T>): Promise<T> => {
  const admin = new Client({ connectionString: url });
  await admin.connect();
  const name = `stockproof_bench_${process.pid}`;
  await admin.query(`create database ${name}`);
  try {
    const own = new URL(url);
    own.pathname = `/${name}`;
    return await work(own.href);
  } finally {
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
  }
};

const commitOf = (): string => {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return 'unknown'; // not a work tree: an unpacked release
  }
};

const measure = async (names: readonly string[], { effort, label }: { readonly effort: Effort; readonly label: string }): Promise<Report> =>
  withPostgres(async (url) => {
    const machine = await machineOf(url);
    const cases: CaseReport[] = [];
    for (const name of names) {
      const say = (progress: string) => tell(`${name}: ${progress}`);
      cases.push({ name, title: benchCases[name]?.title ?? name, ...(await runCase(name, { url, effort, say })) });
    }
    const described = `${label}: ${effort.rounds} runs of ${effort.seconds} s each after ${effort.warmSeconds} s of warming up, medians`;
    return { at: new Date().toISOString(), commit: commitOf(), effort: described, machine, cases };
  });

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({ options: { short: { type: 'boolean', default: false } }, allowPositionals: true });
  const unknown = positionals.filter((name) => !(name in benchCases));
  if (unknown.length > 0) throw new Error(`No case ${unknown.join(', ')}; there are ${Object.keys(benchCases).join(', ')}.`);
  const names = positionals.length > 0 ? positionals : Object.keys(benchCases);
  const report = await measure(names, values.short ? { effort: efforts.short, label: 'short' } : { effort: efforts.whole, label: 'whole' });
  const folder = join(process.cwd(), 'bench', 'results');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${report.at.replaceAll(/[:.]/g, '-')}.json`);
  writeFileSync(file, JSON.stringify(report, null, 2));
  process.stdout.write(`${markdownOf(report)}\nAll runs: ${file}\n`);
  process.exitCode = isRight(report) ? 0 : 1;
};

void main().catch((error: unknown) => {
  tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
});
