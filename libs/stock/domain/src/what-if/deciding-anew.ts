import { skuKey, type Instant, type Sku, type SkuKey } from '@stockproof/vocabulary';
import type { AllocationRule, SeenItem, Wanted } from '../allocation-rule/allocation-rule';
import { aheadOf, byAge, keepsItsPlace } from '../allocation/strict-order';
import { decideKeepingHold } from '../allocation-rule/keeping-holds';
import { currentRuleVersion } from '../allocation-rule/rule-versions';
import { ruleOf, withChanges, type RuleChanges } from './rule-changes';
import { newAttempt, unitsOf, type SimulatedAttempt, type SimulatedOrder } from './simulated-orders';
import type { Rise, SimulatedStock } from './simulated-stock';

/** Up to which revision of each item a decision had seen the stock; an item that is not named was seen as it stands. */
export type SeenUpTo = ReadonlyMap<SkuKey, number>;

type Parts = {
  readonly stock: SimulatedStock;
  readonly orders: Map<string, SimulatedOrder>;
  readonly changes: RuleChanges;
  readonly now: () => Instant;
};

export type Deciding = Omit<Parts, 'changes'> & {
  /** Decides about a request, after those who wait for what it wants. */
  readonly decide: (attempt: SimulatedAttempt, seen: SeenUpTo) => void;
  /** Tries who waits for any of these SKUs, oldest first. */
  readonly tryRisen: (keys: ReadonlySet<SkuKey>, seen?: SeenUpTo) => void;
  readonly letWait: (attempt: SimulatedAttempt) => void;
  readonly endWaiting: (attempt: SimulatedAttempt) => void;
  /** All that the attempt has is free again, and nothing more will be promised to it. */
  readonly takeBack: (attempt: SimulatedAttempt) => void;
  /** The attempt is over; what it had is free as soon as that is closed. */
  readonly letGo: (attempt: SimulatedAttempt) => void;
  /** What the attempt had is free, of this SKU or of all. */
  readonly close: (attempt: SimulatedAttempt, seen: Rise, sku?: Sku) => void;
  /** The attempt has exactly this. */
  readonly give: (attempt: SimulatedAttempt, choices: SimulatedAttempt['choices']) => void;
};

const unseen: SeenUpTo = new Map();
export const keysOf = ({ lines }: Wanted): readonly SkuKey[] => [...new Set(lines.map(({ sku }) => skuKey(sku)))];

/** What attempts have, and who waits for what; nothing of it decides. */
const attemptsIn = ({ stock, orders, changes, now }: Parts) => {
  const waiting = new Map<SkuKey, Set<SimulatedAttempt>>();
  const letWait: Deciding['letWait'] = (attempt) => {
    attempt.status = 'waiting';
    for (const key of keysOf(attempt.wanted)) waiting.set(key, (waiting.get(key) ?? new Set()).add(attempt));
  };
  const endWaiting: Deciding['endWaiting'] = (attempt) => {
    for (const key of keysOf(attempt.wanted)) {
      const line = waiting.get(key);
      // Who leaves a strict line lets those behind go on, although nothing rose.
      if (line?.delete(attempt) && line.size > 0 && keepsItsPlace(withChanges(attempt.wanted, changes))) stock.noteRise(key, now());
    }
  };
  const give: Deciding['give'] = (attempt, choices) => {
    for (const { sku, warehouseId, open } of attempt.units) stock.free(sku, warehouseId, open, { revision: 0, at: now() });
    attempt.units = unitsOf(choices);
    attempt.choices = choices;
    for (const { sku, warehouseId, quantity } of choices) stock.promise(sku, warehouseId, quantity);
  };
  const takeBack: Deciding['takeBack'] = (attempt) => {
    endWaiting(attempt);
    give(attempt, []);
    attempt.status = 'over';
  };
  const letGo: Deciding['letGo'] = (attempt) => {
    endWaiting(attempt);
    Object.assign(attempt, { closing: [...attempt.closing, ...attempt.units], units: [], choices: [], status: 'over' });
  };
  const close: Deciding['close'] = (attempt, seen, sku) => {
    for (const each of attempt.closing) if (sku === undefined || each.sku === sku) stock.free(each.sku, each.warehouseId, each.open, seen);
    attempt.closing = sku === undefined ? [] : attempt.closing.filter((each) => each.sku !== sku);
  };
  const freeHoldOf = (attempt: SimulatedAttempt): void => {
    const hold = holdOf(orders, attempt);
    if (hold) takeBack(hold);
  };
  /** Where the order waits in the record too, it has lost the hold there item by item. */
  const loseHoldOf = (attempt: SimulatedAttempt): void => {
    const hold = holdOf(orders, attempt);
    if (hold?.recorded.status === 'over') letGo(hold);
    else freeHoldOf(attempt);
  };
  const waitingFor = (keys: readonly SkuKey[]): readonly SimulatedAttempt[] =>
    [...new Set(keys.flatMap((key) => [...(waiting.get(key) ?? [])]))].sort(oldestFirst);
  return { letWait, endWaiting, give, takeBack, letGo, close, freeHoldOf, loseHoldOf, waitingFor };
};

/** How the simulation decides: by the rule with the changes, on the simulated stock. */
export const deciding = ({ stock, orders, changes, now }: Parts): Deciding => {
  const rule = ruleOf(changes.ruleVersion ?? currentRuleVersion) as AllocationRule;
  const attempts = attemptsIn({ stock, orders, changes, now });
  const { letWait, endWaiting, give, freeHoldOf, loseHoldOf, waitingFor } = attempts;

  const settle = (attempt: SimulatedAttempt, choices: SimulatedAttempt['choices']): void => {
    endWaiting(attempt);
    give(attempt, choices);
    freeHoldOf(attempt);
    attempt.decidedAt = now();
    attempt.status = attempt.wanted.kind === 'hold' ? 'held' : 'granted';
  };
  const nothingFor = (attempt: SimulatedAttempt): void => {
    give(attempt, []);
    loseHoldOf(attempt);
    letWait(attempt);
  };
  const inOrder = ({ wanted }: SimulatedAttempt): boolean => keepsItsPlace(withChanges(wanted, changes));
  /** Strict order: an older one waits for a SKU of it. */
  const isBehind = (attempt: SimulatedAttempt, wanted: Wanted): boolean => {
    if (!keepsItsPlace(wanted)) return false;
    const has = (sku: Sku): number => ownUnits({ orders }, attempt).reduce((sum, each) => sum + (each.sku === sku ? each.open : 0), 0);
    return aheadOf(waitingFor(keysOf(wanted)).filter(inOrder), attempt, has) !== null;
  };
  const tryOne = (attempt: SimulatedAttempt, seen: SeenUpTo): void => {
    const order = orders.get(attempt.orderId) as SimulatedOrder;
    order.touched = true;
    const wanted = withChanges(attempt.wanted, changes);
    if (isBehind(attempt, wanted)) return nothingFor(attempt);
    const has = hasAt({ orders }, attempt);
    const { choices, missing } = decideKeepingHold(rule, wanted, whatIsSeen(stock, wanted, has, seen), has).outcome;
    if (choices.length === 0 && wanted.kind === 'allocate') return nothingFor(attempt);
    settle(attempt, choices);
    if (wanted.kind === 'hold' || missing.length === 0 || saysItself(attempt)) return;
    // In the record it was not given a part: nobody will ask for the rest, so it waits here.
    const rest = newAttempt(attempt.orderId, attempt.attempt, { ...restOf(attempt.wanted, missing), holdAttempt: null }, true);
    order.attempts.push(rest);
    letWait(rest);
  };
  const tryRisen: Deciding['tryRisen'] = (keys, seen = unseen) => {
    const isRisen = (key: SkuKey): boolean => {
      const rise = stock.risen.get(key);
      return rise !== undefined && rise.revision <= (seen.get(key) ?? Infinity);
    };
    const risen = new Set([...keys].filter(isRisen));
    // Who is tried takes what else has risen too: those who have waited for that longer come first.
    for (const key of risen) {
      const others = waitingFor([key]).flatMap(({ wanted }) => keysOf(wanted));
      for (const other of others.filter(isRisen)) risen.add(other);
    }
    for (const key of risen) stock.tried(key);
    for (const attempt of waitingFor([...risen])) {
      if (![...risen].some((key) => stock.anyFree(key))) break;
      tryOne(attempt, seen);
    }
  };
  const decide: Deciding['decide'] = (attempt, seen) => {
    tryRisen(new Set(keysOf(attempt.wanted)), seen);
    if (attempt.status === 'requested' || attempt.status === 'waiting' || isUncovered(stock, attempt)) tryOne(attempt, seen);
  };
  return { stock, orders, now, decide, tryRisen, ...attempts };
};

/** A part was given in the record too: the rest is asked for there. */
const saysItself = ({ recorded }: SimulatedAttempt): boolean => recorded.partly;

const restOf = (wanted: Wanted, missing: readonly { readonly lineId: string; readonly quantity: number }[]): Wanted => {
  const left = new Map(missing.map(({ lineId, quantity }) => [lineId, quantity]));
  return {
    ...wanted,
    lines: wanted.lines.flatMap((line) => (left.has(line.lineId) ? [{ ...line, quantity: left.get(line.lineId) ?? 0 }] : [])),
  };
};

const holdOf = (orders: Parts['orders'], { orderId, wanted }: SimulatedAttempt): SimulatedAttempt | undefined =>
  orders.get(orderId)?.attempts.find(({ attempt, status }) => attempt === wanted.holdAttempt && status === 'held');

/** What the world took away after it was promised: only such a plan is made anew. */
const isUncovered = (stock: SimulatedStock, { units }: SimulatedAttempt): boolean =>
  units.some(({ sku, warehouseId }) => stock.freeAt(sku, warehouseId) < 0);

const ownUnits = ({ orders }: Pick<Parts, 'orders'>, attempt: SimulatedAttempt): SimulatedAttempt['units'] => [
  ...attempt.units,
  ...(holdOf(orders, attempt)?.units ?? []),
];

type Has = (sku: Sku, warehouseId: string) => number;

const hasAt = (parts: Pick<Parts, 'orders'>, attempt: SimulatedAttempt): Has => {
  const own = ownUnits(parts, attempt);
  return (sku, warehouseId) =>
    own.filter((each) => each.sku === sku && each.warehouseId === warehouseId).reduce((sum, { open }) => sum + open, 0);
};

/** What is free, and what the order has already by this attempt or by the hold it takes over. */
const whatIsSeen = (stock: SimulatedStock, wanted: Wanted, has: Has, seen: SeenUpTo): readonly SeenItem[] =>
  [...new Set(wanted.lines.map(({ sku }) => sku))].map((sku) => {
    const revision = seen.get(skuKey(sku)) ?? null;
    const free = wanted.candidates.map(({ warehouseId }) => stock.freeAt(sku, warehouseId, revision) + has(sku, warehouseId));
    return { sku, revision: revision ?? 0, free };
  });

const oldestFirst = (a: SimulatedAttempt, b: SimulatedAttempt): number =>
  byAge({ orderId: a.orderId, ...a.wanted }, { orderId: b.orderId, ...b.wanted }) || a.attempt - b.attempt;
