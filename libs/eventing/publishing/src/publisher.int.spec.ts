import { startOfLog } from '@stockproof/event-store';
import { inMemoryBus, type InMemoryBus, type IntegrationBus } from '@stockproof/integration-bus';
import { eventually } from '@stockproof/integration-bus/testing';
import { sql, type Database } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import type { PublisherOptions, PublisherStatus } from './publisher';
import {
  appendAfter,
  logId,
  logWith,
  orderEvent,
  publishingWorld,
  systemClock,
  topic,
  type PublishingWorld,
} from './testing/publishing-world';

describe('a publisher', () => {
  let world: PublishingWorld;
  beforeEach(async () => {
    world = await publishingWorld();
  });
  afterEach(() => world.end());
  const three = () => logWith(orderEvent('o', 1), orderEvent('o', 2), orderEvent('o', 3));
  const checkpoint = async () =>
    (await world.databases.worker.query(sql('select log_id, generation, event_id from publisher_checkpoint')))[0];

  it('tells of what the log holds and of what comes, in order, and of nothing that concerns nobody', async () => {
    const store = await logWith(orderEvent('o', 1), orderEvent('o', 2, 'NoteAdded'), orderEvent('o', 3, 'OrderSplit'));
    const publisher = world.started(store, { batchSize: 2 });
    await publisher.idle();
    await appendAfter(store, 3, orderEvent('o', 4));
    await publisher.idle();
    expect(world.told()).toEqual(['0/o:1', '0/oa:3', '0/ob:3', '0/o:4']);
    expect(world.bus.messages(topic).map(({ sequence, ordinal, source }) => ({ sequence, ordinal, source }))[2]).toEqual({
      sequence: 3,
      ordinal: 1,
      source: `stockproof/sales/${logId}`,
    });
    expect(await checkpoint()).toMatchObject({ generation: 0, event_id: derivedId('o', 4) });
  });

  it('goes on at its checkpoint after a restart', async () => {
    const store = await three();
    const first = world.started(store);
    await first.idle();
    await first.stop();
    await appendAfter(store, 3, orderEvent('o', 4));
    await world.started(store).idle();
    expect(world.told()).toEqual(['0/o:1', '0/o:2', '0/o:3', '0/o:4']);
  });

  it('publishes the same messages again after a crash between publishing and moving the checkpoint', async () => {
    let crashes = 2;
    const database: Database = {
      transaction: (work) => world.databases.worker.transaction(work),
      query: async (statement) => {
        if (statement.text.includes('set position') && crashes-- > 0) throw new Error('Connection terminated');
        return world.databases.worker.query(statement);
      },
    };
    await world.started(await three(), { database }).idle();
    const ids = world.bus.messages(topic).map(({ id }) => id);
    expect(ids).toHaveLength(9);
    expect([ids.slice(3, 6), ids.slice(6)]).toEqual([ids.slice(0, 3), ids.slice(0, 3)]);
  });

  it('does not send a later piece when an earlier one failed', async () => {
    let refusals = 2;
    const bus: IntegrationBus = {
      ...world.bus,
      publish: async (messages) => {
        if (messages[0]?.data['n'] === 1 && refusals-- > 0) throw new Error('the bus is down');
        await world.bus.publish(messages);
      },
    };
    const statuses: PublisherStatus[] = [];
    const large = (n: number) => ({ ...orderEvent('o', n), data: { order: 'o', n, text: 'x'.repeat(600_000) } });
    const store = await logWith(large(1));
    await appendAfter(store, 1, large(2));
    await world
      .started(store, { bus, onStatus: (status) => statuses.push(status), clock: { now: () => '2999-01-01T00:00:00.000Z' } })
      .idle();
    expect(world.told()).toEqual(['0/o:1', '0/o:2']);
    expect(statuses[0]).toMatchObject({ lastError: 'the bus is down' });
    expect(statuses[0]?.behindSeconds).toBeGreaterThan(0);
    expect(statuses.at(-1)).toMatchObject({ lastError: null, behindSeconds: 0 });
  });

  it('leaves publishing to one of several instances; another takes over when it stops', async () => {
    const store = await three();
    const [one, two] = [world.started(store), world.started(store)];
    const active = await eventually(() => {
      const [first, ...more] = [one, two].filter((each) => each.status().active);
      expect(more).toEqual([]);
      if (!first) throw new Error('nobody publishes yet');
      return first;
    });
    await active.idle();
    await active.stop();
    await appendAfter(store, 3, orderEvent('o', 4));
    await (active === one ? two : one).idle();
    expect(world.told()).toEqual(['0/o:1', '0/o:2', '0/o:3', '0/o:4']);
  });

  it('does not take the lease from an instance that lives', async () => {
    const store = await three();
    await world.started(store).idle();
    let asked = 0;
    const counting: Database = {
      transaction: (work) => world.databases.worker.transaction(work),
      query: (statement) => {
        if (statement.text.includes('fence = fence + 1')) asked += 1;
        return world.databases.worker.query(statement);
      },
    };
    const other = world.started(store, { database: counting });
    await eventually(() => expect(asked).toBeGreaterThan(4));
    expect(other.status().active).toBe(false);
    expect(await world.databases.worker.query(sql('select fence from publisher_checkpoint'))).toEqual([{ fence: 1 }]);
  });

  it('cannot move the checkpoint once another instance has the lease', async () => {
    const store = await three();
    const publisher = world.started(store);
    await publisher.idle();
    await world.databases.worker.query(
      sql("update publisher_checkpoint set holder = 'another', fence = fence + 1, leased_until = clock_timestamp() + interval '1 minute'"),
    );
    await appendAfter(store, 3, orderEvent('o', 4));
    await eventually(() => expect(publisher.status()).toMatchObject({ active: false }));
    expect(await checkpoint()).toMatchObject({ event_id: derivedId('o', 3) });
    // What is behind is the other's to tell from now on.
    await eventually(() => expect(publisher.status()).toMatchObject({ active: false, behindSeconds: 0, lastError: null }));
  });

  it('publishes a lost topic again from where it is set back to, as the same messages', async () => {
    const publisher = world.started(await three());
    await publisher.idle();
    const ids = world.bus.messages(topic).map(({ id }) => id);
    await publisher.setBack(startOfLog);
    await eventually(() => expect(world.bus.messages(topic).map(({ id }) => id)).toEqual([...ids, ...ids]));
    expect(new Set(world.bus.messages(topic).map(({ source }) => source)).size).toBe(1);
    await expect(publisher.setBack('9999999999999999')).rejects.toThrow('no event at position');
  });

  describe('whose topic was lost', () => {
    const empty = () => inMemoryBus({ clock: systemClock });
    const restartedOn = async (bus: IntegrationBus, more: Partial<PublisherOptions> = {}) => {
      const store = await three();
      const first = world.started(store, more);
      await first.idle();
      await first.stop();
      await appendAfter(store, 3, orderEvent('o', 4));
      const second = world.started(store, { ...more, bus });
      await second.idle();
      return { store, second };
    };
    const toldOn = (bus: InMemoryBus) => bus.messages(topic).map(({ sequence }) => sequence);

    it('tells everything again, as the same messages of the same source', async () => {
      const bus = empty();
      await restartedOn(bus);
      expect(toldOn(bus)).toEqual([1, 2, 3, 4]);
      expect(
        bus
          .messages(topic)
          .slice(0, 3)
          .map(({ id, source }) => ({ id, source })),
      ).toEqual(world.bus.messages(topic).map(({ id, source }) => ({ id, source })));
      expect(await checkpoint()).toMatchObject({ generation: 0, event_id: derivedId('o', 4) });
    });

    it('does it once: the next start goes on where the last one stood', async () => {
      const bus = empty();
      const { store, second } = await restartedOn(bus);
      await second.stop();
      await world.started(store, { bus }).idle();
      expect(toldOn(bus)).toEqual([1, 2, 3, 4]);
    });

    it('also where only the end of the topic is lost', async () => {
      const bus = empty();
      await bus.ensureTopics([topic]);
      await bus.publish(world.bus.messages(topic).slice(0, 1));
      const store = await three();
      const first = world.started(store);
      await first.idle();
      await first.stop();
      await bus.publish(world.bus.messages(topic).slice(0, 2));
      await world.started(store, { bus }).idle();
      expect(toldOn(bus)).toEqual([1, 2, 1, 2, 3]);
    });

    it('notices it in silence also where it was lost before anybody had looked at what was told', async () => {
      let now = empty();
      await now.ensureTopics([topic]);
      const bus = new Proxy({} as InMemoryBus, { get: (_, name) => now[name as keyof InMemoryBus] });
      await world.started(await three(), { bus, lookEveryMs: 300 }).idle();
      expect(toldOn(now)).toEqual([1, 2, 3]);
      now = empty();
      await now.ensureTopics([topic]);
      await eventually(() => expect(toldOn(now)).toEqual([1, 2, 3]));
    });

    it('notices it in silence, and where more was told before it was noticed, everything is told as a new source', async () => {
      let [now, before] = [empty(), empty()];
      for (const each of [now, before]) await each.ensureTopics([topic]);
      let looks = 0;
      const bus = new Proxy({} as InMemoryBus, {
        get: (_, name) => {
          if (name === 'lag') looks += 1;
          return now[name as keyof InMemoryBus];
        },
      });
      const lookedAt = async () => {
        const until = looks + 2;
        await eventually(() => expect(looks).toBeGreaterThan(until));
      };
      const lose = () => ([now, before] = [before, now]);
      const store = await three();
      await world.started(store, { bus, lookEveryMs: 20 }).idle();
      await eventually(() => expect(toldOn(now)).toEqual([1, 2, 3]));
      await lookedAt();
      lose();
      await eventually(() => expect(toldOn(now)).toEqual([1, 2, 3]));
      expect(await checkpoint()).toMatchObject({ generation: 0 });

      await lookedAt();
      now = empty();
      await now.ensureTopics([topic]);
      await appendAfter(store, 3, orderEvent('o', 4));
      await eventually(() => expect(new Set(now.messages(topic).map(({ data }) => data['n']))).toEqual(new Set([1, 2, 3, 4])));
      const again = now.messages(topic).filter(({ source }) => source.endsWith('.1'));
      // Whether it was told on before that was noticed is a matter of milliseconds; then it is a new source.
      if (again.length > 0) expect(again.map(({ sequence }) => sequence % 1_000_000_000)).toEqual([1, 2, 3, 4]);
    });

    it('but not where its retention removed what was told', async () => {
      const bus = empty();
      await restartedOn({ ...bus, holdsEverything: async () => false });
      expect(toldOn(bus)).toEqual([4]);
    });

    it('nor for a topic on which nothing was told yet', async () => {
      const topics = [topic, 'stockproof.sales.never-used.v1'];
      await restartedOn(world.bus, { topics });
      expect(world.told()).toEqual(['0/o:1', '0/o:2', '0/o:3', '0/o:4']);
    });
  });
});
