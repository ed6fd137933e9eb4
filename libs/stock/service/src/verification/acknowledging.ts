import type { CommandContext, Handled } from '@stockproof/command-handling';
import type { RepairEvent } from '@stockproof/stock-domain';
import type { Queryable } from '@stockproof/sql';
import type { AccountId, Clock } from '@stockproof/vocabulary';
import { repairStream, type StockStreams } from '../stock.streams';
import { noteAcknowledged, type FindingRow } from './findings';

export type Acknowledging = { readonly streams: Pick<StockStreams, 'repairs'>; readonly database: Queryable; readonly clock: Clock };

/**
 * Somebody has looked at what no repair can undo. The log keeps who and why; the finding stays, and calls nobody any more. Asked again
 * after a crash in between it only marks the finding.
 */
export const acknowledgeFinding = async (
  { streams, database, clock }: Acknowledging,
  { findingId, kind, about }: FindingRow,
  reason: string,
  context: CommandContext & { readonly accountId: AccountId },
): Promise<Handled<RepairEvent, never>> => {
  const now = clock.now();
  const data = { findingId, kind, about, reason, now };
  const handled = await streams.repairs.handle(repairStream(context.accountId, findingId), { type: 'AcknowledgeFinding', data }, context);
  if (handled.outcome === 'accepted')
    await noteAcknowledged(database, context.accountId, findingId, { at: now, by: context.actor, reason });
  return handled;
};
