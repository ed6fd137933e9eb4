import type { Behaviour } from './behaviour';

export type Line = { readonly lineNumber: number; readonly sku: string; readonly quantity: number };
export type Completion = 'more-expected' | 'complete' | 'closed-short';

/** What will have happened after so many calls to the warehouse; `totals` counts from the beginning, per line of the order. */
export type Step = { readonly afterCalls: number } & (
  { readonly kind: 'leaves'; readonly totals: readonly number[]; readonly completion: Completion } | { readonly kind: 'is-cancelled' }
);

const all = (lines: readonly Line[]) => lines.map(({ quantity }) => quantity);
const half = (lines: readonly Line[]) => lines.map(({ quantity }) => Math.floor(quantity / 2));
const sum = (quantities: readonly number[]) => quantities.reduce((total, quantity) => total + quantity, 0);

const lastUnitMissing = (lines: readonly Line[]) => lines.map(({ quantity }, at) => (at === lines.length - 1 ? quantity - 1 : quantity));

const inOnePiece = (lines: readonly Line[], afterCalls: number): readonly Step[] => [
  { kind: 'leaves', afterCalls, totals: all(lines), completion: 'complete' },
];

/** An order of single units cannot leave in halves; its first line then goes alone, and a single line in one piece. */
const inTwoSteps = (lines: readonly Line[]): readonly Step[] => {
  const first = sum(half(lines)) > 0 ? half(lines) : lines.map(({ quantity }, at) => (at === 0 && lines.length > 1 ? quantity : 0));
  if (sum(first) === 0) return inOnePiece(lines, 1);
  return [{ kind: 'leaves', afterCalls: 1, totals: first, completion: 'more-expected' }, ...inOnePiece(lines, 3)];
};

/** How a shipment with these lines goes on, from the call after the one that brought it. */
export const shippingPlan = (behaviour: Behaviour, lines: readonly Line[]): readonly Step[] => {
  switch (behaviour) {
    case 'ships':
    case 'reports-twice':
    case 'loses-first-answer':
      return inOnePiece(lines, 1);
    case 'ships-in-two-steps':
      return inTwoSteps(lines);
    case 'ships-short':
      return [{ kind: 'leaves', afterCalls: 1, totals: lastUnitMissing(lines), completion: 'closed-short' }];
    case 'is-late':
      return inOnePiece(lines, 10);
    case 'cancels':
      return [{ kind: 'is-cancelled', afterCalls: 1 }];
    case 'refuses':
    case 'waits':
      return [];
  }
};

/** A delivery of a purchase order: what has come in since the beginning, per line. */
export type Delivery = { readonly afterCalls: number; readonly totals: readonly number[]; readonly final: boolean };

const delivery = (afterCalls: number, totals: readonly number[], final: boolean): Delivery => ({ afterCalls, totals, final });

/** Purchase orders arrive in two deliveries, the second one final; short ones lack the last unit. */
export const deliveryPlan = (behaviour: Behaviour, lines: readonly Line[]): readonly Delivery[] => {
  if (behaviour === 'refuses' || behaviour === 'waits' || behaviour === 'cancels') return [];
  const wait = behaviour === 'is-late' ? 10 : 1;
  const end = behaviour === 'ships-short' ? lastUnitMissing(lines) : all(lines);
  const first = half(lines);
  return sum(first) === 0 ? [delivery(wait, end, true)] : [delivery(wait, first, false), delivery(wait + 2, end, true)];
};
