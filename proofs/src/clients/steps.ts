import { randomFrom, type Random } from './random';

export type Warehouse = 'NORTH' | 'SOUTH';
export type Line = { readonly sku: string; readonly quantity: number };

/** Steps that say nothing but of which order they are. */
type About<Does extends string> = Does extends string ? { readonly does: Does; readonly order: number } : never;

/** What a lane of a client does next. `order`, `purchase`: the step of the same lane that made it. */
export type Step =
  | {
      readonly does: 'create';
      readonly lines: readonly Line[];
      readonly draft: boolean;
      readonly from: Warehouse | null;
      readonly daysAgo: number;
    }
  | { readonly does: 'create-again'; readonly order: number }
  | About<'approve' | 'unlock' | 'allocate' | 'cancel' | 'hold' | 'cancel-and-hold-at-once' | 'read-order' | 'cancel-shipment'>
  | { readonly does: 'release'; readonly order: number; readonly to: 'send' | 'edit' }
  | { readonly does: 'ship'; readonly order: number; readonly part: 'all' | 'some' | 'some-and-no-more' }
  | { readonly does: 'mark-shipped'; readonly order: number; readonly left: boolean }
  | { readonly does: 'adjust'; readonly sku: string; readonly at: Warehouse; readonly by: number }
  | { readonly does: 'set-aside'; readonly sku: string; readonly at: Warehouse; readonly by: number }
  | { readonly does: 'report'; readonly skus: readonly string[]; readonly at: Warehouse; readonly off: number; readonly secondsAgo: number }
  | { readonly does: 'purchase'; readonly lines: readonly Line[]; readonly at: Warehouse }
  | { readonly does: 'receive'; readonly purchase: number; readonly share: 'all' | 'some' }
  | { readonly does: 'read-levels' | 'read-movements'; readonly sku: string }
  | { readonly does: 'list-orders' };

export type Planned = Step & {
  /** Which process of those that can answer it is asked first; the others follow where it does not answer. */
  readonly target: number;
  /** Asked once more under the same key after it was answered. */
  readonly again: boolean;
  /** Where it is not answered: asked again until it is. Otherwise nobody ever learns what became of it. */
  readonly persistent: boolean;
};

/** Which work there is: `mixed` is everything; `one-hot-item` is what makes writers of one item meet most. */
export type Workload = 'mixed' | 'one-hot-item';

/** How much is asked, by how many at a time. */
export type Load = {
  readonly clients: number;
  readonly lanes: number;
  readonly stepsPerLane: number;
  readonly workload: Workload;
};

export const skusOf = (workload: Workload): readonly string[] =>
  workload === 'one-hot-item' ? ['HOT-1'] : Array.from({ length: 10 }, (_, index) => `HOT-${index + 1}`);

/** A bundle is wanted together with its own component often enough that their sum matters. */
export const bundlesOf = (workload: Workload): ReadonlyMap<string, readonly Line[]> =>
  workload === 'one-hot-item'
    ? new Map([['SET-1', [{ sku: 'HOT-1', quantity: 2 }]]])
    : new Map([
        ['SET-1', [one('HOT-1', 1), one('HOT-2', 2)]],
        ['SET-2', [one('HOT-3', 2)]],
        ['SET-3', [one('HOT-4', 1), one('HOT-5', 1), one('HOT-6', 1)]],
      ]);

const one = (sku: string, quantity: number): Line => ({ sku, quantity });

type Lane = { readonly random: Random; readonly workload: Workload; readonly made: Step[]; readonly later: { due: number; step: Step }[] };

/** All that one lane does, in its order. */
export const laneSteps = (
  seed: string,
  client: number,
  lane: number,
  { stepsPerLane, workload }: Pick<Load, 'stepsPerLane' | 'workload'>,
): readonly Planned[] => {
  const random = randomFrom(`${seed}/${client}/${lane}`);
  const state: Lane = { random, workload, made: [], later: [] };
  return Array.from({ length: stepsPerLane }, (_, index): Planned => {
    const step = nextStep(state, index);
    state.made.push(step);
    follow(state, index, step);
    return { ...step, target: random.int(0, 5), again: random.chance(0.03), persistent: random.chance(0.8) };
  });
};

const nextStep = (lane: Lane, index: number): Step => {
  const due = lane.later.findIndex((each) => each.due <= index);
  if (due >= 0) return (lane.later.splice(due, 1)[0] as { step: Step }).step;
  return draw(lane);
};

const weights = {
  mixed: { create: 16, adjust: 18, 'set-aside': 3, report: 7, purchase: 2, 'read-levels': 12, 'read-movements': 1, 'list-orders': 1 },
  'one-hot-item': {
    create: 28,
    adjust: 50,
    'set-aside': 10,
    report: 3,
    purchase: 0,
    'read-levels': 3,
    'read-movements': 0,
    'list-orders': 0,
  },
} as const;

const draw = ({ random, workload }: Lane): Step => {
  const skus = skusOf(workload);
  const at = random.pick<Warehouse>(['NORTH', 'SOUTH']);
  const sku = random.pick(skus);
  switch (random.weighted(weights[workload])) {
    case 'create':
      return newOrder(random, workload);
    case 'adjust':
      return { does: 'adjust', sku, at, by: random.chance(0.62) ? random.int(1, 6) : -random.int(1, 8) };
    case 'set-aside':
      return { does: 'set-aside', sku, at, by: random.chance(0.5) ? random.int(1, 3) : -random.int(1, 3) };
    case 'report':
      return { does: 'report', skus: [...new Set([sku, random.pick(skus)])], at, off: random.int(-3, 3), secondsAgo: random.int(0, 3) };
    case 'purchase':
      return { does: 'purchase', lines: [one(sku, random.int(2, 12))], at };
    case 'read-levels':
      return { does: 'read-levels', sku };
    case 'read-movements':
      return { does: 'read-movements', sku };
    case 'list-orders':
      return { does: 'list-orders' };
  }
};

const newOrder = (random: Random, workload: Workload): Step => {
  const names = [...skusOf(workload), ...(random.chance(0.3) ? [...bundlesOf(workload).keys()] : [])];
  const lines = Array.from({ length: random.int(1, 3) }, () => one(random.pick(names), random.int(1, 3)));
  const first = lines[0] as Line;
  // The same SKU twice, spelled differently: one item all the same.
  const twice = random.chance(0.15) ? [one(first.sku.toLowerCase(), random.int(1, 2))] : [];
  const from = random.chance(0.15) ? random.pick<Warehouse>(['NORTH', 'SOUTH']) : null;
  return {
    does: 'create',
    lines: [...lines, ...twice],
    draft: random.chance(0.15),
    from,
    daysAgo: random.chance(0.1) ? random.int(1, 5) : 0,
  };
};

/** An order has a life after it was made, a purchase order its goods. */
const follow = ({ random, later }: Lane, index: number, step: Step): void => {
  let due = index;
  const then = (...steps: readonly Step[]): void => {
    for (const each of steps) later.push({ due: (due += random.int(2, 24)), step: each });
  };
  if (step.does === 'purchase') {
    if (random.chance(0.9)) then({ does: 'receive', purchase: index, share: 'some' }, { does: 'receive', purchase: index, share: 'all' });
    return;
  }
  if (step.does !== 'create') return;
  if (random.chance(0.05)) then({ does: 'create-again', order: index });
  if (random.chance(0.3)) then({ does: 'read-order', order: index });
  then(...(step.draft ? lifeOfDraft(random, index) : lifeOf(random, index)));
};

const lives = { shipped: 46, parts: 12, short: 5, marked: 6, cancelled: 14, 'taken back': 8, unlocked: 3, raced: 4, waits: 2 } as const;

const lifeOf = (random: Random, order: number): readonly Step[] => {
  const read: Step = { does: 'read-order', order };
  const all: Step = { does: 'ship', order, part: 'all' };
  switch (random.weighted(lives)) {
    case 'shipped':
      return [all, all];
    case 'parts':
      return [{ does: 'ship', order, part: 'some' }, all, read];
    case 'short':
      return [{ does: 'ship', order, part: 'some-and-no-more' }, { does: 'allocate', order }, all];
    case 'marked':
      return [{ does: 'mark-shipped', order, left: random.chance(0.6) }, read];
    case 'cancelled':
      return [
        { does: 'cancel', order },
        { does: 'cancel-shipment', order },
        { does: 'cancel', order },
      ];
    case 'taken back':
      return [{ does: 'cancel-shipment', order }, { does: 'allocate', order }, all];
    case 'unlocked':
      return [{ does: 'unlock', order }, { does: 'approve', order }, all];
    case 'raced':
      return [{ does: 'cancel-and-hold-at-once', order }, { does: 'release', order, to: 'send' }, all];
    case 'waits':
      return [read];
  }
};

const lifeOfDraft = (random: Random, order: number): readonly Step[] => {
  const all: Step = { does: 'ship', order, part: 'all' };
  const last: Step = random.chance(0.3) ? { does: 'cancel', order } : { does: 'release', order, to: random.chance(0.8) ? 'send' : 'edit' };
  return random.chance(0.75) ? [{ does: 'hold', order }, last, all] : [{ does: 'approve', order }, all];
};
