import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { AllocationEvent, AllocationRejection, Attempt } from '@stockproof/stock-domain';
import type { AccountId } from '@stockproof/vocabulary';
import { driveAttempt, type Allocating } from '../allocation/driving';
import { allocationStream } from '../stock.streams';

export type HoldMove = { readonly orderId: string; readonly from: string; readonly to: string; readonly lineIds: readonly string[] | null };

/** What became of the move: refused, or carried out as far as the stock there allowed. */
export type MovedHold = { readonly decided: Handled<AllocationEvent, AllocationRejection>; readonly attempt: Attempt | null };

/**
 * Held units go to another warehouse under a plan of their own: written first, then granted item by item, so that no unit is free or
 * held twice in between. Where the other warehouse has too little, the hold is planned anew over all candidates.
 */
export const moveHold = async (allocating: Allocating, accountId: AccountId, move: HoldMove, context: CommandContext): Promise<MovedHold> => {
  const stream = allocationStream(accountId, move.orderId);
  const { allocations } = allocating.streams;
  const held = [...(await allocations.load(stream)).state.attempts.values()].findLast((attempt) => attempt.status === 'held');
  const number = held?.attempt ?? 0;
  const decided = await allocations.handle(stream, { type: 'MoveHold', data: { ...move, attempt: number, now: allocating.clock.now() } }, context);
  if (decided.outcome === 'rejected' || !held?.wanted) return { decided, attempt: null };
  const cause = { id: context.commandId, organizationId: context.organizationId, correlationId: context.correlationId, accountId };
  await driveAttempt(allocating, cause, { orderId: move.orderId, attempt: number, wanted: held.wanted });
  return { decided, attempt: (await allocations.load(stream)).state.attempts.get(number) ?? null };
};
