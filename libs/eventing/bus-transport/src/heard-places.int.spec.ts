import { eventually } from '@stockproof/integration-bus/testing';
import { sql } from '@stockproof/sql';
import { noMetrics } from './consumer-metrics';
import { hearAgainAfterRestore } from './heard-places';
import { consumerWorld, topic, writingDown, type ConsumerWorld } from './testing/consumer-world';

describe('a group whose database was restored', () => {
  let world: ConsumerWorld;
  const again: string[] = [];
  const metrics = { ...noMetrics, heardAgain: (group: string, of: string) => void again.push(`${group} ${of}`) };
  beforeEach(async () => {
    world = await consumerWorld();
    again.length = 0;
  });
  afterEach(() => world.end());

  const run = (statement: string) => world.databases.worker.query(sql(statement));
  const own = (statement: string) => world.databases.owner.query(sql(statement));
  const heard = (effects: readonly string[]) => eventually(async () => expect(await world.effects('sales.one')).toEqual(effects));
  const started = () => world.transport({ 'sales.one': writingDown('sales.one') }, { metrics });

  it('hears again what came since its backup, once, and says so', async () => {
    const before = await started();
    await world.publish(['order-1', 1], ['order-1', 2]);
    await heard(['order-1:1', 'order-1:2']);
    await world.bus.settle();
    await own('create table kept_checkpoints as table consumer_checkpoints');
    await own('create table kept_places as table heard_places');
    await world.publish(['order-1', 3], ['order-1', 4]);
    await heard(['order-1:1', 'order-1:2', 'order-1:3', 'order-1:4']);
    await world.bus.settle();
    await before.close();

    await run("delete from effects where effect in ('order-1:3', 'order-1:4')");
    await run('truncate consumer_checkpoints, heard_places');
    await run('insert into consumer_checkpoints table kept_checkpoints');
    await run('insert into heard_places table kept_places');
    await started();
    await heard(['order-1:1', 'order-1:2', 'order-1:3', 'order-1:4']);
    expect(again).toEqual([`sales.one ${topic}`]);
  });

  it('waits for a bus that cannot say yet how far it has read, and for no other failure', async () => {
    const away = new Error('There is no leader yet');
    const said: string[] = [];
    let asked = 0;
    const around = {
      ...{ database: world.databases.worker, metrics, isTransient: (error: unknown) => error === away },
      log: { warn: (_: object, message: string) => void said.push(message), error: () => undefined },
      bus: { rewind: async () => undefined, lag: async () => ((asked += 1) < 3 ? Promise.reject(away) : []) },
    };
    await hearAgainAfterRestore(around, 'sales.one', topic);
    expect([asked, said.length]).toEqual([3, 1]);
    const lasting = { ...around, isTransient: () => false, bus: { ...around.bus, lag: () => Promise.reject(away) } };
    await expect(hearAgainAfterRestore(lasting, 'sales.one', topic)).rejects.toBe(away);
  });

  it('is no other: a restart, a message that was skipped, and a topic that begins again rewind nothing', async () => {
    const before = await started();
    await world.publish(['order-1', 1], ['order-1', 2], ['order-1', 1]);
    await heard(['order-1:1', 'order-1:2']);
    await world.bus.settle();
    await before.close();
    const after = await started();
    await world.publish(['order-1', 3]);
    await heard(['order-1:1', 'order-1:2', 'order-1:3']);
    await world.bus.settle();
    await after.close();
    await world.bus.rewind('sales.one', topic);
    await started();
    await world.bus.settle();
    await heard(['order-1:1', 'order-1:2', 'order-1:3']);
    expect(again).toEqual([]);
  });
});
