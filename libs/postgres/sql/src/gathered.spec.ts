import { gathered, upTo } from './gathered';

const counting = (repeatable: boolean) => {
  const calls: (readonly number[])[] = [];
  const gathering = gathered<number, string>({
    repeatable,
    fits: upTo(3, () => 1),
    run: async (items) => {
      calls.push(items);
      await new Promise((resolve) => setImmediate(resolve));
      if (items.includes(13)) throw new Error('13');
      return items.map(String);
    },
  });
  return { calls, ask: (...items: number[]) => Promise.allSettled(items.map(gathering.add)), idle: gathering.idle };
};
const valuesOf = (all: readonly PromiseSettledResult<string>[]) => all.map((each) => (each.status === 'fulfilled' ? each.value : 'failed'));

describe('what many ask at once', () => {
  it('goes together, as many as fit, and each gets its own answer', async () => {
    const { calls, ask } = counting(false);
    expect(valuesOf(await ask(1, 2, 3, 4, 5))).toEqual(['1', '2', '3', '4', '5']);
    expect(calls).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('fails together where a call must not be made twice', async () => {
    const { calls, ask } = counting(false);
    expect(valuesOf(await ask(1, 13, 2, 4))).toEqual(['failed', 'failed', 'failed', '4']);
    expect(calls).toHaveLength(2);
  });

  it('is asked once more one by one where it may: only the bad one fails', async () => {
    const { calls, ask } = counting(true);
    expect(valuesOf(await ask(1, 13, 2, 4))).toEqual(['1', 'failed', '2', '4']);
    expect(calls).toEqual([[1, 13, 2], [1], [13], [2], [4]]);
  });

  it('goes on after a pause', async () => {
    const { ask, idle } = counting(true);
    await ask(1);
    await idle();
    expect(valuesOf(await ask(2))).toEqual(['2']);
  });
});
