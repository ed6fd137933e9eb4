import type { EventStore } from '@stockproof/event-store';
import {
  currentRuleVersion,
  differencesOf,
  ruleOf,
  seenByFewer,
  shipmentsOf,
  withChanges,
  type AllocationEvent,
  type Outcome,
  type RuleChanges,
  type SeenItem,
  type Wanted,
} from '@stockproof/stock-domain';
import { skuKey, type AccountId, type Sku } from '@stockproof/vocabulary';
import { lookAt, seenBy, skusOf } from '../allocation/seeing-items';
import { allocationStream, type StockStreams } from '../stock.streams';
import type { RecordedOutcome, RuleOutcome, WhatIfAnswer } from './what-if.requests';

export type Asking = { readonly store: EventStore; readonly streams: StockStreams; readonly accountId: AccountId };

export type OrderQuestion = {
  readonly orderId: string;
  readonly against: 'recorded' | 'now';
  /** null: the last one. */
  readonly attempt: number | null;
  readonly plan: number | null;
  readonly changes: RuleChanges;
};

/** An answer, or why there is none. */
export type Asked =
  | { readonly asked: 'answered'; readonly answer: WhatIfAnswer }
  | { readonly asked: 'not-found' | 'unknown-rule-version' | 'nothing-recorded' | 'moved-by-hand' };

/** What was decided about an order at one time, as its stream has it. `seen` null: it waits, or a person decided. */
type Decided = {
  readonly attempt: number;
  readonly plan: number;
  readonly decidedAt: string;
  readonly wanted: Wanted;
  readonly byHand: boolean;
  readonly ruleVersion: number;
  readonly seen: readonly SeenItem[] | null;
  readonly outcome: Pick<Outcome, 'choices' | 'missing' | 'reasons'> & { readonly search: Outcome['search'] | null };
};

/** Decides about a recorded order again with other settings. Only reads. */
export const askForOrder = async ({ store, streams, accountId }: Asking, question: OrderQuestion): Promise<Asked> => {
  const { orderId, against, changes } = question;
  const decided = decisionsIn(await store.readStream(allocationStream(accountId, orderId))).findLast(
    ({ attempt, plan }) => attempt === (question.attempt ?? attempt) && plan === (question.plan ?? plan),
  );
  if (!decided) return { asked: 'not-found' };
  const version = changes.ruleVersion ?? decided.ruleVersion;
  if (ruleOf(version) === null) return { asked: 'unknown-rule-version' };
  if (against === 'recorded' && decided.seen === null) return { asked: decided.byHand ? 'moved-by-hand' : 'nothing-recorded' };
  const wanted = withChanges(decided.wanted, changes);
  const seen =
    against === 'recorded'
      ? seenByFewer(decided.seen ?? [], decided.wanted.candidates, wanted.candidates)
      : await lookAt(streams.items, accountId, skusOf(wanted), (items) => seenBy({ orderId, attempt: decided.attempt, wanted }, items));
  return answered({ against, wanted, seen, version, decided });
};

export type BasketQuestion = { readonly wanted: Wanted; readonly ruleVersion: number | null };

/** Where these lines would go now. Only reads. */
export const askForBasket = async (
  { streams, accountId }: Omit<Asking, 'store'>,
  { wanted, ruleVersion }: BasketQuestion,
): Promise<Asked> => {
  const version = ruleVersion ?? currentRuleVersion;
  if (ruleOf(version) === null) return { asked: 'unknown-rule-version' };
  const nobody = { orderId: 'nobody', attempt: 0 };
  const seen = await lookAt(streams.items, accountId, skusOf(wanted), (items) => seenBy({ ...nobody, wanted }, items));
  return answered({ against: 'now', wanted, seen, version, decided: null });
};

/** Two spellings of one SKU are one. */
export const linesOf = (lines: readonly { readonly sku: Sku; readonly quantity: number }[]): Wanted['lines'] => {
  const spelling = new Map<string, Sku>();
  for (const { sku } of lines) if (!spelling.has(skuKey(sku))) spelling.set(skuKey(sku), sku);
  return lines.map(({ sku, quantity }, index) => ({ lineId: String(index + 1), sku: spelling.get(skuKey(sku)) ?? sku, quantity }));
};

type Ready = {
  readonly against: 'recorded' | 'now';
  readonly wanted: Wanted;
  readonly seen: readonly SeenItem[];
  readonly version: number;
  readonly decided: Decided | null;
};

const answered = ({ against, wanted, seen, version, decided }: Ready): Asked => {
  const outcome = ruleOf(version)?.(wanted, seen);
  if (!outcome) return { asked: 'unknown-rule-version' };
  const answer: WhatIfAnswer = {
    against,
    wanted,
    seen,
    outcome: shown(version, wanted, outcome),
    recorded: decided === null ? null : recordedOf(decided),
    differences: decided === null ? [] : differencesOf(decided.outcome, outcome),
  };
  return { asked: 'answered', answer };
};

const shown = (ruleVersion: number, { candidates }: Wanted, outcome: Decided['outcome']): RuleOutcome => ({
  ruleVersion,
  shipments: shipmentsOf(outcome),
  choices: outcome.choices,
  missing: outcome.missing,
  reasons: outcome.reasons.flatMap((reason, index) => {
    const candidate = candidates[index];
    return candidate ? [{ warehouseId: candidate.warehouseId, code: candidate.code, reason }] : [];
  }),
  search: outcome.search,
});

const recordedOf = ({ attempt, plan, decidedAt, wanted, ruleVersion, outcome }: Decided): RecordedOutcome => ({
  attempt,
  plan,
  decidedAt,
  ...shown(ruleVersion, wanted, outcome),
});

const decisionsIn = (stored: readonly { readonly type: string; readonly data: object }[]): readonly Decided[] => {
  const wantedBy = new Map<number, Wanted>();
  return stored.flatMap(({ type, data }): readonly Decided[] => {
    const event = { type, data } as AllocationEvent;
    if (event.type === 'AllocationRequested') wantedBy.set(event.data.attempt, event.data.wanted);
    const wanted = wantedBy.get(event.data.attempt);
    // Where a person moved a shipment, no rule chose.
    return wanted === undefined || wanted.kind === 'move' ? [] : decisionIn(event, wanted);
  });
};

const decisionIn = (event: AllocationEvent, wanted: Wanted): readonly Decided[] => {
  if (event.type === 'AllocationWaiting') {
    const { attempt, decidedAt, missing, reasons } = event.data;
    const outcome = { choices: [], missing, reasons, search: null };
    return [{ attempt, plan: 0, decidedAt, wanted, byHand: false, ruleVersion: currentRuleVersion, seen: null, outcome }];
  }
  if (event.type !== 'AllocationDecided') return [];
  const { attempt, plan, decidedAt, units, record } = event.data;
  const choices = units.map(({ lineId, sku, warehouseId, quantity }) => ({ lineId, sku, warehouseId, quantity }));
  const { missing = [], reasons = [], search = null, seen = null, ruleVersion = currentRuleVersion } = record ?? {};
  return [{ attempt, plan, decidedAt, wanted, byHand: record === null, ruleVersion, seen, outcome: { choices, missing, reasons, search } }];
};
