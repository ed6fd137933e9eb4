import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '@stockproof/service-host/testing';
import type { Outcome } from '../load';
import type { Sending, Sent } from './client';
import type { ProbeAnswer, ProbeQuestion, Usage } from './probe';
import type { Share } from './shares';

/** The product under load and the client that loads it, each a process of its own. */
export type Processes = {
  readonly base: string;
  readonly adminPassword: string;
  readonly usage: () => Promise<Usage>;
  /** Where the product's time goes while the work is done. */
  readonly sharesDuring: (work: () => Promise<void>) => Promise<readonly Share[]>;
  readonly send: (sending: Omit<Sending, 'base'>) => Promise<Outcome>;
  readonly stop: () => Promise<void>;
};

export const startProcesses = async (databaseUrl: string): Promise<Processes> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'stockproof-bench-'));
  const port = await freePort(2);
  const product = start('product.js', {
    DATABASE_URL: databaseUrl,
    STOCKPROOF_DATA_DIR: dataDir,
    STOCKPROOF_HOST: '127.0.0.1',
    STOCKPROOF_PORT: String(port),
    STOCKPROOF_ADMIN_PORT: String(port + 1),
  });
  await answerOf(product);
  const client = start('client.js', {});
  const base = `http://127.0.0.1:${port}`;
  const probe = (question: ProbeQuestion): Promise<ProbeAnswer> => ask<ProbeAnswer>(product, { probe: question });
  return {
    base,
    adminPassword: readFileSync(join(dataDir, 'admin-password'), 'utf8').trim(),
    usage: async () => {
      const answer = await probe('usage');
      return 'usage' in answer ? answer.usage : { cpuMs: Number.NaN, busyMs: Number.NaN };
    },
    sharesDuring: async (work) => {
      await probe('profile');
      await work();
      const answer = await probe('shares');
      return 'shares' in answer ? answer.shares : [];
    },
    send: async (sending) => {
      const sent = await ask<Sent>(client, { ...sending, base });
      if ('failure' in sent) throw new Error(sent.failure);
      return sent.outcome;
    },
    stop: async () => {
      await Promise.all([ended(client), ended(product)]);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

const start = (program: string, environment: Record<string, string>): ChildProcess =>
  fork(join(__dirname, program), { execArgv: ['--enable-source-maps'], env: { PATH: process.env['PATH'] ?? '', ...environment } });

const ask = <Answer>(child: ChildProcess, question: object): Promise<Answer> => {
  const answered = answerOf<Answer>(child);
  child.send(question);
  return answered;
};

/** What the child says next; a child that ends instead is an error. */
const answerOf = <Answer>(child: ChildProcess): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => reject(new Error(`A process of the bench ended with ${code}.`));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message as Answer);
    });
  });

const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
