import type { AppendOutcome, EncodedAppend } from '@stockproof/event-store';
import { appendQueue, batchLimits, nextBatch, portions } from './append-queue';

const append = (stream: string, bytes = 100): EncodedAppend => ({ stream, expectedRevision: 0, events: [], bytes });
const unit = (...streams: string[]) => ({ appends: streams.map((stream) => append(stream)), bytes: 100 * streams.length });
const many = (count: number, bytes = 100) => Array.from({ length: count }, (_, index) => append(`s${index}`, bytes));
const namesOf = (units: readonly { readonly appends: readonly EncodedAppend[] }[]) =>
  units.map(({ appends }) => appends.map(({ stream }) => stream).join('+'));

describe('which appends go out together', () => {
  const picked = (waiting: ReturnType<typeof unit>[], ...underWay: string[]) => {
    const { taken, left } = nextBatch(waiting, new Set(underWay));
    return [namesOf(taken), namesOf(left)];
  };

  it('takes all that fit, in their order', () => expect(picked([unit('a'), unit('b', 'c')])).toEqual([['a', 'b+c'], []]));
  it('never takes a stream twice', () => expect(picked([unit('a'), unit('a'), unit('b')])).toEqual([['a', 'b'], ['a']]));
  it('never takes a stream that is under way', () => expect(picked([unit('a'), unit('b')], 'a')).toEqual([['b'], ['a']]));
  it('keeps what comes later for a waiting stream behind it', () =>
    expect(picked([unit('a', 'b'), unit('b'), unit('c')], 'a')).toEqual([['c'], ['a+b', 'b']]));
  it('stops at the number of appends', () => {
    const { taken, left } = nextBatch(
      many(batchLimits.appends + 5).map((each) => ({ appends: [each], bytes: 1 })),
      new Set(),
    );
    expect([taken.length, left.length]).toEqual([batchLimits.appends, 5]);
  });
  it('stops at the number of bytes, but takes one that is larger alone', () => {
    const large = { appends: [append('large')], bytes: batchLimits.bytes + 1 };
    expect(namesOf(nextBatch([large, unit('a')], new Set()).taken)).toEqual(['large']);
    expect(namesOf(nextBatch([unit('a'), large, unit('b')], new Set()).taken)).toEqual(['a']);
  });
});

describe('the portions of a large call', () => {
  it('stay within the limits and keep the order', () => {
    const call = many(450);
    expect(portions(call).map((each) => each.length)).toEqual([200, 200, 50]);
    expect(portions(call).flat()).toEqual(call);
    expect(portions(many(5, batchLimits.bytes / 2)).map((each) => each.length)).toEqual([2, 2, 1]);
    expect(portions([])).toEqual([]);
  });
});

describe('the queue of appends', () => {
  const outcome = (revision: number): AppendOutcome => ({ outcome: 'appended', revision, position: '' });
  type Batch = {
    readonly streams: string;
    readonly answer: (outcomes: readonly AppendOutcome[]) => void;
    readonly fail: (error: Error) => void;
  };
  const recording = (lanes: number) => {
    const batches: Batch[] = [];
    const write = (appends: readonly EncodedAppend[]) =>
      new Promise<readonly AppendOutcome[]>((answer, fail) =>
        batches.push({ streams: appends.map(({ stream }) => stream).join(), answer, fail }),
      );
    return { queue: appendQueue(write, lanes), batches };
  };
  const aMoment = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

  it('gathers what is asked in the same moment, and what comes while a batch is under way', async () => {
    const { queue, batches } = recording(1);
    const first = [queue.enter([append('a')]), queue.enter([append('b'), append('c')])];
    await aMoment();
    const second = [queue.enter([append('d')]), queue.enter([append('a')])];
    await aMoment();
    expect(batches.map(({ streams }) => streams)).toEqual(['a,b,c']);
    batches[0]?.answer([outcome(1), outcome(2), outcome(3)]);
    expect(await Promise.all(first)).toEqual([[outcome(1)], [outcome(2), outcome(3)]]);
    await aMoment();
    expect(batches.map(({ streams }) => streams)).toEqual(['a,b,c', 'd,a']);
    batches[1]?.answer([outcome(4), outcome(5)]);
    expect(await Promise.all(second)).toEqual([[outcome(4)], [outcome(5)]]);
  });

  it('uses a second lane only for streams that are not under way', async () => {
    const { queue, batches } = recording(2);
    void queue.enter([append('a')]);
    await aMoment();
    void queue.enter([append('a')]);
    void queue.enter([append('b')]);
    await aMoment();
    expect(batches.map(({ streams }) => streams)).toEqual(['a', 'b']);
    batches[0]?.answer([outcome(1)]);
    await aMoment();
    expect(batches.map(({ streams }) => streams)).toEqual(['a', 'b', 'a']);
  });

  it('tells all callers of a batch that failed, and goes on', async () => {
    const { queue, batches } = recording(1);
    const failed = [queue.enter([append('a')]), queue.enter([append('b')])];
    await aMoment();
    batches[0]?.fail(new Error('disk full'));
    expect((await Promise.allSettled(failed)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    void queue.enter([append('a')]);
    await aMoment();
    expect(batches).toHaveLength(2);
  });

  it('is drained once nothing waits or is under way', async () => {
    const { queue, batches } = recording(1);
    await queue.drained();
    const answered = queue.enter([append('a')]);
    let drained = false;
    const waiting = queue.drained().then(() => (drained = true));
    await aMoment();
    expect(drained).toBe(false);
    batches[0]?.answer([outcome(1)]);
    await Promise.all([answered, waiting]);
    expect(drained).toBe(true);
  });
});
