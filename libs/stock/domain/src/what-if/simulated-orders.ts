import type { Sku, WarehouseId } from '@stockproof/vocabulary';
import type { Choice, Wanted, WantedLine } from '../allocation-rule/allocation-rule';

/** Units of one line from one warehouse. `kept`: not given back; `open`: not left either. */
export type Units = {
  readonly lineId: string;
  readonly sku: Sku;
  readonly warehouseId: WarehouseId;
  kept: number;
  open: number;
};

export type SimulatedStatus = 'requested' | 'waiting' | 'granted' | 'held' | 'over';

/** One attempt, as it was recorded and as it goes in the simulation. */
export type SimulatedAttempt = {
  readonly orderId: string;
  readonly attempt: number;
  /** As it was asked for; a rest asks for what the simulation alone left over. */
  wanted: Wanted;
  readonly isRest: boolean;
  status: SimulatedStatus;
  units: readonly Units[];
  /** Was withdrawn, and its item has not said so yet: nobody else can have it until then. */
  closing: readonly Units[];
  /** What it was given at its decision. */
  choices: readonly Choice[];
  decidedAt: string | null;
  readonly recorded: {
    status: SimulatedStatus;
    choices: readonly Choice[];
    units: ReadonlyMap<string, Units>;
    /** It was given a part: sales has asked for the rest. */
    partly: boolean;
    decidedAt: string | null;
  };
};

export type SimulatedOrder = {
  readonly orderId: string;
  readonly orderNumber: string;
  attempts: SimulatedAttempt[];
  /** Something about it was decided in the period. */
  touched: boolean;
};

export const newAttempt = (orderId: string, attempt: number, wanted: Wanted, isRest = false): SimulatedAttempt => ({
  ...{ orderId, attempt, wanted, isRest, status: 'requested', units: [], closing: [], choices: [], decidedAt: null },
  recorded: { status: 'requested', choices: [], units: new Map(), partly: false, decidedAt: null },
});

export const unitsOf = (choices: readonly Choice[]): readonly Units[] =>
  choices.map(({ lineId, sku, warehouseId, quantity }) => ({ lineId, sku, warehouseId, kept: quantity, open: quantity }));

type Debt = { readonly lineId: string; readonly sku: Sku; quantity: number };

/**
 * What the order was given in the record and was not given here, by line; negative where it was given more. Attempts that were taken
 * back count for nothing, and holds give nothing yet.
 */
export const debtsOf = ({ attempts }: SimulatedOrder): readonly Debt[] => {
  const debts = new Map<string, Debt>();
  const add = ({ lineId, sku, kept }: Units, sign: 1 | -1): void => {
    const debt = debts.get(lineId) ?? { lineId, sku, quantity: 0 };
    debt.quantity += sign * kept;
    debts.set(lineId, debt);
  };
  for (const { wanted, recorded, units } of attempts) {
    if (wanted.kind === 'hold') continue;
    if (recorded.status !== 'over') for (const each of recorded.units.values()) add(each, 1);
    for (const each of units) add(each, -1);
  }
  return [...debts.values()].filter(({ quantity }) => quantity !== 0);
};

/** What the order wants in a simulation in which it stands otherwise than in the record. */
export const withDebts = (wanted: Wanted, debts: readonly Debt[]): Wanted => {
  if (debts.length === 0 || wanted.kind !== 'allocate') return wanted;
  const owed = new Map(debts.map((debt) => [debt.lineId, debt]));
  const asked = wanted.lines.map((line) => ({ ...line, quantity: line.quantity + (owed.get(line.lineId)?.quantity ?? 0) }));
  const named = new Set(wanted.lines.map(({ lineId }) => lineId));
  const more: readonly WantedLine[] = debts.flatMap(({ lineId, sku, quantity }) => (named.has(lineId) ? [] : [{ lineId, sku, quantity }]));
  return { ...wanted, lines: [...asked, ...more].filter(({ quantity }) => quantity > 0) };
};

/** Takes up to `quantity` open units of a line, of the attempt itself and at the warehouse itself first; answers from where. */
export const takeOpen = (
  { attempts }: SimulatedOrder,
  of: { readonly attempt: number; readonly lineId: string; readonly sku: Sku; readonly warehouseId: WarehouseId },
  quantity: number,
): readonly { readonly units: Units; readonly part: number }[] => {
  const far = (attempt: SimulatedAttempt, units: Units): number =>
    (attempt.attempt === of.attempt ? 0 : 2) + (units.warehouseId === of.warehouseId ? 0 : 1);
  const open = attempts
    .flatMap((attempt) => attempt.units.map((units) => ({ attempt, units })))
    .filter(({ units }) => units.lineId === of.lineId && units.sku === of.sku && units.open > 0)
    .sort((one, other) => far(one.attempt, one.units) - far(other.attempt, other.units));
  let left = quantity;
  return open.flatMap(({ units }) => {
    const part = Math.min(left, units.open);
    left -= part;
    units.open -= part;
    return part > 0 ? [{ units, part }] : [];
  });
};

const statusOrder: readonly SimulatedStatus[] = ['waiting', 'held', 'granted', 'requested', 'over'];

/** How an order stands: what waits comes before what is there. */
export const statusOf = (statuses: readonly SimulatedStatus[]): SimulatedStatus =>
  statusOrder.find((each) => statuses.includes(each)) ?? 'over';
