import { allEnded, refusalOf, TryAgain } from '@stockproof/bus-transport';
import type { Attempt, GrantedAt, ItemCommand, Plan, PlannedUnits, Wanted } from '@stockproof/stock-domain';
import type { Clock, Instant, Sku } from '@stockproof/vocabulary';
import { itemStream, type StockStreams } from '../stock.streams';
import { stepContext, type Cause } from './attempt-try';
import type { Turns } from './strict-order';

/** What allocating is done with. `turns`: where the order of the waiting is strict. */
export type AllocationTools = { readonly streams: StockStreams; readonly clock: Clock; readonly turns?: Turns | null };

/** A plan as it was read: figures, not the living state. */
export type OpenPlan = {
  readonly orderId: string;
  readonly attempt: number;
  readonly plan: Plan;
  readonly skus: readonly Sku[];
  readonly seenOpenAt: Instant;
  readonly wanted: Wanted;
};

/** What carrying out a plan came to. `look-again`: the attempt was closed, or seen open too long ago. */
export type GrantingResult =
  | { readonly result: 'granted'; readonly grantedAt: readonly GrantedAt[] }
  | { readonly result: 'does-not-fit' }
  | { readonly result: 'look-again' };

/**
 * Asks every item that any plan of the attempt names for its part under the present plan: items that only an older plan names are
 * told too, with nothing. An item that already knows this plan answers at once, so a crashed plan is simply carried out again.
 */
export const grantPlan = async ({ streams, clock }: AllocationTools, cause: Cause, open: OpenPlan): Promise<GrantingResult> => {
  const { orderId, attempt, plan, skus, seenOpenAt, wanted } = open;
  const answers = await allEnded(
    skus.map((sku) => {
      const granted = plan.units.filter((unit) => unit.sku === sku).map(withoutSku);
      const data = {
        sku,
        now: clock.now(),
        orderId,
        attempt,
        kind: wanted.kind === 'hold' ? ('hold' as const) : ('allocate' as const),
        plan: plan.plan,
        granted,
        swapHold: wanted.holdAttempt,
        seenOpenAt,
        ...(wanted.moves === undefined ? {} : { moves: wanted.moves.shipmentId }),
      };
      return streams.items.handle(
        itemStream(cause.accountId, sku),
        { type: 'GrantUnits', data },
        stepContext(cause, 'GrantUnits', orderId, attempt, plan.plan, sku),
      );
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
  { streams, clock }: AllocationTools,
  cause: Cause,
  orderId: string,
  { attempt, skus }: Pick<Attempt, 'attempt' | 'skus'>,
): Promise<void> => {
  await allEnded(
    [...skus].map(async (sku) => {
      const command: ItemCommand = { type: 'CloseGrant', data: { sku, now: clock.now(), orderId, attempt } };
      const closed = await streams.items.handle(
        itemStream(cause.accountId, sku),
        command,
        stepContext(cause, 'CloseGrant', orderId, attempt, sku),
      );
      if (closed.outcome === 'rejected') throw refusalOf(closed.rejection, `closing attempt ${attempt} of order ${orderId}`);
    }),
  );
};
