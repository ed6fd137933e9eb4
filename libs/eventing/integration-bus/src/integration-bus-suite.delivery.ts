import { eventually } from './eventually';
import type { BatchContext } from './integration-bus';
import { heard, idsIn, record, story, type SuiteBus } from './suite-bus';
import { partitionOf } from './partition';

/** A promise and the call that resolves it. */
const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
};

export const suiteOfDelivery = ({ bus, another, takeAway, freshTopic, freshGroup }: SuiteBus): void => {
  describe('delivery', () => {
    it('keeps the order within a partition over many batches', async () => {
      const topic = await freshTopic();
      const stories = ['order-1', 'order-2', 'order-3'].map((aggregate) => story(topic, aggregate, 100));
      const recorder = await record(bus(), { group: freshGroup(), topics: [topic], batchSize: 7 });
      for (let n = 0; n < 100; n += 10) await bus().publish(stories.flatMap((messages) => messages.slice(n, n + 10)));
      await heard(recorder, stories.flat());
      for (const messages of stories) expect(recorder.idsOf(messages[0]?.orderingKey ?? '')).toEqual(idsIn(messages));
      expect(recorder.batches.every((batch) => batch.messages.length <= 7)).toBe(true);
      await recorder.subscription.stop();
    });

    it('delivers a rejected batch again, and nothing later of its partition before', async () => {
      const topic = await freshTopic(1);
      const messages = story(topic, 'order-1', 6);
      const seen: string[] = [];
      const errors: string[] = [];
      let refusals = 3;
      const recorder = await record(
        bus(),
        { group: freshGroup(), topics: [topic], batchSize: 2, onError: (error) => errors.push(String(error)) },
        (batch) => {
          seen.push(...batch.messages.map((message) => message.id));
          if (batch.messages.some((message) => message.sequence === 3) && refusals-- > 0) throw new Error('not now');
        },
      );
      await bus().publish(messages);
      await heard(recorder, messages);
      expect(recorder.ids()).toEqual(idsIn(messages));
      expect(seen.filter((id) => id === messages[2]?.id)).toHaveLength(4);
      expect(seen.indexOf(messages[4]?.id ?? '')).toBeGreaterThan(seen.lastIndexOf(messages[2]?.id ?? ''));
      // Beside them a bus tells of what passes by itself.
      expect(errors.filter((error) => error.includes('not now'))).toHaveLength(3);
      await recorder.subscription.stop();
    });

    it('goes on with other partitions while one is refused', async () => {
      const topic = await freshTopic(12);
      const stuck = story(topic, 'order-1', 2);
      const free = Array.from({ length: 20 }, (_, index) => `order-${index + 2}`)
        .filter((aggregate) => partitionOf(`account-1/${aggregate}`, 12) !== partitionOf('account-1/order-1', 12))
        .flatMap((aggregate) => story(topic, aggregate, 2));
      const recorder = await record(bus(), { group: freshGroup(), topics: [topic] }, (batch) => {
        if (batch.messages.some((message) => message.subject === 'order-1')) throw new Error('never');
      });
      await bus().publish([...stuck, ...free]);
      await heard(recorder, free);
      await recorder.subscription.stop();
    });

    it('stops only after the batch in hand, which then counts', async () => {
      const topic = await freshTopic(1);
      const group = freshGroup();
      const messages = story(topic, 'order-1', 4);
      const { opened, open } = gate();
      let inHand = false;
      const recorder = await record(bus(), { group, topics: [topic], batchSize: 2 }, async () => {
        inHand = true;
        await opened;
      });
      await bus().publish(messages);
      await eventually(() => expect(inHand).toBe(true));
      let stopped = false;
      const stopping = recorder.subscription.stop().then(() => {
        stopped = true;
      });
      for (let asked = 0; asked < 10; asked += 1) await bus().lag(group, [topic]);
      expect(stopped).toBe(false);
      open();
      await stopping;
      expect(recorder.ids()).toEqual(idsIn(messages.slice(0, 2)));
      const next = await record(bus(), { group, topics: [topic] });
      await heard(next, messages.slice(2));
      await next.subscription.stop();
    });

    it('tells a member that its partition was given to another, and lets the other go on', async () => {
      const topic = await freshTopic(1);
      const group = freshGroup();
      const messages = story(topic, 'order-1', 2);
      const { opened, open } = gate();
      const contexts: BatchContext[] = [];
      const stalled = await record(bus(), { group, topics: [topic] }, async (_, context) => {
        contexts.push(context);
        if (contexts.length === 1) await opened;
      });
      await bus().publish(messages.slice(0, 1));
      await eventually(() => expect(contexts).toHaveLength(1));
      expect(contexts[0]?.owns()).toBe(true);
      const client = await another();
      const successor = await record(client, { group, topics: [topic] });
      await takeAway(group, topic, 0);
      await eventually(async () => {
        await contexts[0]?.heartbeat().catch(() => undefined);
        expect(contexts[0]?.owns()).toBe(false);
      });
      open();
      await bus().publish(messages.slice(1));
      await eventually(() => expect(new Set([...successor.ids(), ...stalled.ids().slice(1)])).toEqual(new Set(idsIn(messages))));
      await Promise.all([stalled.subscription.stop(), successor.subscription.stop()]);
    });
  });
};
