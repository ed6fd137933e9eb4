import { startOfLog, type AppendOutcome } from '../event-store';
import { anEvent, appendOf, someEvents } from './events';
import { openedStore, type OpenStore } from './opened-store';

const appended = (revision: number) => ({ outcome: 'appended', revision, position: expect.any(String) });
const refused = { outcome: 'refused', reason: expect.any(String) };
const positionOf = (outcome: AppendOutcome | undefined): string => (outcome?.outcome === 'appended' ? outcome.position : '');

/** What becomes of appends. */
export const appendingSuite = (open: OpenStore): void => {
  describe('appending', () => {
    expectedRevisions(open);
    manyAtOnce(open);
    retries(open);
  });
};

const expectedRevisions = (open: OpenStore): void => {
  const store = openedStore(open);

  it('takes events at exactly the expected revision', async () => {
    expect(await store().append([appendOf('a.one-1', 0, 2)])).toEqual([appended(2)]);
    expect(await store().append([appendOf('a.one-1', 2)])).toEqual([appended(3)]);
    expect(await store().append([appendOf('a.one-1', 0)])).toEqual([{ outcome: 'conflict', actualRevision: 3 }]);
    expect(await store().append([appendOf('a.one-1', 2)])).toEqual([{ outcome: 'conflict', actualRevision: 3 }]);
    expect(await store().append([appendOf('a.one-1', 4)])).toEqual([{ outcome: 'conflict', actualRevision: 3 }]);
    expect(await store().append([appendOf('a.two-1', 1)])).toEqual([{ outcome: 'conflict', actualRevision: 0 }]);
    expect(await store().readStream('a.one-1')).toHaveLength(3);
    expect(await store().readStream('a.two-1')).toEqual([]);
  });

  it('only checks the revision when there are no events', async () => {
    await store().append([appendOf('a.one-1', 0, 2)]);
    const outcomes = await store().append([appendOf('a.one-1', 2, 0), appendOf('a.none-1', 0, 0), appendOf('a.other-1', 3, 0)]);
    expect(outcomes).toEqual([appended(2), appended(0), { outcome: 'conflict', actualRevision: 0 }]);
    expect(await store().append([appendOf('a.one-1', 1, 0)])).toEqual([{ outcome: 'conflict', actualRevision: 2 }]);
    expect((await store().readAll(startOfLog, 10)).events).toHaveLength(2);
    const [own] = await store().readStream('a.one-1', { direction: 'backward', limit: 1 });
    expect(positionOf(outcomes[0]) >= String(own?.position)).toBe(true);
  });

  it('lets one of two that expect the same revision win, whoever it is', async () => {
    const tries = Array.from({ length: 12 }, () => store().append([appendOf('a.one-1', 0)]));
    const outcomes = (await Promise.all(tries)).flat();
    expect(outcomes.filter(({ outcome }) => outcome === 'appended')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'conflict')).toHaveLength(11);
    expect(await store().readStream('a.one-1')).toHaveLength(1);
  });

  it('takes appends that follow each other on a stream in the order they were asked', async () => {
    const following = Array.from({ length: 20 }, (_, revision) => store().append([appendOf('a.one-1', revision)]));
    expect((await Promise.all(following)).flat()).toEqual(following.map((_, index) => appended(index + 1)));
  });
};

const manyAtOnce = (open: OpenStore): void => {
  const store = openedStore(open);

  it('answers each of many appends with its own outcome and writes them in the order given', async () => {
    await store().append([appendOf('a.taken-1', 0)]);
    const outcomes = await store().append([
      appendOf('a.z-1', 0, 2),
      appendOf('a.taken-1', 0),
      appendOf('a.checked-1', 0, 0),
      appendOf('a.b-1', 0, [anEvent({ data: { text: '\u0000' } })]),
      appendOf('a.a-1', 0, 1),
    ]);
    expect(outcomes).toEqual([appended(2), { outcome: 'conflict', actualRevision: 1 }, appended(0), refused, appended(1)]);
    const { events } = await store().readAll(startOfLog, 10);
    expect(events.map(({ stream }) => stream)).toEqual(['a.taken-1', 'a.z-1', 'a.z-1', 'a.a-1']);
    expect(positionOf(outcomes[0])).toBe(events[2]?.position);
    expect(positionOf(outcomes[4])).toBe(events[3]?.position);
  });

  it('takes calls of any size, in order', async () => {
    const streams = Array.from({ length: 450 }, (_, index) => `a.many-${index}`);
    const outcomes = await store().append(streams.map((stream) => appendOf(stream, 0)));
    expect(outcomes).toEqual(streams.map(() => appended(1)));
    const { events } = await store().readAll(startOfLog, 1_000);
    expect(events.map(({ stream }) => stream)).toEqual(streams);
  });

  it('takes a call without appends, and none that names a stream twice', async () => {
    expect(await store().append([])).toEqual([]);
    await expect(store().append([appendOf('a.one-1', 0), appendOf('a.one-1', 1)])).rejects.toThrow('twice');
    expect(await store().readStream('a.one-1')).toEqual([]);
  });

  it.each([
    ['a NUL', { text: 'a\u0000b' }],
    ['a NUL in a key', { 'a\u0000b': 1 }],
    ['a lone surrogate', { deep: [{ text: '\ud83d' }] }],
    ['more than 1 MiB', { text: 'x'.repeat(1_048_577) }],
  ])('refuses %s without hurting its neighbours', async (_, data) => {
    const neighbours = Array.from({ length: 6 }, (_each, index) => store().append([appendOf(`a.good-${index}`, 0)]));
    const poison = store().append([
      appendOf('a.before-1', 0),
      appendOf('a.bad-1', 0, [anEvent(), anEvent({ data })]),
      appendOf('a.after-1', 0),
    ]);
    expect(await poison).toEqual([appended(1), refused, appended(1)]);
    expect((await Promise.all(neighbours)).flat()).toEqual(neighbours.map(() => appended(1)));
    expect(await store().readStream('a.bad-1')).toEqual([]);
  });
};

const retries = (open: OpenStore): void => {
  const store = openedStore(open);

  it('answers a blind retry of the same append as the first time and writes nothing', async () => {
    await store().append([appendOf('a.one-1', 0)]);
    const append = appendOf('a.one-1', 1, 3);
    const first = await store().append([append]);
    expect(await store().append([append])).toEqual([appended(4)]);
    await store().append([appendOf('a.one-1', 4, 2)]);
    const again = await store().append([append]);
    expect(again).toEqual([appended(4)]);
    expect(positionOf(again[0]) >= positionOf(first[0])).toBe(true);
    expect(await store().readStream('a.one-1')).toHaveLength(6);
  });

  it('refuses an append of whose ids only some are stored', async () => {
    const [first, second, third] = someEvents(3);
    if (!first || !second || !third) throw new Error('three events');
    await store().append([appendOf('a.one-1', 0, [first, second])]);
    expect(await store().append([appendOf('a.one-1', 0, [first, third])])).toEqual([refused]);
    expect(await store().append([appendOf('a.one-1', 0, [first, second, third])])).toEqual([refused]);
    expect(await store().append([appendOf('a.one-1', 0, [first])])).toEqual([appended(1)]);
    expect(await store().append([appendOf('a.one-1', 0, [third])])).toEqual([{ outcome: 'conflict', actualRevision: 2 }]);
    expect((await store().readStream('a.one-1')).map(({ id }) => id)).toEqual([first.id, second.id]);
  });

  it('tells retried, conflicting and new appends of one call apart', async () => {
    const known = appendOf('a.known-1', 0, 2);
    await store().append([known, appendOf('a.moved-1', 0)]);
    const outcomes = await store().append([appendOf('a.moved-1', 0), known, appendOf('a.new-1', 0)]);
    expect(outcomes).toEqual([{ outcome: 'conflict', actualRevision: 1 }, appended(2), appended(1)]);
    expect((await store().readAll(startOfLog, 10)).events).toHaveLength(4);
  });
};
