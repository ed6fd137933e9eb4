import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Orders, Progress } from './client';

export type RunningClient = { readonly child: ChildProcess; readonly file: string; readonly ended: Promise<void> };

/** A client as a process of its own. */
export const startClient = (orders: Orders, onSteps: (steps: number) => void): RunningClient => {
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
