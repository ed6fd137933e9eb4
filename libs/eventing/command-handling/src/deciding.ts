import type { AnyCommand, AnyEvent, AnyRejection } from '@stockproof/decider';
import type { EventMeta, NewEvent, Revision } from '@stockproof/event-store';
import { msBetween, type Instant } from '@stockproof/vocabulary';
import type { CommandContext } from './command-context';
import type { Aggregate, HandlingRejection } from './command-handling';
import { commandMemoryMs, fold, rememberedCommand, type Folded, type Remembered } from './folded';

/** What waits for its turn on a stream: a command, or the question whether the stream still stands where somebody saw it. */
export type Asked<C> =
  | { readonly kind: 'command'; readonly command: C; readonly context: CommandContext; readonly expectedRevision: Revision | undefined }
  | { readonly kind: 'check'; readonly revision: Revision; readonly lastEventId: string | null };

/** What it came to, before the store has confirmed it. */
export type Verdict<E, R> =
  | { readonly verdict: 'accepted'; readonly events: readonly E[]; readonly revision: Revision }
  | { readonly verdict: 'repeated'; readonly remembered: Remembered }
  | { readonly verdict: 'rejected'; readonly rejection: R | HandlingRejection; readonly revision: Revision }
  | { readonly verdict: 'checked'; readonly same: boolean };

export type DecidedBatch<E, R> = { readonly verdicts: readonly Verdict<E, R>[]; readonly newEvents: readonly NewEvent[] };

/** What a decision is told of the world outside of its stream. */
export type Surroundings = {
  readonly now: Instant;
  /** Never derived from the command: two owners may decide the same step differently, and the store takes equal ids for equal events. */
  readonly newId: () => string;
};

/** Decides all in turn on the same state, which moves on with each accepted command. */
export const decideBatch = <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  aggregate: Aggregate<S, C, E, R>,
  folded: Folded<S>,
  asked: readonly Asked<C>[],
  { now, newId }: Surroundings,
): DecidedBatch<E, R> => {
  const newEvents: NewEvent[] = [];
  const base = { revision: folded.revision, lastEventId: folded.lastEventId };
  const verdicts = asked.map((each): Verdict<E, R> => {
    // Events of this very batch are ours: a check made before them is about the revision the batch began at.
    if (each.kind === 'check')
      return { verdict: 'checked', same: each.revision === base.revision && each.lastEventId === base.lastEventId };
    const refusal = refusedUnheard(each, folded, now);
    if (refusal) return refusal;
    const decision = aggregate.decider.decide(each.command, folded.state);
    if (decision.outcome === 'rejected') return { verdict: 'rejected', rejection: decision.rejection, revision: folded.revision };
    decision.events.forEach((event) => {
      const id = newId();
      newEvents.push({ id, type: event.type, data: event.data, meta: metaOf(aggregate, each.context, event) });
      fold(folded, aggregate.decider.evolve, { id, event, commandId: each.context.commandId, actor: each.context.actor, at: now });
    });
    return { verdict: 'accepted', events: decision.events, revision: folded.revision };
  });
  return { verdicts, newEvents };
};

/** What is answered without asking the decider. A known command comes first: its answer is older than every doubt about it. */
const refusedUnheard = <S, C>(
  asked: Extract<Asked<C>, { kind: 'command' }>,
  folded: Folded<S>,
  now: Instant,
): Verdict<never, never> | null => {
  const { context, expectedRevision } = asked;
  const { revision } = folded;
  const remembered = rememberedCommand(folded, context.commandId);
  if (remembered) return { verdict: 'repeated', remembered: { ...remembered } };
  if (context.issuedAt !== undefined && msBetween(context.issuedAt, now) > commandMemoryMs)
    return { verdict: 'rejected', rejection: { type: 'CommandTooOld' }, revision };
  if (expectedRevision !== undefined && expectedRevision !== revision)
    return { verdict: 'rejected', rejection: { type: 'RevisionMismatch', actualRevision: revision }, revision };
  return null;
};

const metaOf = <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  aggregate: Aggregate<S, C, E, R>,
  context: CommandContext,
  event: E,
): EventMeta => ({
  commandId: context.commandId,
  correlationId: context.correlationId,
  causationId: context.causationId,
  actor: context.actor,
  organizationId: context.organizationId,
  accountId: context.accountId,
  effectiveAt: aggregate.effectiveAt?.(event) ?? null,
  schemaVersion: aggregate.schemaVersion,
  ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
});
