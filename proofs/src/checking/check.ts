import { commandChecks } from './command-checks';
import type { Evidence, Verdict } from './evidence';
import { purchaseChecks } from './purchase-checks';
import { readChecks } from './read-checks';
import { refusalChecks } from './refusal-checks';
import { lineChecks, ordersOf, ownerChecks } from './settled-checks';
import { stockChecks } from './stock-checks';
import { streamsOf } from './timelines';
import { viewChecks } from './view-checks';
import { waitingChecks } from './waiting';

/** `always`: must hold at every moment. `settled`: must hold once nothing is under way. */
export type Findings = { readonly always: readonly Verdict[]; readonly settled: readonly Verdict[] };

/** Judges a history. Pure: what clients were told and what the stores hold go in, a verdict for each promise comes out. */
export const check = (evidence: Evidence): Findings => {
  const streams = streamsOf(evidence);
  const orders = ordersOf(streams);
  return {
    always: [
      ...stockChecks(streams),
      ...commandChecks(evidence, streams),
      refusalChecks(evidence, streams),
      ...readChecks(evidence, streams),
    ],
    settled: [
      ...ownerChecks(streams, orders),
      ...lineChecks(streams, orders),
      waitingChecks(streams),
      ...purchaseChecks(streams),
      ...viewChecks(evidence, streams, orders),
    ],
  };
};

export const isRight = ({ wrong }: Verdict): boolean => wrong === 0;
