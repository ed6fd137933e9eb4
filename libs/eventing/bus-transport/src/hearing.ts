import type { CommandContext } from '@stockproof/command-handling';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import { derivedId } from '@stockproof/vocabulary';
import { TryAgain } from './consumer';

/** What a message knows of why and for whom something is done. */
export type MessageCause = Pick<DeliveredMessage, 'id' | 'organizationId' | 'accountId' | 'correlationId' | 'traceparent'>;

/**
 * The context of a command that a message leads to. Its id follows from the steps, so whoever repeats a step has its first effect; by
 * default the step is hearing this very message.
 */
export const contextOf = (cause: MessageCause, service: string, ...step: readonly (string | number)[]): CommandContext => ({
  commandId: derivedId(service, ...(step.length === 0 ? ['heard', cause.id] : step)),
  correlationId: cause.correlationId,
  causationId: cause.id,
  actor: `service:${service}`,
  organizationId: cause.organizationId,
  accountId: cause.accountId,
  ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
});

/** Lost races pass by themselves; any other refusal never will, and parks the message. */
export const refusalOf = (rejection: { readonly type: string }, what: string): Error =>
  rejection.type === 'ConcurrentModification'
    ? new TryAgain(`${what} lost every race`)
    : new Error(`${what} was refused: ${rejection.type}`);

/** All results, or the first error – but only once all have ended: a retry must not meet what is still running. */
export const allEnded = async <T>(work: readonly Promise<T>[]): Promise<readonly T[]> => {
  const ended = await Promise.allSettled(work);
  const failed = ended.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  return ended.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
};

/** The account that a message is about. One without an account where one must be is nobody's. */
export const accountOf = ({ accountId, type }: Pick<DeliveredMessage, 'accountId' | 'type'>): string => {
  if (accountId === null) throw new Error(`${type} without an account`);
  return accountId;
};
