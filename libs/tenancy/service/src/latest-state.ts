import type { AggregateHandler } from '@stockproof/command-handling';
import type { AnyCommand, AnyEvent, AnyRejection } from '@stockproof/decider';

/** The state as the store has it at this moment, not as this process last saw it. */
export const latestState = async <S, C extends AnyCommand, E extends AnyEvent, R extends AnyRejection>(handler: AggregateHandler<S, C, E, R>, stream: string): Promise<S> => {
  const { revision } = await handler.load(stream);
  await handler.confirm([{ stream, revision }]); // what moved is read again by the next load
  return (await handler.load(stream)).state;
};
