import { setTimeout as delay } from 'node:timers/promises';
import { tellAgain, toldAgain, type OperatedService, type ToldAgain } from '@stockproof/operations';
import { z } from 'zod';
import { command, type Outcome } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { CommandFailed } from '../command-line/failures';
import { flag, position, service, timeout } from '../command-line/values';
import { toldRarely, withService, type Desk } from '../desk';
import { place } from '../printing/amounts';
import { table } from '../printing/table';
import { serviceNamed } from '../services';

export const replay = command({
  path: 'replay',
  summary: 'tell subscribers again what a service has published from a position on',
  description:
    'Sets the publisher of a service back: every message behind the position is published once more on its topic, under the same id, in order.\n' +
    'For a subscriber that lost what it had, or a topic that did. Without --yes it only counts what would be told.\n\n' +
    'It is told on all topics of the service, because one checkpoint moves over one log; telling one topic alone would let a newer message\n' +
    "overtake an older one. Groups that have heard a message skip it: Stockproof's own consumers keep the last position of each source and do\n" +
    'nothing twice, and others should do the same by id, or by sequence per subject. To have one group of Stockproof handle a message that it\n' +
    'could not, use parked replay.',
  arguments: [['service', 'whose messages']],
  options: [
    ['--from <position>', 'behind which position of its log; start: from the beginning'],
    ['--yes', 'do it'],
    ['--timeout <seconds>', 'how long to wait until all is told (60)'],
  ],
  examples: ['replay stock --from start', 'replay sales --from 0000000000001200 --yes'],
  values: z.object({ service, from: position, yes: flag, timeout: timeout(60) }),
  run: ({ service: name, from, yes, timeout: waitMs }, desk) =>
    withService(desk, serviceNamed(name), async (operated): Promise<Outcome> => {
      const told = await toldAgain(operated, from, desk.signal);
      if (told === null) throw new CommandFailed(`The log of ${name} has no event at position ${from}`);
      const lines = linesOf(told);
      if (!yes) return { code: exitCodes.ok, lines: [...lines, 'Nothing was done: add --yes.'], json: { ...told, done: false } };
      const isTold = await tellUntil(operated, { from, waitMs }, desk);
      return {
        code: isTold ? exitCodes.ok : exitCodes.unavailable,
        lines: [
          ...lines,
          isTold
            ? 'All was told again.'
            : 'The publisher was set back, and not all is told yet: it goes on as soon as a worker of the service runs.',
        ],
        json: { ...told, done: isTold },
      };
    }),
});

const linesOf = ({ topics, messages }: ToldAgain): readonly string[] => [
  ...table(['TOPIC', 'MESSAGES'], Object.entries(topics)),
  `${messages} messages in all.`,
];

const lookEveryMs = 250;

type Wish = { readonly from: string; readonly waitMs: number };

const tellUntil = async (operated: OperatedService, { from, waitMs }: Wish, desk: Desk): Promise<boolean> => {
  const rarely = toldRarely(desk.tell);
  const until = performance.now() + waitMs;
  const howFar = await tellAgain(operated, from);
  for (;;) {
    desk.signal.throwIfAborted();
    const { position: at, target, held } = await howFar();
    if (at >= target) return true;
    if (performance.now() > until) return false;
    rarely(() => `  told up to ${place(at)} of ${place(target)}${held ? '' : '; nobody publishes yet'}`);
    await delay(lookEveryMs);
  }
};
