import { startOfLog, type RecordedEvent } from '../event-store';
import { aMeta, anEvent, appendOf, someEvents } from './events';
import { openedStore, type OpenStore } from './opened-store';

const revisions = (events: readonly RecordedEvent[] = []) => events.map(({ revision }) => revision);
const ids = (events: readonly { readonly id: string }[]) => events.map(({ id }) => id);
const absent = '00000000-0000-4000-8000-000000000000';

/** What readers are given. */
export const readingSuite = (open: OpenStore): void => {
  describe('reading', () => {
    streams(open);
    theLog(open);
    contents(open);
  });
};

const streams = (open: OpenStore): void => {
  const store = openedStore(open);

  it('reads a stream forward and backward, from a revision, up to a limit', async () => {
    await store().append([appendOf('a.other-1', 0, 2)]);
    await store().append([appendOf('a.one-1', 0, 5)]);
    const read = async (options?: Parameters<ReturnType<typeof store>['readStream']>[1]) =>
      revisions(await store().readStream('a.one-1', options));
    expect(await read()).toEqual([1, 2, 3, 4, 5]);
    expect(await read({ from: 3 })).toEqual([4, 5]);
    expect(await read({ from: 5 })).toEqual([]);
    expect(await read({ from: 9 })).toEqual([]);
    expect(await read({ limit: 2 })).toEqual([1, 2]);
    expect(await read({ from: 1, limit: 2 })).toEqual([2, 3]);
    expect(await read({ direction: 'backward' })).toEqual([5, 4, 3, 2, 1]);
    expect(await read({ direction: 'backward', limit: 1 })).toEqual([5]);
    expect(await read({ direction: 'backward', from: 3 })).toEqual([3, 2, 1]);
    expect(await read({ direction: 'backward', from: 3, limit: 2 })).toEqual([3, 2]);
    expect(await read({ direction: 'backward', from: 0 })).toEqual([]);
    expect(await store().readStream('a.none-1')).toEqual([]);
    expect(await store().readStream('a.none-1', { direction: 'backward' })).toEqual([]);
  });

  it('reads many streams at once, each whole after its revision, in the order asked', async () => {
    await store().append([appendOf('a.b-1', 0, 3), appendOf('a.a-1', 0, 2), appendOf('a.c-1', 0, 1)]);
    const read = await store().readStreams([
      { stream: 'a.c-1' },
      { stream: 'a.none-1' },
      { stream: 'a.a-1', from: 1 },
      { stream: 'a.b-1', from: 0 },
      { stream: 'a.a-1', from: 2 },
    ]);
    expect(read.map((events) => events.map(({ stream, revision }) => `${stream}@${revision}`))).toEqual([
      ['a.c-1@1'],
      [],
      ['a.a-1@2'],
      ['a.b-1@1', 'a.b-1@2', 'a.b-1@3'],
      [],
    ]);
    expect(await store().readStreams([])).toEqual([]);
  });

  it('reads a stream of thousands of events whole', async () => {
    await store().append([appendOf('a.long-1', 0, 1_500)]);
    await store().append([appendOf('a.long-1', 1_500, 1_500)]);
    expect(await store().readStream('a.long-1')).toHaveLength(3_000);
    expect((await store().readStreams([{ stream: 'a.long-1' }]))[0]).toHaveLength(3_000);
  });
};

const theLog = (open: OpenStore): void => {
  const store = openedStore(open);

  it('reads all in log order, page after page, each event once', async () => {
    const [first, second, third] = [someEvents(2), someEvents(1), someEvents(2)];
    await store().append([appendOf('a.one-1', 0, first)]);
    await store().append([appendOf('b.two-1', 0, second)]);
    await store().append([appendOf('a.one-1', 2, third)]);
    const read: RecordedEvent[] = [];
    for (let position = startOfLog; ;) {
      const { events, scannedTo } = await store().readAll(position, 2);
      if (events.length === 0) break;
      expect(events.length).toBeLessThanOrEqual(2);
      expect(scannedTo >= String(events.at(-1)?.position)).toBe(true);
      read.push(...events);
      position = scannedTo;
    }
    expect(ids(read)).toEqual(ids([...first, ...second, ...third]));
    const positions = read.map(({ position }) => position);
    expect([...new Set(positions)].sort()).toEqual(positions);
    expect(positions.every((position) => position > startOfLog)).toBe(true);
    const rest = await store().readAll(String(positions[1]), 100);
    expect(ids(rest.events)).toEqual(ids([...second, ...third]));
  });

  it('knows its head, the event at a position, and its own id', async () => {
    expect(await store().head()).toEqual({ position: startOfLog, eventId: null });
    expect(await store().readAll(startOfLog, 10)).toEqual({ events: [], scannedTo: startOfLog });
    expect(await store().eventAt(startOfLog)).toBeNull();
    await store().append([appendOf('a.one-1', 0, 2)]);
    const { events } = await store().readAll(startOfLog, 10);
    const last = events.at(-1);
    expect(await store().head()).toEqual({ position: last?.position, eventId: last?.id });
    expect(await store().eventAt(String(events[0]?.position))).toEqual(events[0]);
    expect(await store().eventAt(`${last?.position}9`)).toBeNull();
    const id = await store().logId();
    expect(id).toMatch(/./);
    expect(await store().logId()).toBe(id);
  });

  it('records times that never run backwards in log order', async () => {
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      for (let revision = 0; revision < 20; revision++) await store().append([appendOf(`a.writer-${writer}`, revision)]);
    });
    await Promise.all(writers);
    const { events } = await store().readAll(startOfLog, 1_000);
    const times = events.map(({ recordedAt }) => recordedAt);
    expect(times).toHaveLength(160);
    expect([...times].sort()).toEqual(times);
    expect(times.every((time) => time === new Date(time).toISOString())).toBe(true);
  });
};

const contents = (open: OpenStore): void => {
  const store = openedStore(open);

  it('gives back what it was given', async () => {
    const deep = Array.from({ length: 200 }).reduce<object>((inner, _, depth) => ({ depth, inner: [inner] }), { bottom: true });
    const given = [
      anEvent({ id: absent, type: 'ÄnderungErfaßt' }),
      anEvent({ data: {}, meta: aMeta({ accountId: null, traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' }) }),
      anEvent({ data: { text: 'größe 尺寸 😀 "quoted" \\back\\ {brace} \n\t\u0001 \u2028', 'key "ö"': 'NULL', empty: '' } }),
      anEvent({ data: { numbers: [0, -1, 0.1, 1e21, 9_007_199_254_740_991, 5e-324], flags: [true, false, null], nothing: [] } }),
      anEvent({ data: JSON.parse(JSON.stringify(deep)) }),
      anEvent({ data: { large: 'ü'.repeat(200_000) }, meta: aMeta({ effectiveAt: '2020-02-29T23:59:59.999Z', schemaVersion: 7 }) }),
    ];
    await store().append([appendOf('ü.größe-1', 0, given)]);
    const stored = await store().readStream('ü.größe-1');
    expect(stored).toEqual(
      given.map((event, index) => ({
        ...event,
        stream: 'ü.größe-1',
        revision: index + 1,
        position: expect.any(String),
        recordedAt: expect.any(String),
      })),
    );
    expect((await store().readAll(startOfLog, 100)).events).toEqual(stored);
    expect((await store().readStreams([{ stream: 'ü.größe-1' }]))[0]).toEqual(stored);
  });

  it('hands each reader a copy of its own', async () => {
    await store().append([appendOf('a.one-1', 0, [anEvent({ data: { list: [1] } })])]);
    const [mine] = await store().readStream('a.one-1');
    (mine?.data as { list: number[] }).list.push(2);
    expect((await store().readStream('a.one-1'))[0]?.data).toEqual({ list: [1] });
  });
};
