import { someAtATime, unansweredOf } from './some-at-a-time';

describe('asking for many things', () => {
  it('asks once more, in the same turn, for answers that were lost, and names what stayed out', async () => {
    const asked: string[] = [];
    const reasons = await unansweredOf(2, ['told', 'lost', 'gone'], async (thing) => {
      asked.push(thing);
      if (thing === 'gone') return 'nobody answers';
      return thing === 'lost' && asked.filter((each) => each === 'lost').length === 1 ? 'the answer was lost' : null;
    });
    expect(reasons).toEqual(['nobody answers']);
    expect(asked.toSorted()).toEqual(['gone', 'gone', 'lost', 'lost', 'told']);
  });

  it('never does more at once than it may, and lets one that fails stop none', async () => {
    let [running, most] = [0, 0];
    const done: number[] = [];
    const work = async (thing: number): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      if (thing === 2) throw new Error('broken');
      done.push(thing);
    };
    await expect(someAtATime(2, [1, 2, 3, 4, 5], work)).rejects.toThrow('broken');
    expect([most, done]).toEqual([2, [1, 3, 4, 5]]);
  });
});
