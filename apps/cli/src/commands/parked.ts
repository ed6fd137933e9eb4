import { userInfo } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { parkedKeysOf, type OperatedService } from '@stockproof/operations';
import { z } from 'zod';
import { command, type Outcome } from '../command-line/command';
import { exitCodes } from '../command-line/exit-codes';
import { CommandFailed } from '../command-line/failures';
import { accountId, service, someServices, text, timeout } from '../command-line/values';
import { withService, withServices, type Desk } from '../desk';
import { table } from '../printing/table';
import { serviceNamed } from '../services';

const keyArguments = [
  ['service', 'whose consumers parked it'],
  ['group', 'the consumer group, as parked list shows it'],
  ['key', 'the ordering key, as parked list shows it'],
] as const;
const keyValues = { service, group: text(200), key: text(500) };
const waitOption = ['--timeout <seconds>', 'how long to wait for a worker to do it (30)'] as const;

export const parkedList = command({
  path: 'parked list',
  summary: 'keys that wait behind a message that could not be handled',
  description: 'Of one account or of all. Exit code 1: there are some.',
  arguments: [['service', 'one service, or all (all)']],
  options: [['--account <id>', 'only keys of this account']],
  examples: ['parked list', 'parked list stock --account 0199b0f0-0000-7000-8000-000000000000 --json'],
  values: z.object({ service: someServices, account: accountId.optional() }),
  run: async ({ service: definitions, account }, desk) => {
    const all = await withServices(desk, definitions, async (operated) =>
      (await parkedKeysOf(operated).list(account ?? null)).map((key) => ({ service: operated.definition.name, ...key })),
    );
    const keys = all.flat();
    return {
      code: keys.length === 0 ? exitCodes.ok : exitCodes.wrong,
      lines:
        keys.length === 0
          ? ['Nothing is parked.']
          : table(
              ['SERVICE', 'GROUP', 'KEY', 'WAITING', 'SINCE', 'ASKED FOR', 'REASON'],
              keys.map((key) => [key.service, key.group, key.orderingKey, key.events, key.parkedAt, key.request, key.reason]),
            ),
      json: { keys },
    };
  },
});

const shownAtMost = 100;

export const parkedShow = command({
  path: 'parked show',
  summary: 'one parked key: why, since when, and what waits behind it',
  description: `The first ${shownAtMost} messages are named, without their data, which may be somebody's.`,
  arguments: keyArguments,
  examples: ['parked show stock stock.allocation 0199b0f0-0000-7000-8000-000000000000/0199b0f1-0000-7000-8000-000000000000'],
  values: z.object(keyValues),
  run: ({ service: name, group, key }, desk) =>
    withService(desk, serviceNamed(name), async (operated): Promise<Outcome> => {
      const parked = parkedKeysOf(operated);
      const found = await parked.find({ group, orderingKey: key });
      if (found === null) throw unknown(key, group);
      const waiting = await parked.waiting(found, shownAtMost);
      return {
        code: exitCodes.ok,
        lines: [
          `${found.group}, key ${found.orderingKey}, account ${found.accountId ?? 'none'}`,
          `parked ${found.parkedAt}, last tried ${found.lastTriedAt ?? 'never'}, asked for: ${found.request ?? 'nothing'}`,
          `because: ${found.reason}`,
          `${found.events} messages wait:`,
          ...table(
            ['  ID', 'TYPE', 'SUBJECT', 'SEQUENCE', 'TOLD'],
            waiting.map(({ id, type, subject, sequence, time }) => [`  ${id}`, type, subject, sequence, time]),
          ),
        ],
        json: { service: name, ...found, waiting },
      };
    }),
});

export const parkedReplay = command({
  path: 'parked replay',
  summary: 'have a parked key handled again, in order',
  description:
    'A worker of the service does it, within seconds; this waits for it. Exit code 1: it is stuck again. Exit code 69: no worker took it up in\n' +
    'time; it is done by the next one.',
  arguments: keyArguments,
  options: [waitOption],
  examples: ['parked replay stock stock.allocation 0199b0f0-0000-7000-8000-000000000000/0199b0f1-0000-7000-8000-000000000000'],
  values: z.object({ ...keyValues, timeout: timeout(30) }),
  run: ({ service: name, group, key, timeout: waitMs }, desk) =>
    withService(desk, serviceNamed(name), async (operated) => {
      const asked = await parkedKeysOf(operated).replay({ group, orderingKey: key }, operator());
      if (asked === 'unknown') throw unknown(key, group);
      return whatCameOfIt(operated, { group, key, waitMs }, desk);
    }),
});

export const parkedSkip = command({
  path: 'parked skip',
  summary: 'give up the message at fault, for a reason that is kept, and go on behind it',
  description:
    'The message is kept with the reason and with who gave it up, and is never handled; the others of its key are handled in order. Exit codes as\n' +
    'for parked replay.',
  arguments: keyArguments,
  options: [['--reason <text>', 'why, 3 to 1000 characters'], waitOption],
  examples: ['parked skip stock stock.allocation 0199…/0199… --reason "The order was entered twice."'],
  values: z.object({ ...keyValues, reason: text(1_000, 3), timeout: timeout(30) }),
  run: ({ service: name, group, key, reason, timeout: waitMs }, desk) =>
    withService(desk, serviceNamed(name), async (operated) => {
      const asked = await parkedKeysOf(operated).skip({ group, orderingKey: key }, operator(), reason);
      if (asked === 'unknown') throw unknown(key, group);
      return whatCameOfIt(operated, { group, key, waitMs }, desk);
    }),
});

const unknown = (key: string, group: string): CommandFailed => new CommandFailed(`${group} has parked no key ${key}`);

/** Who asks, as it is kept: somebody at a terminal has no account here. */
const operator = (): string => {
  try {
    return `command-line:${userInfo().username}`;
  } catch {
    return 'command-line'; // in a container, the user may have no name
  }
};

const lookEveryMs = 250;

type Wait = { readonly group: string; readonly key: string; readonly waitMs: number };

const whatCameOfIt = async (operated: OperatedService, { group, key, waitMs }: Wait, desk: Desk): Promise<Outcome> => {
  const parked = parkedKeysOf(operated);
  const until = performance.now() + waitMs;
  desk.tell('  asked; waiting for a worker');
  for (;;) {
    desk.signal.throwIfAborted();
    const found = await parked.find({ group, orderingKey: key });
    if (found === null) return { code: exitCodes.ok, lines: ['Done: nothing waits behind this key any more.'], json: { outcome: 'freed' } };
    if (found.request === null)
      return {
        code: exitCodes.wrong,
        lines: [`It is stuck again, with ${found.events} messages: ${found.reason}`],
        json: { outcome: 'stuck', key: found },
      };
    if (performance.now() > until)
      return {
        code: exitCodes.unavailable,
        lines: ['No worker of the service took it up in time. The next one that runs does it.'],
        json: { outcome: 'waiting', key: found },
      };
    await delay(lookEveryMs);
  }
};
