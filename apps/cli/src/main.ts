#!/usr/bin/env node
import 'reflect-metadata';
import { once } from 'node:events';
import { commands } from './commands/commands';
import { answerTo } from './command-line/program';
import { ending } from './command-line/ending';
import { configOf, type Desk } from './desk';

const stopping = new AbortController();
const stop = (): void => {
  if (stopping.signal.aborted) process.exit(1);
  stopping.abort();
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
// Whoever reads what we print may have enough of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

const desk: Desk = {
  environment: process.env,
  config: () => configOf(process.env),
  print: (text) => void process.stdout.write(text),
  printed: async (text) => {
    if (!process.stdout.write(text)) await once(process.stdout, 'drain');
  },
  tell: (line) => void process.stderr.write(`${line}\n`),
  signal: stopping.signal,
};

void answerTo(commands, process.argv.slice(2), desk)
  .then(
    (answered) => {
      if (answered === null) return 0;
      const { outcome, json } = answered;
      if (json) desk.print(`${JSON.stringify(outcome.json, null, 2)}\n`);
      else if (outcome.lines.length > 0) desk.print(`${outcome.lines.join('\n')}\n`);
      return outcome.code;
    },
    (error: unknown) => {
      const { code, lines } = ending(error, stopping.signal);
      lines.forEach(desk.tell);
      return code;
    },
  )
  .then((code) => process.stdout.write('', () => process.exit(code)));
