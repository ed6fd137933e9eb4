import { z } from 'zod';
import { commands } from '../commands/commands';
import type { Desk } from '../desk';
import { command, type Command } from './command';
import { UsageError } from './failures';
import { answerTo } from './program';
import { accountId, addresses, flag, position, service, text, timeout } from './values';

const printed: string[] = [];
const desk: Desk = {
  environment: {},
  config: () => {
    throw new Error('nothing may be read before the words are right');
  },
  print: (each) => void printed.push(each),
  printed: async () => undefined,
  tell: () => undefined,
  signal: new AbortController().signal,
};
beforeEach(() => void printed.splice(0));

const given = command({
  path: 'some thing',
  summary: 'shows what it was given',
  description: 'Shows what it was given.',
  arguments: [
    ['service', 'a service'],
    ['accountId', 'an account'],
  ],
  options: [
    ['--from <position>', 'a place'],
    ['--reason <text>', 'why'],
    ['--admin <address...>', 'where'],
    ['--timeout <seconds>', 'how long'],
    ['--yes', 'do it'],
  ],
  examples: ['some thing stock 0199b0f0-0000-7000-8000-000000000000'],
  values: z.object({
    ...{ service, accountId, from: position.default(''), reason: text(10, 3).optional() },
    ...{ admin: addresses, timeout: timeout(5), yes: flag },
  }),
  run: async (values) => ({ code: 0, lines: [], json: values }),
});
const account = '0199B0F0-0000-7000-8000-00000000000A';
const jsonOf = async (...words: readonly string[]): Promise<unknown> => (await answerTo([given], words, desk))?.outcome.json;
const wrongIn = async (all: readonly Command[], ...words: readonly string[]): Promise<readonly string[]> => {
  const error: unknown = await answerTo(all, words, desk).catch((reason: unknown) => reason);
  if (error instanceof UsageError) return error.wrong;
  throw error;
};

describe('the words of the command line', () => {
  it('become values, with what was left out', async () => {
    expect(await jsonOf('some', 'thing', 'stock', account)).toEqual({
      ...{ service: 'stock', accountId: account.toLowerCase(), from: '', timeout: 5_000, yes: false },
    });
    expect(await jsonOf('some', 'thing', 'stock', account, '--from', 'start', '--yes')).toMatchObject({ from: '', yes: true });
    expect(await jsonOf('some', 'thing', '--from=0012', 'stock', account, '--admin', 'http://a:1', '--admin', 'http://b:2')).toMatchObject({
      from: '0012',
      admin: ['http://a:1', 'http://b:2'],
    });
  });

  it('are not repeated where they are wrong and may be a secret', async () => {
    const wrong = await wrongIn([given], 'some', 'thing', 'stock', account, '--database-url=postgres://us:qzsecret@here/db');
    expect(wrong).toEqual(['--database-url is no option of this command']);
  });

  it('are all named where they are wrong, in one answer', async () => {
    const wrong = await wrongIn(
      [given],
      ...[
        'some',
        'thing',
        'warehouse',
        'me',
        '--from',
        '-1',
        '--reason',
        'x\u001b[2J',
        '--timeout',
        '0',
        '--admin',
        'file:///etc',
        '--nonsense',
      ],
    );
    expect(wrong.map((each) => each.split(' ')[0])).toEqual(
      expect.arrayContaining(['--nonsense', '<service>', '<accountId>', '--reason', '--timeout', '--admin']),
    );
    expect(await wrongIn([given], 'some', 'thing', 'stock', account, 'more', 'and more')).toEqual([
      '"more" is one word too many',
      '"and more" is one word too many',
    ]);
    expect(await wrongIn([given], 'some', 'thing', '--reason')).toEqual([
      '<service> is missing',
      '<accountId> is missing',
      '--reason needs a value',
    ]);
  });

  it.each([[['nonsense']], [['view', 'nonsense']], [['view']], [[]], [['--nonsense']]])('%j is no command', async (words) => {
    expect((await wrongIn(commands, ...words)).length).toBeGreaterThan(0);
  });

  it.each(commands.map((each) => [each.path, each] as const))(
    '%s explains itself, and its options are those that it reads',
    async (path, each) => {
      expect(await answerTo(commands, [...path.split(' '), '--help'], desk)).toBeNull();
      const help = printed.join('');
      for (const [flags] of each.options ?? []) expect(help).toContain(flags);
      for (const example of each.examples) expect(help).toContain(`stockproof ${example}`);
      const words = (each.options ?? []).flatMap(([flags]) => (flags.includes('<') ? [flags.split(' ')[0] ?? '', '\u0007'] : []));
      const wrong = words.length === 0 ? [] : await wrongIn(commands, ...path.split(' '), ...words);
      const named = wrong.map((sentence) => sentence.split(' ')[0]);
      for (const [flags] of each.options ?? []) if (flags.includes('<')) expect(named).toContain(flags.split(' ')[0]);
    },
  );
});
