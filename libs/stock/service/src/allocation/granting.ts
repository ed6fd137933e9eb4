import { TryAgain } from '@stockproof/bus-transport';
import type { Attempt, GrantedAt, ItemCommand, PlannedUnits } from '@stockproof/stock-domain';
import type { Clock, Instant, Sku } from '@stockproof/vocabulary';
import { itemStream, type StockStreams } from '../stock.streams';
import { stepContext, type Cause } from './attempt-try';

/** What carrying out a plan came to. `look-again`: the attempt was closed, or seen open too long ago. */
export type GrantingResult = { readonly result: 'granted'; readonly grantedAt: readonly GrantedAt[] } | { readonly result: 'does-not-fit' } | { readonly result: 'look-again' };

/**
 * Asks every item that any plan of the attempt names for its part under the present plan: items that only an older plan names are
 * told too, with nothing. An item that already knows this plan answers at once, so a crashed plan is simply carried out again.
 */
export const grantPlan = async (
  { streams, clock }: { readonly streams: StockStreams; readonly clock: Clock },
  cause: Cause,
  orderId: string,
  { attempt, seenOpenAt }: { readonly attempt: Attempt; readonly seenOpenAt: Instant },
): Promise<GrantingResult> => {
  const plan = attempt.lastPlan;
  if (plan === null || attempt.wanted === null) return { result: 'look-again' };
  const { kind, holdAttempt } = attempt.wanted;
  const skus = [...attempt.skus];
  const number = attempt.attempt;
  const answers = await Promise.all(
    skus.map((sku) => {
      const command: ItemCommand = {
        type: 'GrantUnits',
        data: { sku, now: clock.now(), orderId, attempt: number, kind, plan: plan.plan, granted: plan.units.filter((unit) => unit.sku === sku).map(withoutSku), swapHold: holdAttempt, seenOpenAt },
      };
      return streams.items.handle(itemStream(cause.accountId, sku), command, stepContext(cause, 'grant', orderId, number, plan.plan, sku));
    }),
  );
  const refusals = answers.flatMap((answer) => (answer.outcome === 'rejected' ? [answer.rejection.type] : []));
  if (refusals.includes('ConcurrentModification')) throw new TryAgain(`grants of order ${orderId} lost every race`);
  if (refusals.includes('GrantAlreadyClosed') || refusals.includes('SightingTooOld')) return { result: 'look-again' };
  if (refusals.includes('NotEnoughStock')) return { result: 'does-not-fit' };
  if (refusals.length > 0) throw new Error(`a grant of order ${orderId} was refused: ${refusals.join(', ')}`);
  return { result: 'granted', grantedAt: answers.map((answer, index) => ({ sku: skus[index] as Sku, revision: answer.revision })) };
};

const withoutSku = ({ sku: _, ...unit }: PlannedUnits): Omit<PlannedUnits, 'sku'> => unit;

/** Ends all that an attempt has on every item its plans have named, also where nothing was granted. */
export const closeGrants = async (
  { streams, clock }: { readonly streams: StockStreams; readonly clock: Clock },
  cause: Cause,
  orderId: string,
  attempt: Attempt,
): Promise<void> => {
  await Promise.all(
    [...attempt.skus].map(async (sku) => {
      const command: ItemCommand = { type: 'CloseGrant', data: { sku, now: clock.now(), orderId, attempt: attempt.attempt } };
      const closed = await streams.items.handle(itemStream(cause.accountId, sku), command, stepContext(cause, 'close', orderId, attempt.attempt, sku));
      if (closed.outcome === 'rejected') throw new TryAgain(`closing attempt ${attempt.attempt} of order ${orderId}: ${closed.rejection.type}`);
    }),
  );
};
