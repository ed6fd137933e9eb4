import { z } from 'zod';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { eventually } from '@stockproof/integration-bus/testing';
import { sql } from '@stockproof/sql';
import { TryAgain } from './consumer';
import { parkedKeys } from './parked-keys';
import { accountsWithParked, parkedStandings } from './parked-standing';
import { consumerWorld, effectOf, keyOf, writingDown, type ConsumerWorld } from './testing/consumer-world';

const group = 'sales.one';

describe('parking', () => {
  let world: ConsumerWorld;
  let broken: Set<string>;
  const refuseBroken = ({ subject, sequence }: DeliveredMessage) => {
    if (broken.has(`${subject}:${sequence}`)) throw new Error(`cannot handle ${subject}:${sequence}`);
  };
  const heard = (effects: readonly string[]) => eventually(async () => expect(await world.effects(group)).toEqual(effects));
  const parked = (events: readonly string[]) => eventually(async () => expect(await world.parked()).toEqual(events));
  const operator = () => parkedKeys({ database: world.databases.writer });
  const key = { accountId: 'account-1', group, orderingKey: keyOf('order-1') };

  beforeEach(async () => {
    world = await consumerWorld();
    broken = new Set(['order-1:2']);
  });
  afterEach(() => world.end());

  it('holds back one order and all its later events, in order; everything else flows', async () => {
    await world.transport({ [group]: writingDown(group, refuseBroken) });
    await world.publish(['order-1', 1], ['order-1', 2], ['order-2', 3], ['order-1', 4]);
    await heard(['order-1:1', 'order-2:3']);
    await parked(['order-1:2', 'order-1:4']);
    await world.publish(['order-1', 5], ['order-2', 6]);
    await heard(['order-1:1', 'order-2:3', 'order-2:6']);
    await parked(['order-1:2', 'order-1:4', 'order-1:5']);
  });

  it('parks at once what has the wrong shape', async () => {
    let tries = 0;
    await world.transport({
      [group]: writingDown(group, ({ subject, data }) => {
        if (subject !== 'order-1') return;
        tries += 1;
        z.object({ n: z.string() }).parse(data);
      }),
    });
    await world.publish(['order-1', 1]);
    await parked(['order-1:1']);
    expect(tries).toBe(1);
  });

  it('says of each group how many keys and events wait', async () => {
    expect(await parkedStandings(world.databases.worker)).toEqual([]);
    await world.transport({ [group]: writingDown(group, refuseBroken) });
    await world.publish(['order-1', 2], ['order-1', 3]);
    await parked(['order-1:2', 'order-1:3']);
    const standings = await parkedStandings(world.databases.worker);
    expect(standings).toEqual([{ group, keys: 1, events: 2, oldestSeconds: expect.any(Number) }]);
    expect(await accountsWithParked(world.databases.writer, [group, 'sales.two'])).toEqual(new Set(['account-1']));
    expect(await accountsWithParked(world.databases.writer, ['sales.two'])).toEqual(new Set());
  });

  it('shows the account what waits, and why', async () => {
    await world.transport({ [group]: writingDown(group, refuseBroken) });
    await world.publish(['order-1', 2], ['order-1', 3]);
    await parked(['order-1:2', 'order-1:3']);
    expect(await operator().list('account-1')).toEqual([
      expect.objectContaining({
        group,
        orderingKey: keyOf('order-1'),
        accountId: 'account-1',
        events: 2,
        reason: 'cannot handle order-1:2',
        request: null,
        first: expect.objectContaining({ sequence: 2, subject: 'order-1' }),
      }),
    ]);
    expect(await operator().list('account-2')).toEqual([]);
    expect(await operator().replay({ ...key, accountId: 'account-2' }, 'user:u')).toBe(false);
  });

  it('replays what waits in order, though all of it lies below the checkpoint, and then lets the key flow again', async () => {
    await world.transport({ [group]: writingDown(group, refuseBroken) });
    await world.publish(['order-1', 1], ['order-1', 2], ['order-1', 3], ['order-2', 4], ['order-1', 5]);
    await heard(['order-1:1', 'order-2:4']);
    await parked(['order-1:2', 'order-1:3', 'order-1:5']);
    broken.clear();
    expect(await operator().replay(key, 'user:u')).toBe(true);
    await heard(['order-1:1', 'order-2:4', 'order-1:2', 'order-1:3', 'order-1:5']);
    await eventually(async () => expect(await operator().list('account-1')).toEqual([]));
    await world.publish(['order-1', 6]);
    await heard(['order-1:1', 'order-2:4', 'order-1:2', 'order-1:3', 'order-1:5', 'order-1:6']);
    expect(await world.parked()).toEqual([]);
  });

  it('stays parked when the replay fails again, and remembers how far it came', async () => {
    broken = new Set(['order-1:1', 'order-1:3']);
    await world.transport({ [group]: writingDown(group, refuseBroken) });
    await world.publish(['order-1', 1], ['order-1', 2], ['order-1', 3], ['order-1', 4]);
    await parked(['order-1:1', 'order-1:2', 'order-1:3', 'order-1:4']);
    broken.delete('order-1:1');
    await operator().replay(key, 'user:u');
    await parked(['order-1:3', 'order-1:4']);
    await eventually(async () =>
      expect(await operator().list('account-1')).toEqual([
        expect.objectContaining({ reason: 'cannot handle order-1:3', request: null, lastTriedAt: expect.any(String) }),
      ]),
    );
    expect(await world.effects(group)).toEqual(['order-1:1', 'order-1:2']);
  });

  it('skips the message at fault for a reason that is kept, and handles the others', async () => {
    await world.transport({ [group]: writingDown(group, refuseBroken) });
    await world.publish(['order-1', 2], ['order-1', 3]);
    await parked(['order-1:2', 'order-1:3']);
    expect(await operator().skip(key, 'user:u', 'the order was entered twice')).toBe(true);
    await heard(['order-1:3']);
    await eventually(async () => expect(await operator().list('account-1')).toEqual([]));
    const skipped = await world.databases.worker.query(
      sql("select message ->> 'sequence' as sequence, failure, skipped_by, skip_reason from skipped_events"),
    );
    expect(skipped).toEqual([
      { sequence: '2', failure: 'cannot handle order-1:2', skipped_by: 'user:u', skip_reason: 'the order was entered twice' },
    ]);
  });

  it('lets no event slip between the end of a replay and the next batch', async () => {
    await world.transport({ [group]: writingDown(group, refuseBroken) }, { batchSize: 3 });
    await world.publish(['order-1', 2]);
    await parked(['order-1:2']);
    broken.clear();
    const later = Array.from({ length: 60 }, (_, index) => ['order-1', index + 3] as const);
    const publishing = (async () => {
      for (const each of later) await world.publish(each);
    })();
    await operator().replay(key, 'user:u');
    await publishing;
    await heard(['order-1:2', ...later.map(([aggregate, position]) => `${aggregate}:${position}`)]);
    expect(await world.parked()).toEqual([]);
  });

  it('does not commit what it handled when the key was parked meanwhile, by a message of another topic', async () => {
    await world.transport({
      [group]: async ({ messages }) => {
        await world.databases.worker.query(
          sql(
            "insert into parked_keys (consumer_group, ordering_key, organization_id, account_id, reason) values ($1, $2, 'organization-1', 'account-1', 'elsewhere') on conflict do nothing",
            group,
            keyOf('order-1'),
          ),
        );
        return messages.map((message) => effectOf(group, message));
      },
    });
    await world.publish(['order-1', 1], ['order-2', 2]);
    await heard(['order-2:2']);
    await parked(['order-1:1']);
  });

  it('tries a replay again by itself while the world is not ready', async () => {
    let notReady = 0;
    await world.transport({
      [group]: writingDown(group, (message) => {
        refuseBroken(message);
        if (notReady-- > 0) throw new TryAgain('not ready');
      }),
    });
    await world.publish(['order-1', 2]);
    await parked(['order-1:2']);
    broken.clear();
    notReady = 3;
    await operator().replay(key, 'user:u');
    await heard(['order-1:2']);
  });
});
