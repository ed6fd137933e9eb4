import { eventually, someMessage } from '@stockproof/integration-bus/testing';
import { sql } from '@stockproof/sql';
import { PoisonMessage, TryAgain } from './consumer';
import { noMetrics } from './consumer-metrics';
import { consumerWorld, effectOf, losing, topic, writingDown, type ConsumerWorld } from './testing/consumer-world';

describe('a consumer group', () => {
  let world: ConsumerWorld;
  beforeEach(async () => {
    world = await consumerWorld();
  });
  afterEach(() => world.end());
  const heard = (group: string, effects: readonly string[]) => eventually(async () => expect(await world.effects(group)).toEqual(effects));

  it('commits what its handler answers, once, in order', async () => {
    await world.transport({ 'sales.one': writingDown('sales.one') });
    await world.publish(['order-1', 1], ['order-2', 2], ['order-1', 3]);
    await heard('sales.one', ['order-1:1', 'order-2:2', 'order-1:3']);
  });

  it('goes on while another group of the same contract fails', async () => {
    const seen: string[] = [];
    const failing = await world.transport({
      'sales.failing': async ({ messages }) => {
        seen.push(...messages.map(({ id }) => id));
        throw new TryAgain('its world is not ready');
      },
      'sales.other': writingDown('sales.other'),
    });
    await world.publish(['order-1', 1], ['order-2', 2]);
    await heard('sales.other', ['order-1:1', 'order-2:2']);
    await eventually(() => expect(seen.length).toBeGreaterThan(4));
    expect(failing.consumers()).toContainEqual({ group: 'sales.failing', topic, lastError: 'its world is not ready' });
    expect(await world.parked()).toEqual([]);
  });

  it('skips by its checkpoint what it has dealt with, when it is delivered again', async () => {
    await world.transport({ 'sales.one': writingDown('sales.one') });
    await world.publish(['order-1', 1], ['order-2', 2]);
    await heard('sales.one', ['order-1:1', 'order-2:2']);
    for (const partition of [0, 1]) world.bus.redeliver('sales.one', topic, partition);
    await world.publish(['order-1', 1], ['order-2', 2], ['order-1', 3]);
    await heard('sales.one', ['order-1:1', 'order-2:2', 'order-1:3']);
    await world.bus.settle();
    await heard('sales.one', ['order-1:1', 'order-2:2', 'order-1:3']);
  });

  it('is told the same again after a crash between append and commit, and has one effect', async () => {
    const appended = new Map<string, number>();
    let told = 0;
    const handler = writingDown('sales.one', ({ id }) => {
      told += 1;
      appended.set(id, 1); // a stream knows its commands: a repeated append has no second effect
    });
    await world.transport({ 'sales.one': handler }, { database: losing(world.databases.worker, 3) });
    await world.publish(['order-1', 1], ['order-1', 2]);
    await heard('sales.one', ['order-1:1', 'order-1:2']);
    expect(told).toBeGreaterThanOrEqual(6);
    expect([...appended.values()]).toEqual([1, 1]);
    await world.bus.settle();
    await heard('sales.one', ['order-1:1', 'order-1:2']);
  });

  it('commits neither rows nor checkpoint where another instance was faster', async () => {
    let interfere = true;
    await world.transport({
      'sales.one': async ({ messages, partition }) => {
        if (interfere) {
          interfere = false;
          await world.databases.worker.query(
            sql(
              "insert into consumer_checkpoints (consumer_group, topic, partition, source, source_position, ordinal, message_id) values ('sales.one', $1, $2, $3, $4, 0, 'x')",
              topic,
              partition,
              messages[0]?.source,
              messages[0]?.sourcePosition,
            ),
          );
        }
        return messages.map((message) => effectOf('sales.one', message));
      },
    });
    await world.publish(['order-1', 1], ['order-2', 2]);
    await heard('sales.one', ['order-2:2']);
  });

  it('finishes nothing once its partition was given away', async () => {
    let handled = 0;
    await world.transport({
      'sales.one': async ({ messages, partition, context }) => {
        handled += 1;
        if (handled === 1) {
          world.bus.takeAway('sales.one', topic, partition);
          expect(context.owns()).toBe(false);
          return [
            ...messages.map((message) => effectOf('sales.one', message)),
            sql("insert into effects (consumer_group, effect) values ('sales.one', 'by the old owner')"),
          ];
        }
        return messages.map((message) => effectOf('sales.one', message));
      },
    });
    await world.publish(['order-1', 1]);
    await heard('sales.one', ['order-1:1']);
  });

  it('begins a new checkpoint for the new source of a restored log, and reports it', async () => {
    const changes: string[][] = [];
    await world.transport(
      { 'sales.one': writingDown('sales.one') },
      { metrics: { ...noMetrics, sourceChanged: (...change) => changes.push([...change]) } },
    );
    await world.publish(['order-1', 1], ['order-1', 2]);
    await heard('sales.one', ['order-1:1', 'order-1:2']);
    const [before, now] = ['stockproof/testing/log-1', 'stockproof/testing/log-1.1'];
    await world.bus.publish([
      someMessage(topic, 'order-1', 2, { id: 'another history', source: now, partitionKey: 'account-1' }),
      someMessage(topic, 'order-1', 3, { source: now, partitionKey: 'account-1' }),
    ]);
    await heard('sales.one', ['order-1:1', 'order-1:2', 'order-1:2', 'order-1:3']);
    expect(changes).toEqual([['sales.one', topic, before, now]]);
  });

  it('waits for the world as long as it takes, and parks nothing', async () => {
    let tries = 0;
    await world.transport({
      'sales.one': async ({ messages }) => {
        tries += 1;
        if (tries < 12) throw tries % 2 === 0 ? new TryAgain('a race lost') : Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
        return messages.map((message) => effectOf('sales.one', message));
      },
    });
    await world.publish(['order-1', 1]);
    await heard('sales.one', ['order-1:1']);
    expect(await world.parked()).toEqual([]);
  });

  it('takes an unexplained failure for a passing one before it parks', async () => {
    let tries = 0;
    const attempts = 2;
    await world.transport({
      'sales.one': writingDown('sales.one', () => {
        tries += 1;
        if (tries < attempts) throw new Error('unexplained');
      }),
    });
    await world.publish(['order-1', 1]);
    await heard('sales.one', ['order-1:1']);
    expect(await world.parked()).toEqual([]);
  });

  it('stops without waiting for the world', async () => {
    let tries = 0;
    const transport = await world.transport(
      {
        'sales.one': async () => {
          tries += 1;
          throw new TryAgain('never ready');
        },
      },
      { limits: { firstWaitMs: 50_000, longestWaitMs: 50_000 } },
    );
    await world.publish(['order-1', 1]);
    await eventually(() => expect(tries).toBe(1));
    await transport.close();
    expect(await world.effects('sales.one')).toEqual([]);
  });

  it('names the message at fault instead of the batch', async () => {
    let calls = 0;
    await world.transport({
      'sales.one': async ({ messages }) => {
        calls += 1;
        const poison = messages.find(({ sequence }) => sequence === 2);
        if (poison) throw new PoisonMessage(poison, 'impossible');
        return messages.map((message) => effectOf('sales.one', message));
      },
    });
    await world.publish(['order-1', 1], ['order-2', 2], ['order-3', 3]);
    await heard('sales.one', ['order-1:1', 'order-3:3']);
    expect(calls).toBe(2);
  });
});
