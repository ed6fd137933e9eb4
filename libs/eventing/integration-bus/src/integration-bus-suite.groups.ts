import { eventually } from './eventually';
import { heard, idsIn, record, story, type SuiteBus } from './suite-bus';

const aggregates = Array.from({ length: 30 }, (_, index) => `order-${index}`);

export const suiteOfGroups = ({ bus, another, freshTopic, freshGroup }: SuiteBus): void => {
  describe('groups', () => {
    it('gives every group everything', async () => {
      const topic = await freshTopic();
      const messages = aggregates.flatMap((aggregate) => story(topic, aggregate, 2));
      const recorders = await Promise.all([freshGroup(), freshGroup()].map((group) => record(bus(), { group, topics: [topic] })));
      await bus().publish(messages);
      for (const recorder of recorders) await heard(recorder, messages);
      await Promise.all(recorders.map((recorder) => recorder.subscription.stop()));
    });

    it('lets one group hear several topics', async () => {
      const topics = await Promise.all([freshTopic(), freshTopic()]);
      const messages = topics.flatMap((topic) => story(topic, 'order-1', 3));
      const recorder = await record(bus(), { group: freshGroup(), topics });
      await bus().publish(messages);
      await heard(recorder, messages);
      await recorder.subscription.stop();
    });

    it('goes on where a group stood when its subscriber starts again', async () => {
      const topic = await freshTopic();
      const group = freshGroup();
      const messages = story(topic, 'order-1', 10);
      await bus().publish(messages.slice(0, 6));
      const before = await record(bus(), { group, topics: [topic] });
      await heard(before, messages.slice(0, 6));
      await before.subscription.stop();
      await bus().publish(messages.slice(6));
      const client = await another();
      const after = await record(client, { group, topics: [topic] });
      await heard(after, messages.slice(6));
      await after.subscription.stop();
    });

    it('lets a group hear a topic from its start again, says where it stands, and leaves other groups alone', async () => {
      const topic = await freshTopic(1);
      const [group, other] = [freshGroup(), freshGroup()];
      const messages = story(topic, 'order-1', 4);
      await bus().publish(messages);
      for (const name of [group, other]) {
        const before = await record(bus(), { group: name, topics: [topic] });
        await heard(before, messages);
        await before.subscription.stop();
      }
      const next = async (name: string) => (await bus().lag(name, [topic])).map((each) => each.next);
      await eventually(async () => expect([await next(group), await next(other)]).toEqual([['4'], ['4']]));
      await bus().rewind(group, topic);
      expect([await next(group), await next(other)]).toEqual([['0'], ['4']]);
      const after = await record(await another(), { group, topics: [topic] });
      await heard(after, messages);
      await after.subscription.stop();
    });

    it('shares the partitions among the members of a group, and a leaving member hands over without loss', async () => {
      const topic = await freshTopic();
      const group = freshGroup();
      const [client, other] = await Promise.all([another(), another()]);
      const one = await record(client, { group, topics: [topic] });
      const two = await record(other, { group, topics: [topic] });
      const published: string[] = [];
      let round = 0;
      const publishRound = async () => {
        const messages = aggregates.flatMap((aggregate) => story(topic, `${aggregate}-${round}`, 3));
        round += 1;
        published.push(...idsIn(messages));
        await bus().publish(messages);
      };
      const shares = (recorder: typeof one, from: number) => new Set(recorder.batches.slice(from).map((batch) => batch.partition));
      await eventually(async () => {
        const from = [one.batches.length, two.batches.length] as const;
        await publishRound();
        await eventually(() => expect(new Set([...one.ids(), ...two.ids()]).size).toBe(published.length));
        expect(shares(one, from[0]).size).toBe(6);
        expect(shares(two, from[1]).size).toBe(6);
      }, 40_000);
      await publishRound();
      await one.subscription.stop();
      await publishRound();
      await eventually(() => expect(new Set([...one.ids(), ...two.ids()])).toEqual(new Set(published)));
      await two.subscription.stop();
    });

    it('keeps the order of every key while members come and go', async () => {
      const topic = await freshTopic();
      const group = freshGroup();
      const stories = aggregates.map((aggregate) => story(topic, aggregate, 30));
      const handled: { readonly key: string; readonly n: number }[] = [];
      const member = () =>
        record(bus(), { group, topics: [topic], batchSize: 5 }, (batch, { owns }) => {
          if (owns()) handled.push(...batch.messages.map((message) => ({ key: message.subject, n: message.sequence })));
        });
      const one = await member();
      for (let n = 0; n < 10; n += 1) await bus().publish(stories.flatMap((messages) => messages.slice(n, n + 1)));
      const two = await member();
      for (let n = 10; n < 20; n += 1) await bus().publish(stories.flatMap((messages) => messages.slice(n, n + 1)));
      await one.subscription.stop();
      for (let n = 20; n < 30; n += 1) await bus().publish(stories.flatMap((messages) => messages.slice(n, n + 1)));
      await eventually(() => expect(new Set(handled.map(({ key, n }) => `${key}:${n}`)).size).toBe(900));
      for (const aggregate of aggregates) {
        const firsts = [...new Set(handled.filter(({ key }) => key === aggregate).map(({ n }) => n))];
        expect(firsts).toEqual(Array.from({ length: 30 }, (_, index) => index + 1));
      }
      await two.subscription.stop();
    });

    it('says nothing of a topic that is not there, and does not fail because of it', async () => {
      const topic = await freshTopic(1);
      const group = freshGroup();
      expect((await bus().lag(group, [`${topic}-of-nobody`, topic])).map((lag) => lag.topic)).toEqual([topic]);
      expect(await bus().lag(group, [`${topic}-of-nobody`])).toEqual([]);
    });

    it('says how far behind a group is, and since when', async () => {
      const topic = await freshTopic(1);
      const group = freshGroup();
      const before = new Date(Date.now() - 60_000).toISOString();
      expect(await bus().lag(group, [topic])).toEqual([{ topic, partition: 0, behind: 0, oldestUnread: null, next: '0' }]);
      await bus().publish(story(topic, 'order-1', 5));
      const [lag] = await bus().lag(group, [topic]);
      expect(lag).toMatchObject({ topic, partition: 0, behind: 5 });
      expect(lag?.oldestUnread).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(before < (lag?.oldestUnread ?? '')).toBe(true);
      const recorder = await record(bus(), { group, topics: [topic] });
      await eventually(async () =>
        expect(await bus().lag(group, [topic])).toEqual([{ topic, partition: 0, behind: 0, oldestUnread: null, next: '5' }]),
      );
      await recorder.subscription.stop();
    });
  });
};
