import { randomUUID } from 'node:crypto';
import type { AnyCommand, AnyEvent, AnyRejection } from '@stockproof/decider';
import type { EventStore, StreamName } from '@stockproof/event-store';
import type { Clock } from '@stockproof/vocabulary';
import type { Aggregate, AggregateHandler, CommandHandling, CommandMetrics, Handled, Loaded, SnapshotStore } from './command-handling';
import type { Asked } from './deciding';
import type { Folded } from './folded';
import { streamQueues } from './stream-queue';
import { streamStates } from './stream-states';
import { workOffStream, type Turn } from './turn';

export type CommandHandlingOptions = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly snapshots?: SnapshotStore;
  /** Streams whose state is kept, per aggregate. Default 10,000. */
  readonly cacheSize?: number;
  readonly metrics?: CommandMetrics;
  /** Ids of new events, lower-case UUIDs that never come twice. Default: random ones. A search that repeats itself hands in its own. */
  readonly newId?: () => string;
};

/** Commands to events, for one service: one queue per stream, refusals confirmed, repeats with one effect. */
export const commandHandling = (options: CommandHandlingOptions): CommandHandling => ({
  aggregate: (aggregate) => aggregateHandler(aggregate, options),
});

const aggregateHandler = <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  aggregate: Aggregate<S, C, E, R>,
  { store, clock, snapshots, cacheSize = 10_000, metrics, newId = randomUUID }: CommandHandlingOptions,
): AggregateHandler<S, C, E, R> => {
  const states = streamStates(aggregate, { store, clock, snapshots, cacheSize });
  const queues = streamQueues<Turn<C, E, R>>((stream, turns) =>
    workOffStream({ aggregate, store, clock, states, metrics, newId }, stream, turns),
  );
  const ask = (stream: StreamName, asked: Asked<C>) =>
    new Promise<Handled<E, R> | boolean>((answer, fail) => queues.enter(stream, { asked, answer, fail, since: performance.now() }));
  const loadMany = async (streams: readonly StreamName[]) => (await states.loadMany(streams)).map(asLoaded);

  const confirm: AggregateHandler<S, C, E, R>['confirm'] = async (seen) => {
    const answers = await Promise.all(
      seen.map(({ stream, revision, lastEventId }) => ask(stream, { kind: 'check', revision, lastEventId })),
    );
    return answers.every((same) => same === true);
  };
  const load = async (stream: StreamName) => (await loadMany([stream]))[0] as Loaded<S>;

  return {
    handle: async (stream, command, context, { expectedRevision } = {}) =>
      (await ask(stream, { kind: 'command', command, context, expectedRevision })) as Handled<E, R>,
    load,
    loadMany,
    loadLatest: async (stream) => {
      const { revision, lastEventId } = await load(stream);
      await confirm([{ stream, revision, lastEventId }]); // what has moved is read again
      return load(stream);
    },
    confirm,
    atLeast: (stream, revision) => {
      const known = states.peek(stream);
      if (known === undefined || known.revision < revision) states.forget(stream);
    },
    forget: states.forget,
    preview: async (stream, command) => {
      const [folded] = await states.loadMany([stream]);
      const { state, revision } = folded as Folded<S>;
      return { decision: aggregate.decider.decide(command, state), revision };
    },
  };
};

const asLoaded = <S>({ state, revision, lastEventId, seenAt }: Folded<S>): Loaded<S> => ({ state, revision, lastEventId, seenAt });
