import { skuKey, type Instant, type SkuKey } from '@stockproof/vocabulary';
import type { AllocationEvent } from '../allocation/allocation.events';
import type { ItemEvent } from '../item/item.events';
import { deciding, type Deciding } from './deciding-anew';
import { differencesOf, type LineDifference } from './differences';
import type { RuleChanges } from './rule-changes';
import { statusOf, type SimulatedOrder, type SimulatedStatus } from './simulated-orders';
import { simulatedStock, type SimulatedLevel } from './simulated-stock';
import { followAllocation } from './following-orders';
import { followItem } from './following-stock';

/** An event of the account, in the order of the log. */
export type LoggedEvent = { readonly event: ItemEvent | AllocationEvent; readonly revision: number; readonly recordedAt: Instant };

/** Decisions are taken anew from `from` on; before, everything goes as it went. */
export type SimulationOptions = { readonly from: Instant; readonly changes: RuleChanges };

export type SimulatedOutcome = { readonly status: SimulatedStatus; readonly shipments: number; readonly decidedAt: Instant | null };

/** An order that comes out otherwise. */
export type OrderDifference = {
  readonly orderId: string;
  readonly orderNumber: string;
  readonly recorded: SimulatedOutcome;
  readonly whatIf: SimulatedOutcome;
  readonly lines: readonly LineDifference[];
};

export type SideCounts = { granted: number; held: number; waiting: number; over: number; shipments: number };

export type SimulationResult = {
  /** Orders about which something was decided in the period. */
  readonly orders: number;
  readonly recorded: Readonly<SideCounts>;
  readonly whatIf: Readonly<SideCounts>;
  /** By their first decision in the log. */
  readonly differences: readonly OrderDifference[];
  /** Every SKU and warehouse, as it was and as it would be at the end. */
  readonly levels: readonly SimulatedLevel[];
};

export type Simulation = {
  readonly apply: (logged: LoggedEvent) => void;
  /** How many orders it knows: each takes memory. */
  readonly orders: () => number;
  readonly result: () => SimulationResult;
};

/**
 * How long a rise waits for a sign in the log that its waiting orders were tried: where none of them could go, there is none. Stock
 * tries within seconds; only where nobody was at work for longer, the simulation tries earlier than it was.
 */
const untriedAtMostMs = 60_000;

/** What all parts of a simulation share. */
export type World = Deciding & { readonly follows: () => boolean };

/**
 * A period of an account, decided once more with other settings: fed with its log from the very beginning, pure, and without an effect
 * on anything. What the world did – goods in, corrections, reports – stays as it was; every request is decided by the rule on the
 * simulated stock; what left or was freed leaves or frees the units that the order has here. Waiting orders are tried, oldest first,
 * when a SKU of theirs has risen: where the log shows that stock tried, or with the next request for it. With unchanged settings every
 * decision comes out as recorded.
 */
export const simulation = ({ from, changes }: SimulationOptions): Simulation => {
  const orders = new Map<string, SimulatedOrder>();
  const stock = simulatedStock();
  let follows = true;
  let now: Instant = '';
  const world: World = { ...deciding({ stock, orders, changes, now: () => now }), follows: () => follows };

  return {
    apply: ({ event, revision, recordedAt }) => {
      now = recordedAt;
      follows = recordedAt < from;
      if (!follows) world.tryRisen(risenFor(world, recordedAt));
      if (!isOfAllocation(event)) return followItem(world, event, revision);
      followAllocation(world, event);
    },
    orders: () => orders.size,
    result: () => {
      if (!follows) world.tryRisen(new Set(stock.risen.keys()));
      return resultOf(
        [...orders.values()].filter(({ touched }) => touched),
        stock.levels(),
      );
    },
  };
};

const isOfAllocation = (event: ItemEvent | AllocationEvent): event is AllocationEvent => event.type.startsWith('Allocation');

const risenFor = ({ stock }: World, now: Instant): ReadonlySet<SkuKey> => {
  const due = new Set<SkuKey>();
  for (const [key, { at }] of stock.risen) {
    if (Date.parse(now) - Date.parse(at) < untriedAtMostMs) break;
    due.add(skuKey(key));
  }
  return due;
};

const resultOf = (orders: readonly SimulatedOrder[], levels: readonly SimulatedLevel[]): SimulationResult => {
  const none = (): SideCounts => ({ granted: 0, held: 0, waiting: 0, over: 0, shipments: 0 });
  const [recorded, whatIf] = [none(), none()];
  const differences = orders.flatMap((order) => {
    const compared = comparedOf(order);
    count(recorded, compared.recorded);
    count(whatIf, compared.whatIf);
    const same = compared.lines.length === 0 && compared.recorded.status === compared.whatIf.status;
    return same ? [] : [compared];
  });
  return { orders: orders.length, recorded, whatIf, differences, levels };
};

const count = (counts: SideCounts, { status, shipments }: SimulatedOutcome): void => {
  counts[status === 'requested' ? 'over' : status] += 1;
  counts.shipments += shipments;
};

const comparedOf = ({ orderId, orderNumber, attempts }: SimulatedOrder): OrderDifference => {
  const givenBy = (side: 'recorded' | 'whatIf') =>
    attempts
      .map((each) => (side === 'recorded' ? each.recorded : each))
      .map(({ status, choices, decidedAt }) => ({ status, choices, decidedAt }));
  const outcomeOf = (side: 'recorded' | 'whatIf'): SimulatedOutcome => {
    const own = side === 'recorded' ? attempts.filter(({ isRest }) => !isRest) : attempts;
    const given = givenBy(side).filter((_, index) => own.includes(attempts[index] as (typeof attempts)[number]));
    return {
      status: statusOf(given.map(({ status }) => status)),
      shipments: given.reduce((sum, { choices }) => sum + new Set(choices.map(({ warehouseId }) => warehouseId)).size, 0),
      decidedAt: given.flatMap(({ decidedAt }) => decidedAt ?? []).at(-1) ?? null,
    };
  };
  const all = (side: 'recorded' | 'whatIf') => ({ choices: givenBy(side).flatMap(({ choices }) => choices) });
  const lines = differencesOf(all('recorded'), all('whatIf'));
  return { orderId, orderNumber, recorded: outcomeOf('recorded'), whatIf: outcomeOf('whatIf'), lines };
};
