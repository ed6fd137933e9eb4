import { once } from 'node:events';
import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { finished } from 'node:stream/promises';
import { exportEvents, type EventsExported } from '@stockproof/operations';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { CommandFailed } from '../command-line/failures';
import { accountId, position, service, text } from '../command-line/values';
import { toldRarely, withService, type Desk } from '../desk';
import { place } from '../printing/amounts';
import { serviceNamed } from '../services';

export const exportEventsCommand = command({
  path: 'export-events',
  summary: "an account's public events as JSON lines",
  description:
    'One CloudEvent a line, in the order of the log, made by the same mapping as GET /v1/<service>/accounts/{id}/events: the contracts, without\n' +
    'personal data and without what services tell only each other. To go on later, give the sourceposition of the last line as --after.\n' +
    'With --out the file appears under its name only when it is whole; a file that is there already is left alone.',
  arguments: [
    ['service', 'whose events'],
    ['accountId', 'the account'],
  ],
  options: [
    ['--after <position>', 'only what stands behind this position of the log (start)'],
    ['--out <file>', 'write to this file instead of the standard output'],
  ],
  examples: [
    'export-events stock 0199b0f0-0000-7000-8000-000000000000 > stock.jsonl',
    'export-events sales 0199b0f0-0000-7000-8000-000000000000 --after 0000000000001200 --out sales.jsonl',
  ],
  values: z.object({ service, accountId, after: position.default(''), out: text(1_000).optional() }),
  run: async ({ service: name, accountId: account, after, out }, desk) => {
    const target = out === undefined ? toStandardOutput(desk) : toFile(out);
    const rarely = toldRarely(desk.tell);
    let told = 0;
    let exported: EventsExported | null = null;
    try {
      exported = await withService(desk, serviceNamed(name), (operated) =>
        exportEvents(operated, {
          accountId: account,
          after,
          signal: desk.signal,
          take: async (events) => {
            await target.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
            told += events.length;
            rarely(() => `  ${told} events, at ${place(events.at(-1)?.sourceposition ?? '')}`);
          },
        }),
      );
    } finally {
      await target.end(exported !== null);
    }
    if (exported === null) throw new CommandFailed(`The log of ${name} has no event at position ${after}`);
    desk.tell(`${exported.events} events, up to position ${place(exported.lastPosition ?? '')}`);
    // The standard output carries the events alone.
    return { code: exitCodes.ok, lines: [], json: { service: name, accountId: account, out: out ?? null, ...exported } };
  },
});

type Target = { readonly write: (text: string) => Promise<void>; readonly end: (whole: boolean) => Promise<void> };

const toStandardOutput = ({ printed }: Desk): Target => ({ write: printed, end: async () => undefined });

const toFile = (name: string): Target => {
  if (existsSync(name)) throw new CommandFailed(`${name} is there already: move it, or choose another name`);
  const part = `${name}.part-${process.pid}`;
  const stream = createWriteStream(part, { flags: 'wx', mode: 0o600 });
  const failed = new Promise<never>((_, reject) => {
    stream.once('error', (error) => reject(new CommandFailed(`${name} cannot be written: ${error.message}`)));
  });
  failed.catch(() => undefined); // told by whoever writes next
  return {
    write: async (text) => {
      if (!stream.write(text)) await Promise.race([once(stream, 'drain'), failed]);
    },
    end: async (whole) => {
      stream.end();
      await Promise.race([finished(stream), failed]);
      if (whole) renameSync(part, name);
      else rmSync(part, { force: true });
    },
  };
};
