import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Seen, WatchOrders } from './watcher';

export type Watching = {
  /** What was seen last, and everything wrong so far. */
  readonly seen: () => Seen;
  readonly stop: () => Promise<void>;
};

/** Watches from a process of its own, so that looking takes nothing from what is looked at. */
export const startWatching = (orders: WatchOrders): Watching => {
  let seen: Seen = { events: 0, looks: 0, violations: [], behind: null, oldestMs: null, slowest: null };
  const child = fork(join(__dirname, 'watcher.js'), { execArgv: ['--enable-source-maps'], env: { PATH: process.env['PATH'] ?? '' } });
  child.on('message', (now: Seen) => (seen = now));
  child.send(orders);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    seen: () => seen,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
