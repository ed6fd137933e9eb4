import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { AllocationEvent, AllocationRejection, Attempt } from '@stockproof/stock-domain';
import type { AccountId } from '@stockproof/vocabulary';
import { driveAttempt } from '../allocation/driving';
import type { AllocationTools } from '../allocation/granting';
import { allocationStream } from '../stock.streams';

export type HoldMove = { readonly orderId: string; readonly from: string; readonly to: string; readonly lineIds: readonly string[] | null };

/** What became of the move: refused, or carried out as far as the stock there allowed. */
export type MovedHold = { readonly decided: Handled<AllocationEvent, AllocationRejection>; readonly attempt: Attempt | null };

/**
 * Held units go to another warehouse under a plan of their own: written first, then granted item by item, so that no unit is free or
 * held twice in between. Where the other warehouse has too little, the hold is planned anew over all candidates.
 */
export const moveHold = async (
  tools: AllocationTools,
  accountId: AccountId,
  move: HoldMove,
  context: CommandContext,
): Promise<MovedHold> => {
  const stream = allocationStream(accountId, move.orderId);
  const { allocations } = tools.streams;
  const held = [...(await allocations.loadLatest(stream)).state.attempts.values()].findLast((attempt) => attempt.status === 'held');
  const [number, wanted] = [held?.attempt ?? 0, held?.wanted];
  const decided = await allocations.handle(
    stream,
    { type: 'MoveHold', data: { ...move, attempt: number, now: tools.clock.now() } },
    context,
  );
  if (decided.outcome === 'rejected' || !wanted) return { decided, attempt: null };
  const cause = { id: context.commandId, organizationId: context.organizationId, correlationId: context.correlationId, accountId };
  await driveAttempt(tools, { orderId: move.orderId, attempt: number, wanted, cause });
  return { decided, attempt: (await allocations.load(stream)).state.attempts.get(number) ?? null };
};
