import type { AnyCommand, AnyEvent, AnyRejection } from '@stockproof/decider';
import type { AppendOutcome, EventStore, Revision, StreamName } from '@stockproof/event-store';
import type { Clock } from '@stockproof/vocabulary';
import type { Aggregate, CommandMetrics, Handled, HandlingRejection } from './command-handling';
import { decideBatch, type Asked, type DecidedBatch, type Verdict } from './deciding';
import { upcasted, type Folded, type Remembered } from './folded';
import type { StreamStates } from './stream-states';

/** One that waits for its turn on a stream, and how it is answered. */
export type Turn<C, E extends AnyEvent, R extends AnyRejection> = {
  readonly asked: Asked<C>;
  readonly answer: (answer: Handled<E, R> | boolean) => void;
  readonly fail: (error: unknown) => void;
  /** `performance.now()` when it was asked. */
  readonly since: number;
};

type Bench<S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection> = {
  readonly aggregate: Aggregate<S, C, E, R>;
  readonly store: EventStore;
  readonly clock: Clock;
  readonly states: StreamStates<S>;
  readonly metrics: CommandMetrics | undefined;
  readonly newId: () => string;
};

/** A command carries the time at which it was made. One that is decided later than this would be decided by words of another day. */
const staleAfterMs = 60_000;

/** Races that are lost before a command gives up: another process that wins ten times in a row is not a coincidence. */
const racesLostAtMost = 10;

/** Decides all turns together and appends once at the exact revision; decides again on the reloaded state after a lost race. */
export const workOffStream = async <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  bench: Bench<S, C, E, R>,
  stream: StreamName,
  turns: readonly Turn<C, E, R>[],
): Promise<void> => {
  try {
    for (let lost = 0; lost < racesLostAtMost && !turns.some(isStale); lost++) {
      if (await decideAndAppend(bench, stream, turns)) return;
      bench.states.forget(stream);
      bench.metrics?.command(bench.aggregate.category, 'conflict', 0);
    }
    turns.forEach((turn) => turn.answer(turn.asked.kind === 'check' ? false : rejected({ type: 'ConcurrentModification' }, 0)));
  } catch (error) {
    // Whether the append happened is unknown: the state is worth nothing, and a retry finds its own events by their ids.
    bench.states.forget(stream);
    turns.forEach((turn) => turn.fail(error));
  }
};

const isStale = ({ since }: { readonly since: number }): boolean => performance.now() - since > staleAfterMs;

/** False when the race was lost. */
const decideAndAppend = async <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  bench: Bench<S, C, E, R>,
  stream: StreamName,
  turns: readonly Turn<C, E, R>[],
): Promise<boolean> => {
  const { aggregate, store, clock, states } = bench;
  const [loaded] = await states.loadMany([stream]);
  const folded = loaded as Folded<S>;
  const now = clock.now();
  const expectedRevision = folded.revision;
  const asked = turns.map((turn) => turn.asked);
  const decided = decideBatch(aggregate, folded, asked, { now, newId: bench.newId });

  if (!needsStore(decided)) {
    await answerAll(bench, stream, turns, { ...decided, appended: null });
    return true;
  }
  // An append without events only checks the revision: a refusal appends nothing and would never notice a stale state.
  const [outcome] = await store.append([{ stream, expectedRevision, events: decided.newEvents }]);
  if (outcome === undefined || outcome.outcome === 'conflict') return false;
  if (outcome.outcome === 'refused') {
    states.forget(stream);
    await oneByOne(bench, stream, turns, outcome.reason);
    return true;
  }
  folded.seenAt = now;
  states.settle(stream, folded);
  await answerAll(bench, stream, turns, { ...decided, appended: outcome });
  return true;
};

/** Everything but an answer from memory, and a check that has failed already, depends on the state being the latest. */
const needsStore = <E, R>({ verdicts }: DecidedBatch<E, R>): boolean =>
  verdicts.some((each) => each.verdict === 'accepted' || each.verdict === 'rejected' || (each.verdict === 'checked' && each.same));

/** Something in the batch can never be stored: each turn alone finds out whose it is, and the others go on. */
const oneByOne = async <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  bench: Bench<S, C, E, R>,
  stream: StreamName,
  turns: readonly Turn<C, E, R>[],
  reason: string,
): Promise<void> => {
  const [only] = turns;
  if (turns.length === 1 && only) return only.answer(only.asked.kind === 'check' ? false : rejected({ type: 'NotStorable', reason }, 0));
  for (const turn of turns) await workOffStream(bench, stream, [turn]);
};

const answerAll = async <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  bench: Bench<S, C, E, R>,
  stream: StreamName,
  turns: readonly Turn<C, E, R>[],
  { verdicts, appended }: DecidedBatch<E, R> & { readonly appended: Extract<AppendOutcome, { outcome: 'appended' }> | null },
): Promise<void> => {
  for (const [index, turn] of turns.entries()) {
    const verdict = verdicts[index] as Verdict<E, R>;
    turn.answer(await answerOf(bench, stream, verdict, appended));
    const outcome = verdict.verdict === 'checked' ? null : verdict.verdict;
    if (outcome) bench.metrics?.command(bench.aggregate.category, outcome, (performance.now() - turn.since) / 1000);
  }
};

const answerOf = async <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  bench: Bench<S, C, E, R>,
  stream: StreamName,
  verdict: Verdict<E, R>,
  appended: Extract<AppendOutcome, { outcome: 'appended' }> | null,
): Promise<Handled<E, R> | boolean> => {
  switch (verdict.verdict) {
    case 'checked':
      return verdict.same;
    case 'rejected':
      return rejected(verdict.rejection, verdict.revision);
    case 'repeated':
      return fromMemory(bench, stream, verdict.remembered);
    case 'accepted':
      return {
        outcome: 'accepted',
        events: verdict.events,
        revision: verdict.revision,
        position: appended?.position ?? '',
        repeated: false,
      };
  }
};

/** A known command is answered from the events that it left the first time. */
const fromMemory = async <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  { aggregate, store }: Bench<S, C, E, R>,
  stream: StreamName,
  { after, count }: Remembered,
): Promise<Handled<E, R>> => {
  const stored = await store.readStream(stream, { from: after, limit: count });
  const events = stored.map((each) => upcasted(aggregate, each));
  return { outcome: 'accepted', events, revision: after + count, position: stored.at(-1)?.position ?? '', repeated: true };
};

const rejected = (rejection: HandlingRejection | AnyRejection, revision: Revision): Handled<never, never> => ({
  outcome: 'rejected',
  rejection: rejection as never,
  revision,
});
