import { accept, reject, type Command, type Decider, type Event, type Rejection } from '@stockproof/decider';
import { inMemoryEventStore, type EventStore, type StreamAppend } from '@stockproof/event-store';
import { plusMs } from '@stockproof/vocabulary';
import type { CommandContext } from './command-context';
import type { Aggregate } from './command-handling';
import { commandHandling } from './handle';
import { inMemorySnapshots } from './in-memory-snapshots';

type Put = Command<'Put', { by: number }>;
type Take = Command<'Take', { by: number }>;
type Changed = Event<'Changed', { by: number }>;
type TooFew = Rejection<'TooFew', { there: number }>;

const decider: Decider<{ there: number }, Put | Take, Changed, TooFew> = {
  initialState: () => ({ there: 0 }),
  decide: ({ type, data: { by } }, { there }) => {
    if (type === 'Put') return accept({ type: 'Changed', data: { by } });
    return by > there ? reject({ type: 'TooFew', there }) : accept({ type: 'Changed', data: { by: -by } });
  },
  evolve: (state, { data }) => {
    state.there += data.by;
    return state;
  },
};
const jar: Aggregate<{ there: number }, Put | Take, Changed, TooFew> = { category: 'test.jar', decider, schemaVersion: 1 };

let now = '2026-01-01T00:00:00.000Z';
const clock = { now: () => now };
let counter = 0;
const context = (commandId = `command-${(counter += 1)}`, more: Partial<CommandContext> = {}): CommandContext => ({
  commandId,
  correlationId: 'c',
  causationId: 'c',
  actor: 'user:1',
  organizationId: 'o',
  accountId: 'a',
  ...more,
});
const put = (by: number): Put => ({ type: 'Put', data: { by } });
const take = (by: number): Take => ({ type: 'Take', data: { by } });
const stream = 'test.jar-a-1';

/** Counts what reaches the store, and can play another process that writes in between. */
const watched = (store: EventStore) => {
  const appends: StreamAppend[] = [];
  let before: (() => Promise<void>) | null = null;
  const watching: EventStore = {
    ...store,
    append: async (all) => {
      const first = before;
      before = null;
      await first?.();
      appends.push(...all);
      return store.append(all);
    },
  };
  return { store: watching, appends, beforeNextAppend: (work: () => Promise<void>) => (before = work) };
};

const setUp = () => {
  const shared = inMemoryEventStore({ clock });
  const mine = watched(shared);
  return {
    shared,
    mine,
    jars: commandHandling({ store: mine.store, clock }).aggregate(jar),
    others: commandHandling({ store: shared, clock }).aggregate(jar),
  };
};

beforeEach(() => (now = '2026-01-01T00:00:00.000Z'));

describe('one queue per stream', () => {
  it('decides all waiting commands in turn on one state and appends once', async () => {
    const { jars, mine } = setUp();
    const answers = await Promise.all([
      jars.handle(stream, put(5), context()),
      jars.handle(stream, take(3), context()),
      jars.handle(stream, take(3), context()),
    ]);
    expect(answers.map((each) => each.outcome)).toEqual(['accepted', 'accepted', 'rejected']);
    expect(mine.appends.filter((each) => each.events.length > 0)).toHaveLength(1);
  });

  it('decides all again when another process was faster', async () => {
    const { jars, others, mine } = setUp();
    await jars.handle(stream, put(5), context());
    mine.beforeNextAppend(async () => void (await others.handle(stream, take(4), context())));
    const answers = await Promise.all([jars.handle(stream, take(3), context()), jars.handle(stream, put(1), context())]);
    expect(answers.map((each) => each.outcome)).toEqual(['rejected', 'accepted']);
    expect((await others.load(stream)).state.there).toBe(1);
  });

  it('says ConcurrentModification when it loses every race, and writes nothing', async () => {
    const { shared, others } = setUp();
    const losing: EventStore = {
      ...shared,
      append: async (all) => {
        await others.handle(stream, put(1), context());
        return shared.append(all);
      },
    };
    const unlucky = commandHandling({ store: losing, clock }).aggregate(jar);
    const answer = await unlucky.handle(stream, take(1), context('never'));
    expect(answer).toMatchObject({ outcome: 'rejected', rejection: { type: 'ConcurrentModification' } });
    expect((await shared.readStream(stream)).some((event) => event.meta.commandId === 'never')).toBe(false);
  });

  it('forgets a state whose append failed', async () => {
    const { jars, mine, others } = setUp();
    mine.beforeNextAppend(() => Promise.reject(new Error('connection lost')));
    await expect(jars.handle(stream, put(5), context())).rejects.toThrow('connection lost');
    expect((await jars.load(stream)).state.there).toBe(0);
    expect((await others.load(stream)).state.there).toBe(0);
  });
});

describe('a refusal is confirmed', () => {
  it('decides again where the state it refused on was stale', async () => {
    const { jars, others } = setUp();
    await jars.handle(stream, put(1), context());
    await others.handle(stream, put(10), context());
    expect(await jars.handle(stream, take(5), context())).toMatchObject({ outcome: 'accepted' });
  });

  it('also confirms that there is nothing to do', async () => {
    const { mine, jars } = setUp();
    await jars.handle(stream, take(1), context());
    expect(mine.appends).toEqual([{ stream, expectedRevision: 0, events: [] }]);
  });

  it('tells whether a state that somebody saw still stands', async () => {
    const { jars, others } = setUp();
    await jars.handle(stream, put(1), context());
    const { revision, lastEventId } = await jars.load(stream);
    expect(await jars.confirm([{ stream, revision, lastEventId }])).toBe(true);
    await others.handle(stream, put(1), context());
    expect(await jars.confirm([{ stream, revision, lastEventId }])).toBe(false);
    expect((await jars.load(stream)).revision).toBe(2);
  });

  it('does not take another event at the same revision for the one that was seen', async () => {
    const { jars, others, mine } = setUp();
    await jars.handle(stream, put(5), context());
    // While our own append is under way its event can be seen; then another process wins that revision, and ours is refused there.
    let seen: { revision: number; lastEventId: string | null } | undefined;
    mine.beforeNextAppend(async () => {
      const { revision, lastEventId } = await jars.load(stream);
      seen = { revision, lastEventId };
      await others.handle(stream, take(4), context());
    });
    expect(await jars.handle(stream, take(5), context())).toMatchObject({ outcome: 'rejected' });
    expect((await jars.load(stream)).revision).toBe(seen?.revision);
    expect(await jars.confirm([{ stream, ...(seen as { revision: number; lastEventId: string | null }) }])).toBe(false);
  });
});

describe('a repeated command has one effect', () => {
  it('is answered from the events of the first time', async () => {
    const { jars, shared } = setUp();
    await jars.handle(stream, put(5), context('same'));
    await jars.handle(stream, take(5), context());
    const again = await jars.handle(stream, put(5), context('same'));
    expect(again).toMatchObject({ outcome: 'accepted', repeated: true, revision: 1, events: [{ type: 'Changed', data: { by: 5 } }] });
    expect(await shared.readStream(stream)).toHaveLength(2);
  });

  it('is known to a process that has just started', async () => {
    const { jars, others, shared } = setUp();
    await jars.handle(stream, put(5), context('same'));
    expect(await others.handle(stream, put(5), context('same'))).toMatchObject({ repeated: true });
    expect(await shared.readStream(stream)).toHaveLength(1);
  });

  it('is known when both wait in the same queue', async () => {
    const { jars, shared } = setUp();
    const [first, second] = await Promise.all([jars.handle(stream, put(5), context('same')), jars.handle(stream, put(5), context('same'))]);
    expect([first, second]).toMatchObject([{ repeated: false }, { repeated: true }]);
    expect(await shared.readStream(stream)).toHaveLength(1);
  });

  it('is forgotten after 72 hours, and refused when it came by HTTP', async () => {
    const { jars } = setUp();
    await jars.handle(stream, put(5), context('same', { issuedAt: now }));
    const issuedAt = now;
    now = plusMs(now, 73 * 3_600_000);
    await jars.handle(stream, put(1), context());
    expect(await jars.handle(stream, put(5), context('same', { issuedAt }))).toMatchObject({ rejection: { type: 'CommandTooOld' } });
    expect(await jars.handle(stream, put(5), context('by message'))).toMatchObject({ outcome: 'accepted' });
  });
});

describe('an edit against an older revision', () => {
  it('is refused and says where the stream stands', async () => {
    const { jars } = setUp();
    await jars.handle(stream, put(1), context());
    await jars.handle(stream, put(1), context());
    expect(await jars.handle(stream, put(1), context(), { expectedRevision: 1 })).toMatchObject({
      rejection: { type: 'RevisionMismatch', actualRevision: 2 },
    });
  });
});

describe('what cannot be stored', () => {
  it('is refused alone', async () => {
    const store = inMemoryEventStore({ clock });
    type Note = Command<'Note', { text: string }>;
    const notes = commandHandling({ store, clock }).aggregate<null, Note, Event<'Noted', { text: string }>, never>({
      category: 'test.note',
      schemaVersion: 1,
      decider: { initialState: () => null, decide: ({ data }) => accept({ type: 'Noted', data }), evolve: (state) => state },
    });
    const note = (text: string): Note => ({ type: 'Note', data: { text } });
    const answers = await Promise.all(['a', 'b\u0000', 'c'].map((text) => notes.handle('test.note-a-1', note(text), context())));
    expect(answers.map((each) => each.outcome)).toEqual(['accepted', 'rejected', 'accepted']);
    expect(await store.readStream('test.note-a-1')).toHaveLength(2);
  });
});

describe('snapshots', () => {
  const snapshotted: typeof jar = {
    ...jar,
    snapshot: { version: 1, every: 10, toJson: ({ there }) => ({ there }), fromJson: (json) => ({ there: Number(json['there']) }) },
  };

  it('spare reading a long stream, and keep its memory of commands', async () => {
    const store = inMemoryEventStore({ clock });
    const snapshots = inMemorySnapshots();
    const first = commandHandling({ store, clock, snapshots }).aggregate(snapshotted);
    for (let i = 0; i < 25; i++) await first.handle(stream, put(1), context(`put-${i}`));
    const reads: (number | undefined)[] = [];
    const reading: EventStore = { ...store, readStreams: (all) => (reads.push(...all.map((each) => each.from)), store.readStreams(all)) };
    const second = commandHandling({ store: reading, clock, snapshots }).aggregate(snapshotted);
    expect((await second.load(stream)).state.there).toBe(25);
    expect(reads).toEqual([9]);
    expect(await second.handle(stream, put(1), context('put-3'))).toMatchObject({ repeated: true });
  });

  it('count for nothing when the log is another one', async () => {
    const snapshots = inMemorySnapshots();
    const first = commandHandling({ store: inMemoryEventStore({ clock }), clock, snapshots }).aggregate(snapshotted);
    for (let i = 0; i < 12; i++) await first.handle(stream, put(1), context());
    const restored = inMemoryEventStore({ clock });
    const writer = commandHandling({ store: restored, clock }).aggregate(jar);
    for (let i = 0; i < 15; i++) await writer.handle(stream, put(2), context());
    const second = commandHandling({ store: restored, clock, snapshots }).aggregate(snapshotted);
    expect((await second.load(stream)).state.there).toBe(30);
  });
});
