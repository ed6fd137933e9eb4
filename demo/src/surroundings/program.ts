import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { eventually } from '../client/eventually';

const root = join(__dirname, '..', '..', '..', '..');

/** A program of this build that the demonstration started, and stops again. */
export type Program = { readonly said: () => string; readonly stop: () => Promise<void> };

/** Starts one of `dist/apps`, waits for the line that says that it is ready, and tells what was said instead if it never comes. */
export const startProgram = async (app: string, ready: RegExp, environment: Readonly<Record<string, string>>): Promise<Program> => {
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist', 'apps', app, 'src', 'main.js')], {
    cwd: process.cwd(),
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let over = false;
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      over = true;
      resolve();
    }),
  );
  await eventually(
    `the start of ${app}`,
    async () => (over ? 'over' : said),
    (seen) => over || ready.test(seen),
    { withinMs: 120_000 },
  );
  if (over) throw new Error(`${app} ended before it was ready:\n${said}`);
  return {
    said: () => said,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
};
