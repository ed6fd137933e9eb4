import { KafkaJSProtocolError, type Admin } from 'kafkajs';
import { NoAnswer } from './failure';
import { topicsOf, type Topics } from './topics';

type Words = { readonly message: string; readonly retriable: boolean; readonly type: string };

const busy: Words = { message: 'The request timed out', retriable: true, type: 'REQUEST_TIMED_OUT' };
const others: Words = { message: 'Topic already exists', retriable: false, type: 'TOPIC_ALREADY_EXISTS' };
const fenced: Words = { message: 'Replication-factor is invalid', retriable: false, type: 'INVALID_REPLICATION_FACTOR' };
const lasting: Words = { message: 'Not allowed', retriable: false, type: 'TOPIC_AUTHORIZATION_FAILED' };

/** As the driver tells what brokers said of each topic. */
const refusal = (...each: readonly Words[]): Error =>
  Object.assign(new Error('Topic creation errors'), {
    errors: each.map((words) =>
      Object.assign(new KafkaJSProtocolError(Object.assign(new Error(words.message), words)), { type: words.type, topic: 'one' }),
    ),
  });

describe('creating topics', () => {
  let created: string[][];
  let living: string[];
  let answered: string[];

  /** A cluster that answers each creation, and each list, with the next of these errors, and then does what it is asked. */
  const cluster = (refusals: readonly Error[], unlisted: readonly Error[] = [], leaderless: readonly Error[] = []): Topics => {
    const [toCreate, toList, toAnswer] = [[...refusals], [...unlisted], [...leaderless]];
    answered = [];
    created = [];
    living = ['there'];
    const admin = {
      listTopics: async () => {
        const error = toList.shift();
        if (error) throw error;
        return living;
      },
      fetchTopicMetadata: async ({ topics }: { readonly topics: readonly string[] }) => ({
        topics: topics.map((name) => ({ name, partitions: Array.from({ length: 12 }) })),
      }),
      createTopics: async ({ topics }: { readonly topics: readonly { readonly topic: string }[] }) => {
        const names = topics.map(({ topic }) => topic);
        created.push(names);
        const error = toCreate.shift();
        if (error) throw error;
        living.push(...names);
        return true;
      },
    };
    return topicsOf(
      { ask: (question) => question(admin as unknown as Admin), close: async () => undefined },
      { replicationFactor: 1, retentionMs: -1 },
      async (topic) => {
        answered.push(topic);
        const error = toAnswer.shift();
        if (error) throw error;
      },
      500,
    );
  };

  it('asks for what is not there', async () => {
    await cluster([]).ensure(['there', 'new'], 12);
    expect(created).toEqual([['new']]);
  });

  it('asks again where brokers were too busy, or others were faster with some of them', async () => {
    const topics = cluster([refusal(busy, busy), refusal(others, fenced)]);
    await topics.ensure(['one', 'two'], 12);
    expect(created).toEqual([
      ['one', 'two'],
      ['one', 'two'],
      ['one', 'two'],
    ]);
    expect(await topics.partitionsOf(['one', 'two'])).toEqual([12, 12]);
  });

  it('asks again where no broker answered at all', async () => {
    await cluster([], [new NoAnswer('no broker answered')]).ensure(['new'], 12);
    expect(created).toEqual([['new']]);
  });

  it('waits until what is new has brokers that answer for it, and asks nothing of what was there', async () => {
    const leaderless = new KafkaJSProtocolError(Object.assign(new Error('This server is not the leader'), { retriable: true }));
    await cluster([], [], [leaderless, leaderless]).ensure(['there', 'new'], 12);
    expect(answered).toEqual(['new', 'new', 'new']);
    await expect(cluster([], [], [new Error('Not allowed')]).ensure(['new'], 12)).rejects.toThrow('Not allowed');
  });

  it('waits for what may pass before somebody listens, and for nothing else', async () => {
    await expect(cluster([], [new NoAnswer('no broker answered')]).met(['there'])).resolves.toBeUndefined();
    await expect(cluster([], [new Error('Not allowed')]).met(['there'])).rejects.toThrow('Not allowed');
    await expect(cluster([]).met(['there', 'gone'])).rejects.toThrow('topic gone does not exist');
  });

  it('gives up at once where somebody must do something, and in the end where it does not pass', async () => {
    await expect(cluster([refusal(busy, lasting)]).ensure(['one', 'two'], 12)).rejects.toThrow(
      /one: The request timed out; one: Not allowed/,
    );
    expect(created).toHaveLength(1);
    await expect(cluster(Array.from({ length: 9 }, () => refusal(busy))).ensure(['one'], 12)).rejects.toThrow('one: The request timed out');
    expect(created.length).toBeGreaterThan(2);
  });
});
