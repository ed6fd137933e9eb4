import { join } from 'node:path';
import { BusTransport, busTransportMigrations } from '@stockproof/bus-transport';
import { startOfLog, type NewEvent } from '@stockproof/event-store';
import { inMemoryBus } from '@stockproof/integration-bus';
import { eventually } from '@stockproof/integration-bus/testing';
import { isTransient } from '@stockproof/postgres-connection';
import { sql } from '@stockproof/sql';
import { derivedId } from '@stockproof/vocabulary';
import { sourceOf } from './source';
import {
  appendAfter,
  logId,
  logWith,
  orderEvent,
  publishingWorld,
  silent,
  systemClock,
  topic,
  type PublishingWorld,
} from './testing/publishing-world';

const events = (...numbers: readonly number[]): readonly NewEvent[] => numbers.map((n) => orderEvent('o', n));
/** Numbers from 14 on tell another history than 4 on. */
const original = events(1, 2, 3, 4, 5);
const restored = events(1, 2, 3);
const restoredAndChanged = events(1, 2, 3, 14, 15, 16);

describe('a publisher whose log was restored', () => {
  let world: PublishingWorld;
  beforeEach(async () => {
    world = await publishingWorld(
      { name: 'bus-transport', dir: busTransportMigrations },
      { name: 'testing', dir: join(__dirname, 'testing', 'migrations') },
    );
    const before = world.started(await logWith(...original));
    await before.idle();
    await before.stop();
  });
  afterEach(() => world.end());
  const told = ['0/o:1', '0/o:2', '0/o:3', '0/o:4', '0/o:5'];
  const restoreCheckpoint = (n: number) =>
    world.databases.worker.query(
      sql('update publisher_checkpoint set generation = 0, position = $1, event_id = $2', String(n).padStart(16, '0'), derivedId('o', n)),
    );
  const generation = async () =>
    (await world.databases.worker.query<{ generation: number }>(sql('select generation from publisher_checkpoint')))[0]?.generation;

  it('tells what follows the fork as a new source, where checkpoint and log were restored together', async () => {
    await restoreCheckpoint(3);
    await world.started(await logWith(...restoredAndChanged)).idle();
    expect(world.told()).toEqual([...told, '1/o:14', '1/o:15', '1/o:16']);
    expect(await generation()).toBe(1);
  });

  it('notices it also before anything new is written', async () => {
    await restoreCheckpoint(3);
    const store = await logWith(...restored);
    const publisher = world.started(store);
    await publisher.idle();
    expect(await generation()).toBe(1);
    await appendAfter(store, 3, ...events(14));
    await publisher.idle();
    expect(world.told()).toEqual([...told, '1/o:14']);
  });

  it('notices it by its checkpoint, where only the log was restored: nothing is lost', async () => {
    await world.started(await logWith(...restoredAndChanged)).idle();
    expect(world.told().slice(5)).toEqual(expect.arrayContaining(['1/o:14', '1/o:15', '1/o:16']));
  });

  it('notices it by its checkpoint, where the topics were lost as well: consumers still know the old source', async () => {
    const empty = inMemoryBus({ clock: systemClock });
    await world.started(await logWith(...restoredAndChanged), { bus: empty }).idle();
    expect(new Set(empty.messages(topic).map(({ source }) => source))).toEqual(new Set([sourceOf('sales', logId, 1)]));
    expect(empty.messages(topic)).toHaveLength(6);
  });

  it('keeps its new source after the next start', async () => {
    await restoreCheckpoint(3);
    const store = await logWith(...restoredAndChanged);
    const publisher = world.started(store);
    await publisher.idle();
    await publisher.stop();
    await appendAfter(store, 6, ...events(17));
    await world.started(store).idle();
    expect(world.told().slice(5)).toEqual(['1/o:14', '1/o:15', '1/o:16', '1/o:17']);
  });

  it('takes a source that nobody has seen when it is restored a second time, to before the first', async () => {
    await restoreCheckpoint(3);
    const publisher = world.started(await logWith(...restoredAndChanged));
    await publisher.idle();
    await publisher.stop();
    await restoreCheckpoint(2);
    await world.started(await logWith(...events(1, 2, 23))).idle();
    expect(world.told().at(-1)).toBe('2/o:23');
    expect(await generation()).toBe(2);
  });

  it('is heard by consumers, who have seen higher positions of the old source; what is told twice has one effect', async () => {
    const changes: string[] = [];
    const transport = new BusTransport({
      bus: world.bus,
      database: world.databases.worker,
      isTransient,
      log: silent,
      metrics: {
        handled: () => undefined,
        retried: () => undefined,
        parked: () => undefined,
        sourceChanged: (_, __, ___, now) => changes.push(now),
        heardAgain: () => undefined,
      },
    });
    const insert = async (batch: { readonly messages: readonly { readonly subject: string; readonly data: object }[] }) =>
      batch.messages.map(({ subject, data }) =>
        sql('insert into effects (effect) values ($1)', `${subject}:${String((data as { n: number }).n)}`),
      );
    transport.addHandler(topic, insert, true, { group: 'stock.orders' });
    await new Promise<void>((resolve) => transport.listen(() => resolve()));
    const effects = async () =>
      (await world.databases.worker.query<{ effect: string }>(sql('select effect from effects order by no'))).map(({ effect }) => effect);
    const all = ['o:1', 'o:2', 'o:3', 'o:4', 'o:5'];
    await eventually(async () => expect(await effects()).toEqual(all));

    const again = world.started(await logWith(...original));
    await again.idle();
    await again.setBack(startOfLog);
    await eventually(() => expect(world.told()).toEqual([...told, ...told]));
    await again.stop();
    await world.bus.settle();
    expect(await effects()).toEqual(all);

    await restoreCheckpoint(3);
    await world.started(await logWith(...restoredAndChanged)).idle();
    await eventually(async () => expect(await effects()).toEqual([...all, 'o:14', 'o:15', 'o:16']));
    expect(changes).toEqual([expect.stringMatching(/\.1$/)]);
    await transport.close();
  });
});
