import type { AggregateHandler } from '@stockproof/command-handling';
import type { AnyCommand, AnyEvent, AnyRejection } from '@stockproof/decider';

/** The state as the store has it at this moment, not as this process last saw it. */
export const latestState = async <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(
  handler: AggregateHandler<S, C, E, R>,
  stream: string,
): Promise<S> => (await handler.loadLatest(stream)).state;
