import { readFileSync } from 'node:fs';
import { erasuresOf } from '@stockproof/operations';
import { z } from 'zod';
import { command } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { CommandFailed } from '../command-line/failures';
import { service, someServices, text } from '../command-line/values';
import { withServices } from '../desk';
import { services } from '../services';

export const erasuresExport = command({
  path: 'erasures export',
  summary: 'who was forgotten, as JSON lines, to be kept apart from the backups',
  description:
    'Random ids of persons and times, nothing about anybody. A backup that is older than an erasure brings the key of that person back:\n' +
    'erasures replay with this list destroys it again.',
  arguments: [['service', 'one service, or all (all)']],
  examples: ['erasures export > erasures.jsonl'],
  values: z.object({ service: someServices }),
  run: async ({ service: definitions }, desk) => {
    const all = await withServices(desk, definitions, async (operated) =>
      (await erasuresOf(operated).list()).map((erasure) => ({ service: operated.definition.name, ...erasure })),
    );
    const erasures = all.flat();
    return { code: exitCodes.ok, lines: erasures.map((erasure) => JSON.stringify(erasure)), json: { erasures } };
  },
});

const line = z.strictObject({ service, subjectId: z.uuid(), forgottenAt: z.iso.datetime() });

export const erasuresReplay = command({
  path: 'erasures replay',
  summary: 'forget again whoever a restored backup brought back',
  description:
    'Takes what erasures export has written, after a restore and before the service is started. Repeating it changes nothing. A service that runs\n' +
    'may keep a key for up to a minute.',
  arguments: [['file', 'JSON lines as erasures export writes them']],
  examples: ['erasures replay erasures.jsonl'],
  values: z.object({ file: text(1_000) }),
  run: async ({ file }, desk) => {
    const erasures = readErasures(file);
    const touched = services.filter(({ name }) => erasures.some((each) => each.service === name));
    const forgotten = await withServices(desk, touched, async (operated) => {
      const { name } = operated.definition;
      const known = erasures.filter((each) => each.service === name);
      return { service: name, listed: known.length, broughtBack: await erasuresOf(operated).replay(known) };
    });
    return {
      code: exitCodes.ok,
      lines: forgotten.map(({ service: name, listed, broughtBack }) => `${name}: ${listed} listed, ${broughtBack} had come back`),
      json: { services: forgotten },
    };
  },
});

/** All of the file, or nothing of it: half a list would leave people behind. */
const readErasures = (file: string): readonly z.output<typeof line>[] => {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CommandFailed(`${file} cannot be read: ${(error as Error).message}`);
  }
  return content.split('\n').flatMap((said, index) => {
    if (said.trim() === '') return [];
    const read = line.safeParse(parsed(said));
    if (!read.success) throw new CommandFailed(`line ${index + 1} of ${file} is not what erasures export writes; nothing was done`);
    return [read.data];
  });
};

const parsed = (said: string): unknown => {
  try {
    return JSON.parse(said);
  } catch {
    return undefined; // refused as every other line that is none
  }
};
