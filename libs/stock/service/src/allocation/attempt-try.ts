import type { CommandContext } from '@stockproof/command-handling';
import type { DeliveredMessage } from '@stockproof/integration-bus';
import type { Wanted } from '@stockproof/stock-domain';
import { derivedId, type AccountId } from '@stockproof/vocabulary';

/** One attempt of an order that is to be carried as far as it goes, and the message because of which. */
export type AttemptTry = { readonly orderId: string; readonly attempt: number; readonly wanted: Wanted };

/** On whose account, and why: a message, or what stands in for one. */
export type Cause = Pick<DeliveredMessage, 'id' | 'organizationId' | 'correlationId'> & { readonly accountId: AccountId; readonly traceparent?: string };

/** How far an attempt got: it waits under these SKUs, or no longer does. */
export type Waiting = { readonly orderId: string; readonly attempt: number; readonly waits: Wanted | null };

/** The command id follows from what is done, not from the message: whoever repeats a step has its first effect. */
export const stepContext = (cause: Cause, ...step: readonly (string | number)[]): CommandContext => ({
  commandId: derivedId('stock', cause.accountId, ...step),
  correlationId: cause.correlationId,
  causationId: cause.id,
  actor: 'service:stock',
  organizationId: cause.organizationId,
  accountId: cause.accountId,
  ...(cause.traceparent === undefined ? {} : { traceparent: cause.traceparent }),
});
