import { contextOf, type MessageCause } from '@stockproof/bus-transport';
import type { CommandContext } from '@stockproof/command-handling';
import type { Wanted } from '@stockproof/stock-domain';
import type { AccountId } from '@stockproof/vocabulary';

/** On whose account, and why: a message, or what stands in for one. */
export type Cause = MessageCause & { readonly accountId: AccountId };

/**
 * One attempt of an order that is to be carried as far as it goes, and the message because of which. `marked`: it is known to wait,
 * which needs neither be recorded nor marked again.
 */
export type ToTry = {
  readonly orderId: string;
  readonly attempt: number;
  readonly wanted: Wanted;
  readonly cause: Cause;
  readonly marked?: boolean;
};

/** How far an attempt got. `waits`: it waits for what it wanted; null: it does not, or no longer. */
export type AttemptResult = { readonly orderId: string; readonly attempt: number; readonly waits: Wanted | null };

/** The command id follows from what is done, not from the message: whoever repeats a step has its first effect. */
export const stepContext = (cause: Cause, ...step: readonly (string | number)[]): CommandContext =>
  contextOf(cause, 'stock', cause.accountId, ...step);
