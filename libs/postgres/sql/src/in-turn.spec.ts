import { setTimeout as pause } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inTurn } from './in-turn';

type Asked = { readonly name: string; readonly takesMs: number };

describe('what is prepared first and added in the order of the calls', () => {
  const recording = () => {
    const added: string[] = [];
    const call = inTurn(
      async ({ name, takesMs }: Asked) => {
        await pause(takesMs);
        if (name === 'bad') throw new Error('It cannot be prepared.');
        return { name };
      },
      async (item) => {
        added.push(item.name);
        return item;
      },
    );
    return { added, call };
  };

  it('is added in that order, though the later was ready earlier', async () => {
    const { added, call } = recording();
    const answers = await Promise.all([call({ name: 'slow', takesMs: 20 }), call({ name: 'fast', takesMs: 0 })]);
    expect([added, answers.map(({ name }) => name)]).toEqual([
      ['slow', 'fast'],
      ['slow', 'fast'],
    ]);
  });

  it('does not wait for the answer of the one before', async () => {
    const added: string[] = [];
    const call = inTurn(
      async (name: string) => name,
      (name) => {
        added.push(name);
        return new Promise<void>(() => undefined);
      },
    );
    void call('first');
    void call('second');
    await pause(5);
    expect(added).toEqual(['first', 'second']);
  });

  it('fails alone where it cannot be prepared', async () => {
    const { added, call } = recording();
    const answers = await Promise.allSettled([call({ name: 'bad', takesMs: 5 }), call({ name: 'good', takesMs: 0 })]);
    expect([added, answers.map(({ status }) => status)]).toEqual([['good'], ['rejected', 'fulfilled']]);
  });

  it('is not held by the calls that come after it', async () => {
    const { call } = recording();
    const held = await (async () => new WeakRef(await call({ name: 'first', takesMs: 0 })))();
    await call({ name: 'second', takesMs: 0 });
    await pause(0);
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    expect(held.deref()).toBeUndefined();
  });
});
